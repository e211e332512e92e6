"""Who manages an ecosystem moderates what is said there, and in its working groups."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import managers_of
from network.moderation.audiences_managed import register
from portal.accounts.models import User


def managed_ecosystems(user: User) -> Iterable[str]:
    managed = Ecosystem.objects.managed_by(user, timezone.localdate())
    return [ecosystem_term(pk) for pk in managed.order_by().values_list("pk", flat=True)]


def managers_of_term(term: str) -> Iterable[int]:
    found = _named(term)
    return [user.pk for user in managers_of(found)] if found is not None else []


def parent_of(term: str) -> Iterable[str]:
    found = _named(term)
    return [ecosystem_term(found.parent_id)] if found is not None and found.parent_id is not None else []


def name_of_term(term: str) -> str:
    found = _named(term)
    return found.name if found is not None else ""


def _named(term: str) -> Ecosystem | None:
    kind, _colon, number = term.partition(":")
    return Ecosystem.objects.filter(pk=number).first() if kind == "ecosystem" and number.isdecimal() else None


register(managed_ecosystems, people=managers_of_term, wider=parent_of, name=name_of_term)
