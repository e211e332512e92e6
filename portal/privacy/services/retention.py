"""What no other room forgets: mail nobody looked at, staff logs, files with data, accounts that nobody uses."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageLogEntry

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.mail.services import queue_mail
from portal.privacy.models import Takeaway, Warned
from portal.privacy.takeaway_files import remove_file

UNHANDLED_TERM = timedelta(days=180)  # mail that was refused, and that nobody decided about
LOG_TERM = timedelta(days=3 * 365)  # who did what in the staff admin
FORM_STATE_TERM = timedelta(days=2)
TAKEAWAY_LINES_TERM = timedelta(days=30)
INACTIVE_TERM = timedelta(days=3 * 365)
WARNED_BEFORE = timedelta(days=30)
WARNED_A_NIGHT = 500


@transaction.atomic
def forget_old(at: datetime) -> None:
    Mail.objects.needs_attention().filter(created_at__lt=at - UNHANDLED_TERM).delete()
    for log in (PageLogEntry, ModelLogEntry):
        log.objects.filter(timestamp__lt=at - LOG_TERM, user__isnull=False).update(user=None)
    EditingSession.objects.filter(last_seen_at__lt=at - FORM_STATE_TERM).delete()
    FormState.objects.filter(last_updated_at__lt=at - FORM_STATE_TERM).delete()
    _forget_takeaways(at)


def _forget_takeaways(at: datetime) -> None:
    """The file after a week, the line that there was one after a month."""
    over = Takeaway.objects.filter(state=Takeaway.State.READY, expires_at__lt=at)
    for takeaway in over:
        remove_file(takeaway.key)
    over.update(state=Takeaway.State.GONE)
    old = Takeaway.objects.filter(asked_at__lt=at - TAKEAWAY_LINES_TERM)
    for takeaway in old:
        remove_file(takeaway.key)
    old.delete()


def not_seen_since(moment: datetime) -> QuerySet[User]:
    """Who last signed in before that. Of staff somebody decides."""
    return User.objects.filter(last_login__lt=moment, is_staff=False, is_superuser=False)


@transaction.atomic
def warn_inactive(at: datetime) -> int:
    """Who hasn't signed in for almost three years gets a mail, once; how many."""
    Warned.objects.filter(user__last_login__gt=at - (INACTIVE_TERM - WARNED_BEFORE)).delete()
    rows = not_seen_since(at - (INACTIVE_TERM - WARNED_BEFORE))
    people = list(rows.exclude(pk__in=Warned.objects.values("user")).order_by("pk")[:WARNED_A_NIGHT])
    Warned.objects.bulk_create([Warned(user=user, at=at) for user in people])
    for user in people:
        day = date_format(timezone.localdate(at + WARNED_BEFORE), "j F Y")
        queue_mail(
            to=user.email,
            subject=_("Wil je je account bij %(site)s houden?") % {"site": settings.SITE_NAME},
            text=_(
                "Je logde al bijna drie jaar niet in bij %(site)s. Op %(day)s wissen we je account.\n\n"
                "Wil je het houden? Log dan voor die dag een keer in:\n%(url)s\n\n"
                "Wil je het niet houden? Dan hoef je niets te doen.\n"
            )
            % {"site": settings.SITE_NAME, "day": day, "url": settings.BASE_URL + reverse("account_login")},
            kind="inactive-account",
            key=f"inactive-account:{user.pk}:{at:%Y%m%d}",
        )
    return len(people)
