"""What a page may not go online for yet: rooms say it in a `publishing_refusals.py`, found like `admin.py`.

It holds however somebody publishes in the staff admin: from the page, in the workflow, many pages at once or by its API.
What nobody publishes but time does (a version that was scheduled) was allowed when it was scheduled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page, PagePermissionTester, Task, WorkflowState

# From a page, as one of its versions has it, to a sentence; empty where nothing stands in the way.
Refusal = Callable[[Any], str]

_refusals: list[Refusal] = []


def register(refusal: Refusal) -> Refusal:
    _refusals.append(refusal)
    return refusal


def why_not_published(page: Any) -> str:
    return next((said for refusal in _refusals if (said := refusal(page))), "")


class PublishingTester(PagePermissionTester):  # type: ignore[misc]
    """What somebody may do with a page for which a room may refuse that it is published."""

    def can_publish(self) -> bool:
        return self.may_publish_at_all() and not why_not_published(self.page)

    def may_publish_at_all(self) -> bool:
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        return self.may_publish_at_all()

    def can_unschedule(self) -> bool:
        return self.may_publish_at_all()


def latest(page: Page) -> Any:
    """As its last version has it, which is what is published."""
    return page.get_latest_revision_as_object()


def ends_with_this_step(page: Page) -> bool:
    """Who agrees in its workflow now, publishes it."""
    state: WorkflowState | None = page.current_workflow_state
    if state is None or state.current_task_state is None:
        return False
    rest = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    rest = rest.exclude(task_states__in=state.successful_task_states)
    return not rest.exclude(pk=state.current_task_state.task_id).exists()
