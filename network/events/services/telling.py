"""Who hears of what happens to events."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from network.events.models import Event, EventNotice, Registration, Removal
from portal.accounts.models import User
from portal.notifications.services import forget, notify

REGISTERED = "events.registered"  # of a registration
WAITING = "events.waiting"  # of a registration
REMOVED = "events.removed"  # of a removal
OFFERED = "events.offered"  # of a registration
EXPIRED = "events.expired"  # of a registration
CANCELLED = "events.cancelled"  # of an event
REMINDER = "events.reminder"  # of an event
CHANGED = "events.changed"  # of a notice
MATERIAL = "events.material"  # of a notice
MESSAGE = "events.message"  # of a notice

NOTICES = {
    EventNotice.Kind.CHANGED: CHANGED,
    EventNotice.Kind.MATERIAL: MATERIAL,
    EventNotice.Kind.MESSAGE: MESSAGE,
}
State = Registration.State
NOT_AGAIN_WITHIN = datetime.timedelta(hours=1)


def people_of(event: Event, states: Collection[str], on: datetime.date) -> list[int]:
    """Who is in one of these states and still may know of it, by number."""
    rows = Registration.objects.filter(event=event, state__in=states).holding(on)
    return list(rows.order_by("user").values_list("user", flat=True))


def tell_registered(registration: Registration, at: datetime.datetime) -> None:
    """That there is a place, or one in line. Registering again after withdrawing is news again, once in a while."""
    forget_registered(registration, at)
    kind = WAITING if registration.state == State.WAITING else REGISTERED
    notify(kind, recipients=[registration.user_id], object_id=registration.pk, at=at)


def forget_registered(registration: Registration, at: datetime.datetime) -> None:
    """What was mailed a moment ago stays, so that who withdraws and comes back in a loop isn't mailed each time. Nobody
    reads it while it isn't so: a confirmation shows what the registration is now."""
    for kind in (REGISTERED, WAITING):
        forget(kind, [registration.pk], unless_mailed_since=at - NOT_AGAIN_WITHIN)


def tell_removed(removal: Removal, at: datetime.datetime) -> None:
    notify(REMOVED, recipients=[removal.registration.user_id], object_id=removal.pk, actor=removal.by, at=at)


def forget_removed(removal: Removal) -> None:
    forget(REMOVED, [removal.pk])


def tell_offered(registration: Registration, at: datetime.datetime) -> None:
    """A second place that is offered to the same person is news again; that the first one lapsed no longer is."""
    forget(OFFERED, [registration.pk])
    forget(EXPIRED, [registration.pk])
    notify(OFFERED, recipients=[registration.user_id], object_id=registration.pk, at=at)


def tell_expired(registration: Registration, at: datetime.datetime) -> None:
    forget(OFFERED, [registration.pk])
    notify(EXPIRED, recipients=[registration.user_id], object_id=registration.pk, at=at)


def tell_cancelled(event: Event, people: Collection[int], *, by: User, at: datetime.datetime) -> None:
    forget(REMINDER, [event.pk])
    notify(CANCELLED, recipients=people, object_id=event.pk, actor=by, at=at)


def tell_reminder(event: Event, people: Collection[int], at: datetime.datetime) -> None:
    notify(REMINDER, recipients=people, object_id=event.pk, at=at)


def forget_reminder(event: Event) -> None:
    """It is on another day now, and who comes is reminded again."""
    forget(REMINDER, [event.pk])


def tell_notice(notice: EventNotice, people: Collection[int], *, by: User) -> None:
    notify(
        NOTICES[EventNotice.Kind(notice.kind)], recipients=people, object_id=notice.pk, actor=by, at=notice.at
    )
