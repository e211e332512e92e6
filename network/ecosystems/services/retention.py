"""How long invitations, requests and what is over are kept."""

from __future__ import annotations

import datetime
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from network.ecosystems.models import EcosystemInvitation, JoinRequest, Participation
from portal.accounts.models import User
from portal.privacy.addresses import addresses_of

KEEP_ADDRESSES = timedelta(days=90)  # after an invitation was answered, withdrawn or over
KEEP_REQUESTS = timedelta(days=365)  # after the decision
KEEP_ENDED = timedelta(days=2 * 365)  # after somebody took part no more


@transaction.atomic
def forget_old(at: datetime.datetime) -> None:
    over = EcosystemInvitation.objects.filter(expires_at__lt=at - KEEP_ADDRESSES)
    over.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=F("expires_at"))
    over.exclude(email="").update(email="")
    JoinRequest.objects.filter(decided_at__lt=at - KEEP_REQUESTS).delete()
    Participation.objects.filter(ended_at__lt=at - KEEP_ENDED).delete()


@transaction.atomic
def forget_invitations_to(user: User, *, at: datetime.datetime) -> None:
    """Before an account goes: open ones no longer hold, and no address stays."""
    theirs = Q(email__in=addresses_of(user)) | Q(accepted_by=user)
    rows = EcosystemInvitation.objects.filter(theirs)
    keys = list(rows.values_list("pk", flat=True))
    rows.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    EcosystemInvitation.objects.filter(pk__in=keys).update(email="")
