"""What nobody goes on with."""

from __future__ import annotations

import datetime

from django.db.models import Q

from network.conversations.models import Draft
from network.conversations.rules import CHANGING, EDIT_WINDOW
from network.conversations.services.pictures import forget_drafts

KEEP_DRAFTS = datetime.timedelta(days=365)  # after somebody last typed in one


def forget_old(at: datetime.datetime) -> int:
    """Drafts, with their pictures; those of a change once nothing can be changed any more. How many."""
    old = Q(saved_at__lt=at - KEEP_DRAFTS)
    over = Q(place__startswith=CHANGING, saved_at__lt=at - EDIT_WINDOW)
    return forget_drafts(Draft.objects.filter(old | over))
