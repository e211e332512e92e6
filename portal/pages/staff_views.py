"""Editing and agreeing in the staff admin for kinds of page for which a room may refuse that they go online.

What can't be published is saved all the same, and staff read why: a plain "you may not" would send them to the wrong
desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet

from portal.pages.publishing import ends_with_this_step, latest, why_not_published


class RefusingEditView(EditView):  # type: ignore[misc]
    @cached_property
    def action_name_and_method(self) -> tuple[str, Callable[[], HttpResponse]]:
        if "action-publish" in self.request.POST:
            self.tell_why_not()
        found: tuple[str, Callable[[], HttpResponse]] = super().action_name_and_method
        return found

    def workflow_action_is_valid(self) -> bool:
        """Where a yes would publish it, the page is saved and stays where it is in the workflow."""
        if not super().workflow_action_is_valid():
            return False
        would_publish = self.workflow_action == "approve" and ends_with_this_step(self.page)
        return not (would_publish and self.tell_why_not())

    def tell_why_not(self) -> bool:
        why = why_not_published(self.page)
        if why:
            messages.error(self.request, why)
        return bool(why)


class RefusingWorkflowView(WorkflowActionView):  # type: ignore[misc]
    """The same from the beginning of the staff admin, where nothing is edited."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        why = ""
        if self.action_name == "approve" and ends_with_this_step(self.object):
            why = why_not_published(latest(self.object))
        if not why:
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        messages.error(request, why)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            told: HttpResponse = self.render_modal_json(
                request, {"step": "success", "redirect": self.redirect_url}
            )
            return told
        return redirect(self.redirect_url)


class RefusingViewSet(PageViewSet):  # type: ignore[misc]
    """Name the `model` in a subclass, and register it."""

    edit_view_class = RefusingEditView
    workflow_action_view_class = RefusingWorkflowView
    parent_models = ()  # the list of pages below another stays Wagtail's
