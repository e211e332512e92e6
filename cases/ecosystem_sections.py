"""The cases of the companies that belong, in the home of their ecosystem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cases.models import CasePage
from cases.shapes import cards
from network.ecosystems.models import CompanyMembership, Ecosystem
from network.ecosystems.sections import Section, register
from portal.design.library import render_component

MOST = 6


@register(rank=50)
def cases_of(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    """The newest that this reader may see; in a working group those of its ecosystem stand in the ecosystem."""
    companies = CompanyMembership.objects.current().filter(ecosystem=ecosystem).values("organisation")
    cases = CasePage.objects.visible_to(user).filter(organisation__in=companies).newest()
    views = list(cards(cases.values_list("pk", flat=True)[:MOST]).values())
    if views:
        body = render_component("case_list", {"views": views, "display": "rows", "level": 3})
        yield Section(_("Praktijkvoorbeelden van onze bedrijven"), mark_safe(body))  # noqa: S308 - by a component
