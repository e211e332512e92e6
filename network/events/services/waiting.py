"""Places that come free, and the waiting list that moves up by itself."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from network.events.models import Event, Registration
from network.events.services.standing import locked
from network.events.services.telling import tell_expired, tell_offered
from network.events.waiting import offer_until
from network.moderation.models import Decision
from network.moderation.rules import may_write
from portal.accounts.models import User

State = Registration.State


def put(registration: Registration, state: str, at: datetime.datetime, **values: object) -> None:
    """The registration in another state, and the event's count of places with it; the event's row is locked.

    The database refuses a place more than there are.
    """
    event = registration.event
    before = registration.pk is not None and registration.state in Registration.SEATED
    after = state in Registration.SEATED
    registration.state, registration.changed_at, registration.offer_until = state, at, None
    if state != State.REGISTERED:
        registration.attended = None
    for name, value in values.items():
        setattr(registration, name, value)
    registration.save()
    if after != before:
        Event.objects.filter(pk=event.pk).update(taken=F("taken") + (1 if after else -1))
        event.refresh_from_db(fields=["taken"])


def may_hold(registration: Registration, at: datetime.datetime) -> bool:
    """Does this person still have an account, may know of the event, and isn't blocked where it is?"""
    rows = Registration.objects.filter(pk=registration.pk).holding(timezone.localdate(at))
    return rows.exists() and may_write(registration.user, registration.event.ecosystem_id) is None


def move_up(event: Event, at: datetime.datetime) -> int:
    """Offer the free places to who waits longest; how many. The event's row is locked."""
    if event.state != Event.State.PLANNED or event.shown != "visible" or event.starts_at <= at:
        return 0
    offered = 0
    for row in Registration.objects.filter(event=event).waiting().select_related("user"):
        if event.free is not None and event.free <= 0:
            break
        row.event = event
        if not may_hold(row, at):
            put(row, State.CANCELLED, at)
            continue
        until = offer_until(at, event.starts_at, event.offer_hours)
        if until is None:
            break
        put(row, State.OFFERED, at, offer_until=until)
        tell_offered(row, at)
        offered += 1
    return offered


def release(registration: Registration, state: str, at: datetime.datetime) -> None:
    """The place is for somebody else. The event's row is locked."""
    put(registration, state, at)
    move_up(registration.event, at)


# --- by the worker


def expire_offers(at: datetime.datetime) -> int:
    """Who didn't accept in time makes room for the next; and what came free otherwise is offered.

    While a moderator keeps an event out of sight nobody can accept, and nothing lapses."""
    open_ones = Event.objects.shown().filter(state=Event.State.PLANNED, starts_at__gt=at)
    late = Registration.objects.filter(state=State.OFFERED, offer_until__lte=at, event__in=open_ones)
    waiting = Registration.objects.filter(state=State.WAITING, event__in=open_ones)
    with_room = waiting.filter(event__capacity=None) | waiting.filter(event__taken__lt=F("event__capacity"))
    events = set(late.values_list("event", flat=True)) | set(with_room.values_list("event", flat=True))
    return sum(_expire(pk, at) for pk in sorted(events))


@transaction.atomic
def _expire(event_pk: int, at: datetime.datetime) -> int:
    """In a transaction for each event, so that a job that was killed goes on where it was."""
    event, done = locked(event_pk), 0
    late = Registration.objects.filter(event=event, state=State.OFFERED, offer_until__lte=at)
    for row in late.order_by("offer_until", "pk"):
        row.event = event
        put(row, State.EXPIRED, at)
        tell_expired(row, at)
        done += 1
    move_up(event, at)
    return done


def release_lost(at: datetime.datetime) -> int:
    """Who left the ecosystem, can't sign in any more or was blocked there holds no place; how many those were."""
    open_ones = Event.objects.filter(state=Event.State.PLANNED, starts_at__gt=at)
    rows = Registration.objects.involved().filter(event__in=open_ones)
    gone = rows.exclude(pk__in=rows.holding(timezone.localdate(at)).order_by().values("pk"))
    blocked = Decision.objects.standing().filter(measure="block", blocked_until__gte=timezone.localdate(at))
    perhaps = rows.filter(user__in=blocked.order_by().values("person"))
    found = set(gone.values_list("event", "pk")) | set(perhaps.values_list("event", "pk"))
    return sum(_release_lost(event, pk, at) for event, pk in sorted(found))


@transaction.atomic
def _release_lost(event_pk: int, pk: int, at: datetime.datetime) -> int:
    event = locked(event_pk)
    row = Registration.objects.involved().select_related("user").filter(pk=pk).first()
    if row is None:
        return 0
    row.event = event
    if may_hold(row, at):
        return 0
    release(row, State.CANCELLED, at)
    return 1


@transaction.atomic
def count_places(event_pk: int) -> bool:
    """Count the places of an event from its rows; whether that was needed. Rows go with a person who is erased."""
    event = locked(event_pk)
    taken = Registration.objects.filter(event=event).seated().count()
    if taken == event.taken:
        return False
    Event.objects.filter(pk=event.pk).update(taken=taken)
    return True


def count_places_anew(at: datetime.datetime) -> int:
    """Where the count of places isn't that of the rows; how many events those were."""
    seated = Registration.objects.filter(event=OuterRef("pk")).seated().order_by().values("event")
    counted = Coalesce(Subquery(seated.annotate(number=Count("pk")).values("number")), 0)
    odd = Event.objects.filter(ends_at__gt=at).annotate(seated=counted).exclude(taken=F("seated"))
    return sum(count_places(pk) for pk in list(odd.order_by("pk").values_list("pk", flat=True)))


KEPT = datetime.timedelta(days=365)


def forget_registrations(at: datetime.datetime) -> int:
    """A year after it was over nobody needs to know any more who came; how many registrations went."""
    old = Event.objects.filter(ends_at__lt=at - KEPT, registrations__isnull=False)
    return sum(_forget(pk) for pk in sorted(set(old.values_list("pk", flat=True))))


@transaction.atomic
def _forget(event_pk: int) -> int:
    event = locked(event_pk)
    rows = Registration.objects.filter(event=event)
    number = rows.count()
    rows.delete()
    Event.objects.filter(pk=event.pk).update(taken=0)
    return number


@transaction.atomic
def forget_person(user: User, at: datetime.datetime) -> None:
    """All registrations of somebody go, and their places are for others."""
    for pk in sorted(set(Registration.objects.filter(user=user).values_list("event", flat=True))):
        event = locked(pk)
        row = Registration.objects.filter(event=event, user=user).first()
        if row is None:
            continue
        row.event = event
        put(row, State.CANCELLED, at)
        row.delete()
        move_up(event, at)
