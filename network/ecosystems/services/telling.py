"""Whom a room above tells of something new in an ecosystem, and in what portions."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from network.ecosystems.models import Participation
from portal.accounts.models import User

PORTION: Final = 500  # people in one transaction: an ecosystem may have thousands


def people_to_tell(ecosystem_id: int, *, but: int | None = None) -> QuerySet[User]:
    """Who takes part today, other than the person `but` who wrote it."""
    here = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem_id)
    people = User.objects.filter(pk__in=here.order_by().values("user"), is_active=True)
    return people.exclude(pk=but) if but is not None else people


def next_portion(people: QuerySet[User], behind: int) -> list[int]:
    """The keys of the next of them, behind the last one told; empty where everybody was."""
    return list(people.filter(pk__gt=behind).order_by("pk").values_list("pk", flat=True)[:PORTION])
