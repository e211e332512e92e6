"""Panels on the first page of the staff admin."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.pages.reviews import past_review

SHOWN = 5


class ReviewPanel(Component):
    """The pages that wait longest to be looked at again."""

    name = "past_review"
    template_name = "pages/admin/review_panel.html"
    order = 230

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        reviews = {review.page_id: review for review in past_review(timezone.localdate())}
        allowed = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            user, ["change", "publish"]
        )
        pages = {page.pk: page for page in allowed.filter(pk__in=reviews).only("pk", "title", "draft_title")}
        rows = [(pages[pk], review) for pk, review in reviews.items() if pk in pages]
        return {"rows": rows[:SHOWN], "count": len(rows), "more": len(rows) > SHOWN}
