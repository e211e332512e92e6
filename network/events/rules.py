"""Who may do what with an event. The caller knows that this person sees it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import can_manage as can_manage_ecosystem
from network.events.models import Event, Registration
from network.events.querysets import BRANCH, RUNS
from portal.organisations.models import Membership, Organisation
from portal.organisations.querysets import is_person, is_staff

MOST_QUESTIONS = 10
MOST_MATERIALS = 20
MOST_MESSAGES_A_DAY = 5  # about one event
MOST_OPEN_EVENTS = 100  # of one organiser, that aren't over

Place = Ecosystem | Organisation | None


def organises_for(user: Any, place: Place) -> bool:
    """An ecosystem: its managers. A branch organisation: its managers and editors. The portal (None): its staff."""
    if not is_person(user):
        return False
    if place is None:
        return is_staff(user)
    if isinstance(place, Ecosystem):
        return place.closed_at is None and can_manage_ecosystem(user, place)
    mine = Membership.objects.current(timezone.localdate()).filter(user=user, organisation=place)
    return bool(mine.filter(role__in=RUNS, organisation__kind=BRANCH).exists())


def places_of(user: Any) -> list[Place]:
    """For whom this person may organise something."""
    if not is_person(user):
        return []
    today = timezone.localdate()
    ecosystems = Ecosystem.objects.managed_by(user, today).filter(closed_at=None).order_by("name", "pk")
    mine = (
        Membership.objects.current(today).filter(user=user, role__in=RUNS).order_by().values("organisation")
    )
    branches = Organisation.objects.standing().filter(kind=BRANCH, pk__in=mine).order_by("name")
    own: list[Place] = [None] if is_staff(user) else []
    return [*ecosystems, *branches, *own]


def organises_somewhere(user: Any) -> bool:
    """Is there anything that this person may organise?"""
    if not is_person(user):
        return False
    today = timezone.localdate()
    branches = Membership.objects.current(today).filter(
        user=user, role__in=RUNS, organisation__kind=BRANCH, organisation__merged_into=None
    )
    here = Ecosystem.objects.managed_by(user, today).filter(closed_at=None)
    return is_staff(user) or here.exists() or branches.exists()


def can_manage(user: Any, event: Event) -> bool:
    return is_person(user) and Event.objects.managed_by(user).filter(pk=event.pk).exists()


def can_change(event: Event, at: datetime.datetime) -> bool:
    """Until it is over or was cancelled; of who manages it."""
    return event.state != Event.State.CANCELLED and (event.state == Event.State.DRAFT or event.ends_at > at)


def can_publish(event: Event, at: datetime.datetime) -> bool:
    return event.state == Event.State.DRAFT and event.starts_at > at


def can_cancel(event: Event, at: datetime.datetime) -> bool:
    return event.state == Event.State.PLANNED and event.ends_at > at


def is_over(event: Event, at: datetime.datetime) -> bool:
    return event.ends_at <= at


def takes_registrations(event: Event, at: datetime.datetime) -> bool:
    """Until the term that the organiser chose, and never once it began."""
    if event.state != Event.State.PLANNED or event.shown != "visible":
        return False
    return at < min(event.closes_at or event.starts_at, event.starts_at)


def can_withdraw(registration: Registration | None, event: Event, at: datetime.datetime) -> bool:
    return registration is not None and registration.state in Registration.IN and event.starts_at > at


def can_accept(registration: Registration | None, event: Event, at: datetime.datetime) -> bool:
    """A place that was offered, within its term and before it began."""
    if registration is None or registration.offer_until is None:
        return False
    return event.state == Event.State.PLANNED and at < min(registration.offer_until, event.starts_at)


def takes_part(registration: Registration | None) -> bool:
    """Who comes, and so may know how to get in and who else does."""
    return registration is not None and registration.state == Registration.State.REGISTERED


def can_talk(event: Event, at: datetime.datetime) -> bool:
    """From its beginning, where everybody who may read it reads what is said: who has an account is no circle."""
    if event.state != Event.State.PLANNED or event.shown != "visible" or event.starts_at > at:
        return False
    return event.audience != Event.Audience.MEMBERS and (
        event.ecosystem is None or event.ecosystem.closed_at is None or event.conversation_id is not None
    )
