"""The terms of who takes part: `ecosystem:12` for every ecosystem and working group that a person is in today."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from network.ecosystems.models import Ecosystem
from portal.accounts.audiences import register
from portal.accounts.models import User


def ecosystem_term(ecosystem_id: int) -> str:
    return f"ecosystem:{ecosystem_id}"


@register
def ecosystems(user: User) -> Iterable[str]:
    inside = Ecosystem.objects.inside(user, timezone.localdate())
    return [ecosystem_term(pk) for pk in inside.order_by().values_list("pk", flat=True)]
