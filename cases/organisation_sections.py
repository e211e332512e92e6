"""The cases on the page of the organisation that they are about; a public one makes that page public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cases.models import CasePage
from cases.shapes import cards
from portal.design.library import render_component
from portal.organisations import appearances
from portal.organisations.models import Organisation
from portal.organisations.sections import Section, register

MOST = 12


@appearances.register
def named_in_public() -> Any:
    return CasePage.objects.public().order_by().values("organisation")


@register(rank=10)
def cases_of(organisation: Organisation, user: Any) -> Iterable[Section]:
    """The newest that this reader may see."""
    cases = CasePage.objects.visible_to(user).filter(organisation=organisation).newest()
    views = list(cards(cases.values_list("pk", flat=True)[:MOST]).values())
    if views:
        body = render_component("case_list", {"views": views, "display": "rows", "level": 3})
        yield Section(_("Praktijkvoorbeelden"), mark_safe(body))  # noqa: S308 - drawn by a component
