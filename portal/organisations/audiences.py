"""The terms of an organisation's people: `organisation:5` for every organisation they belong to today."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from portal.accounts.audiences import register
from portal.accounts.models import User
from portal.organisations.models import Membership


def organisation_term(organisation_id: int) -> str:
    return f"organisation:{organisation_id}"


@register
def organisations(user: User) -> Iterable[str]:
    memberships = Membership.objects.filter(user=user).current(timezone.localdate())
    return [organisation_term(pk) for pk in memberships.values_list("organisation_id", flat=True)]
