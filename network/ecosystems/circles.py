"""Who is in an ecosystem or working group with a reader: who takes part, and who manages it for its organisation."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from network.ecosystems.models import Ecosystem, Participation
from portal.accounts.models import User
from portal.organisations.models import Membership
from portal.people.circles import register


@register
def fellow_participants(reader: User, user_ids: Collection[int]) -> set[int]:
    today = timezone.localdate()
    inside = Ecosystem.objects.inside(reader, today).order_by()
    taking_part = Participation.objects.active(today).filter(user__in=user_ids, ecosystem__in=inside)
    managing = Membership.objects.current(today).filter(
        user__in=user_ids, role=Membership.Role.MANAGER, organisation__in=inside.values("organisation")
    )
    return {
        *taking_part.order_by().values_list("user_id", flat=True),
        *managing.order_by().values_list("user_id", flat=True),
    }
