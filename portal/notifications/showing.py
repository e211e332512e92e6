"""What a person reads of their notifications now: the list, the number in the header, the newest on their own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.design.shapes import NotificationView
from portal.notifications import noted
from portal.notifications.kinds import shown
from portal.notifications.models import Notification

# Who never looks has hundreds; the oldest of them are no news.
MOST_LISTED = 400
MOST_COUNTED = 20
# Of so many new ones it is asked what is shown: enough, also where some are not.
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Day:
    title: str
    views: Sequence[NotificationView]


@dataclass(frozen=True, slots=True)
class Listed:
    """All that a person may see of their notifications now: what is new first, and of both the newest first."""

    views: Sequence[NotificationView]
    newest: int  # the highest number of a row among them, shown or not
    new: int


def listed(user: User) -> Listed:
    is_seen = Case(When(seen_at=None, then=Value(0)), default=Value(1))
    rows = list(Notification.objects.visible_to(user).order_by(is_seen, "-created_at", "-pk")[:MOST_LISTED])
    views = _views(user, rows)
    newest = max((row.pk for row in rows), default=0)
    return Listed(views=views, newest=newest, new=sum(view.is_new for view in views))


def newest_unseen(user: User, most: int) -> list[NotificationView]:
    """At most so many; what may not be seen now isn't among them."""
    if noted.number(user.pk) == 0:
        return []
    rows = list(Notification.objects.visible_to(user).unseen().newest_first()[:LOOKED_AT])
    if not rows:
        noted.note(user.pk, 0)
    return _views(user, rows)[:most]


def newest_and_noted(user: User, most: int) -> list[NotificationView]:
    """The same, and how many there are is noted for the header of that page, which then asks nothing."""
    views = newest_unseen(user, MOST_COUNTED + 1)
    noted.note(user.pk, len(views))
    return views[:most]


def number_unseen(user: User) -> str:
    """How many new ones this person sees now, in words: "", "3", "20+"."""
    number = noted.number(user.pk)
    if number is None:
        number = len(newest_unseen(user, MOST_COUNTED + 1))
        noted.note(user.pk, number)
    if number > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(number) if number else ""


def address_of(notification: Notification) -> str:
    """Where it leads for whom it is for, as far as they may see that now; else an empty string."""
    found = shown(notification.recipient, [notification]).get(notification.pk)
    return found.url if found is not None else ""


def by_day(views: Sequence[NotificationView]) -> list[Day]:
    """In the order given."""
    days = groupby(views, key=lambda view: timezone.localdate(view.when))
    today = timezone.localdate()
    names = {today: _("Vandaag"), today - timedelta(days=1): _("Gisteren")}
    return [Day(names.get(day) or date_format(day, "j F Y"), list(group)) for day, group in days]


def _views(user: User, rows: Sequence[Notification]) -> list[NotificationView]:
    texts = shown(user, rows)
    return [
        NotificationView(
            text=texts[row.pk].text,
            url=reverse("notifications:open", args=[row.pk]),
            context=texts[row.pk].context,
            when=row.created_at,
            is_new=row.seen_at is None,
        )
        for row in rows
        if row.pk in texts
    ]
