"""What stays of moderation about somebody whose account goes: that something was decided, no word about them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from network.moderation.models import Decision, Objection, Report
from portal.accounts.models import User
from portal.privacy.addresses import addresses_of


@transaction.atomic
def part_from_moderation(user: User, *, texts_go: bool, at: datetime) -> None:
    """Facts and reasons about them, what they objected and, if they want, what they reported is emptied."""
    Decision.objects.filter(person=user).update(facts="", reason="", person=None)
    Objection.objects.filter(by=user).update(text="", answer="", by=None)
    by_address = Q(email__in=addresses_of(user))
    Report.objects.filter(by_address, forgotten_at=None).update(text="", email="", forgotten_at=at)
    if texts_go:
        Report.objects.filter(reporter=user, forgotten_at=None).update(text="", forgotten_at=at)
    Report.objects.filter(reporter=user).update(reporter=None)
