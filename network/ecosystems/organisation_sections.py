"""The ecosystems that an organisation began or belongs to, on its page; those that the reader may know of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from network.ecosystems import shapes
from network.ecosystems.models import CompanyMembership, Ecosystem
from portal.design.library import render_component
from portal.organisations.models import Organisation
from portal.organisations.sections import Section, register

MOST = 12


@register(rank=20)
def ecosystems_of(organisation: Organisation, user: Any) -> Iterable[Section]:
    belongs = CompanyMembership.objects.visible_to(user).current().filter(organisation=organisation)
    rows = Ecosystem.objects.visible_to(user).filter(
        Q(pk__in=belongs.order_by().values("ecosystem")) | Q(organisation=organisation), parent=None
    )
    cards = [shapes.card(row) for row in rows.select_related("organisation", "parent")[:MOST]]
    if cards:
        body = "".join(render_component("organisation_card", {"organisation": view}) for view in cards)
        yield Section(_("Ecosystemen"), mark_safe(body))  # noqa: S308 - drawn by components
