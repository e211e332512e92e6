"""How long invitations and requests are kept."""

from __future__ import annotations

import datetime
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.organisations.models import Invitation, JoinRequest, Membership

KEEP_ADDRESSES = timedelta(days=90)  # after an invitation was answered, withdrawn or over
KEEP_REQUESTS = timedelta(days=365)  # after the decision
KEEP_ENDED = timedelta(days=365)  # after the last day of a guest


@transaction.atomic
def forget_old(at: datetime.datetime) -> None:
    """Empty the addresses of invitations that are long over, and drop requests that were decided long ago and
    guests who left long ago."""
    over = Invitation.objects.filter(expires_at__lt=at - KEEP_ADDRESSES)
    over.unanswered().update(withdrawn_at=F("expires_at"))
    over.exclude(email="").update(email="")
    JoinRequest.objects.filter(decided_at__lt=at - KEEP_REQUESTS).delete()
    Membership.objects.filter(ends_on__lt=timezone.localdate(at - KEEP_ENDED)).delete()
