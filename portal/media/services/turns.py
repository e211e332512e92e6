"""How many a person sends: counted before any work is done, so that what is refused or removed again counts as well."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.media.inspection import UploadRefused
from portal.media.models import UploadCount

MOST_A_DAY: Final = 30  # of one person, images and files together


@transaction.atomic
def take_turn(owner: User) -> None:
    """Count one more of today. Raises UploadRefused."""
    one_at_a_time(owner)
    today, _new = UploadCount.objects.get_or_create(user=owner, day=timezone.localdate())
    if today.number >= MOST_A_DAY:
        raise UploadRefused(
            _("Je hebt vandaag %(number)s bestanden gestuurd. Morgen kun je er weer sturen.")
            % {"number": MOST_A_DAY}
        )
    UploadCount.objects.filter(pk=today.pk).update(number=F("number") + 1)


def one_at_a_time(owner: User) -> None:
    """So that many of one person at once count as many."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)


def forget_turns(at: datetime) -> None:
    """Those of the days before yesterday."""
    UploadCount.objects.filter(day__lt=timezone.localdate(at) - timedelta(days=1)).delete()
