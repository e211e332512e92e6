"""From a case: to its maker, and to one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import CaseIndexPage, CasePage
from cases.submissions.models import CaseSubmission
from portal.design.shapes import Link
from portal.pages.next_steps import register


@register(rank=5)
def ask_the_maker(page: Any, user: Any) -> Iterable[Link]:
    """Where a member made it, and wants to be asked."""
    if not isinstance(page, CasePage):
        return
    rows = CaseSubmission.objects.taking_questions().filter(page=page.pk)
    if getattr(user, "is_authenticated", False):
        rows = rows.exclude(author=user)
    if rows.exists():
        yield Link(
            label=_("Vraag het de maker"),
            url=reverse("submissions:ask", args=[page.pk]),
            text=_("Wil je meer weten over dit voorbeeld? De maker krijgt je vraag via het portaal."),
        )


@register(rank=20)
def send_in_your_own(page: Any, user: Any) -> Iterable[Link]:
    if isinstance(page, (CasePage, CaseIndexPage)):
        yield Link(
            label=_("Stuur je eigen praktijkvoorbeeld in"),
            url=reverse("submissions:start"),
            text=_("Vertel wat jullie slimmer deden. Het kost een half uur."),
        )
