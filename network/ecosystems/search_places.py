"""Searching within an ecosystem: what those who take part find there, and in its working groups that one is in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import Ecosystem
from search.places import Place, register


@register
def ecosystem_place(user: Any, code: str) -> Place | None:
    """Only for who is inside; of anything else, hidden or not, it says as little as of what doesn't exist."""
    inside = Ecosystem.objects.inside(user, timezone.localdate())
    found = list(inside.filter(Q(slug=code) | Q(parent__slug=code)))
    here = next((each for each in found if each.slug == code), None)
    if here is None:
        return None
    terms = frozenset(ecosystem_term(each.pk) for each in found)
    return Place(code=code, name=here.name, url=here.get_absolute_url(), terms=terms)
