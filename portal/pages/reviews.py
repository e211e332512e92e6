"""Which pages should be looked at again: each carries the day on which somebody last did, and how long that holds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.apps import apps

from portal.pages.models import BasePage


@dataclass(frozen=True, slots=True)
class Review:
    """One live page's review; `due_on` is None where nobody ever looked at the page."""

    page_id: int
    reviewed_on: datetime.date | None
    due_on: datetime.date | None


def reviewed_models() -> list[type[BasePage]]:
    """The kinds of page that hold content of their own; pages that only list others need no review."""
    return [model for model in apps.get_models() if issubclass(model, BasePage) and model.max_count != 1]


def past_review(on: datetime.date) -> list[Review]:
    """Live pages whose review is due before `on`: never reviewed ones, then the longest overdue. One query a kind."""
    found: list[Review] = []
    for model in reviewed_models():
        # Only what the sum needs; how many months after a day is nothing that all databases can count alike.
        for page in model.objects.live().only("pk", "reviewed_on", "review_months"):
            due_on = page.review_due_on
            if due_on is None or due_on < on:
                found.append(Review(page.pk, page.reviewed_on, due_on))
    return sorted(found, key=lambda review: (review.due_on or datetime.date.min, review.page_id))
