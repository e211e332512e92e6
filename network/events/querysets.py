"""Which events somebody sees, and who holds a place."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from network.ecosystems import prepared
from portal.organisations.querysets import is_person, is_staff

if TYPE_CHECKING:
    from network.events.models import (  # noqa: F401 - names of the generic parameters
        Event,
        EventMaterial,
        Registration,
    )

BRANCH = "branch-organisation"
RUNS = ("manager", "editor")


def goes_outside(event: str = "") -> Q:
    """Events for others than who takes part: never of an ecosystem that is hidden, or that lies in one, since each tells
    its name. `event`: the way there ("event__")."""
    hidden = Q(**{f"{event}ecosystem__visibility": "hidden"})
    hidden |= Q(**{f"{event}ecosystem__parent__visibility": "hidden"})
    return ~Q(**{f"{event}audience": "ecosystem"}) & ~hidden


def open_to(user: Any) -> Q:
    """For whom an event is: everybody, who has an account, or who takes part in its ecosystem."""
    if not is_person(user):
        return Q(audience="public") & goes_outside()
    return goes_outside() | Q(ecosystem__in=prepared.inside(user, timezone.localdate()))


class EventQuerySet(models.QuerySet["Event"]):
    def shown(self) -> EventQuerySet:
        """On the agenda, cancelled ones too; no drafts, and nothing that a moderator holds or hid."""
        return self.filter(state__in=["planned", "cancelled"], shown="visible")

    def visible_to(self, user: Any) -> EventQuerySet:
        """What stands on the agenda for this reader; and what they organise, unless a moderator took it away."""
        shown = Q(state__in=["planned", "cancelled"], shown="visible") & open_to(user)
        if not is_person(user):
            return self.filter(shown)
        return self.filter(shown | (_run_by(user) & ~Q(shown="removed")))

    def managed_by(self, user: Any) -> EventQuerySet:
        return self.filter(_run_by(user)).exclude(shown="removed") if is_person(user) else self.none()

    def upcoming(self, at: datetime.datetime) -> EventQuerySet:
        """Those that aren't over, nearest first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def past(self, at: datetime.datetime) -> EventQuerySet:
        """Those that are over, latest first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")

    def with_mine(self, user: Any) -> EventQuerySet:
        """`mine`: how this person's registration stands; empty where there is none."""
        if not is_person(user):
            return self.annotate(mine=Value(""))
        rows = apps.get_model("events", "Registration").objects.filter(user=user, event=OuterRef("pk"))
        return self.annotate(mine=Coalesce(Subquery(rows.values("state")[:1]), Value("")))


def _run_by(user: Any) -> Q:
    """Managers of its ecosystem; managers and editors of the branch organisation; of the portal's own its staff."""
    today = timezone.localdate()
    branches = (
        apps.get_model("organisations", "Membership")
        .objects.current(today)
        .filter(user=user, role__in=RUNS, organisation__kind=BRANCH)
    )
    found = Q(ecosystem__in=prepared.managed(user, today))
    found |= Q(organisation__in=branches.order_by().values("organisation"))
    return found | Q(ecosystem=None, organisation=None) if is_staff(user) else found


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def seated(self) -> RegistrationQuerySet:
        """Who has a place: registered, or offered one."""
        return self.filter(state__in=["registered", "offered"])

    def waiting(self) -> RegistrationQuerySet:
        """In line, who is next first."""
        return self.filter(state="waiting").order_by("queued_at", "pk")

    def involved(self) -> RegistrationQuerySet:
        """Who comes, waits, or may come."""
        return self.filter(state__in=["registered", "waiting", "offered"])

    def holding(self, on: datetime.date) -> RegistrationQuerySet:
        """Of people who can still sign in, and for whom the event still is."""
        taking_part = (
            apps.get_model("ecosystems", "Participation").objects.active(on).filter(user=OuterRef("user"))
        )
        running = (
            apps.get_model("organisations", "Membership")
            .objects.current(on)
            .filter(
                user=OuterRef("user"), role="manager", organisation=OuterRef("event__ecosystem__organisation")
            )
        )
        inside = (
            Exists(taking_part.filter(ecosystem=OuterRef("event__ecosystem")))
            | Exists(taking_part.filter(ecosystem=OuterRef("event__ecosystem__parent"), role="manager"))
            | Exists(running)
        )
        return self.filter(goes_outside("event__") | inside, user__is_active=True)

    def visible_to(self, user: Any) -> RegistrationQuerySet:
        """One's own; all of what one organises; and who comes to what one comes to oneself."""
        if not is_person(user):
            return self.none()
        events = apps.get_model("events", "Event").objects
        mine = self.model._default_manager.filter(user=user, state="registered")
        seen = events.visible_to(user).filter(pk__in=mine.order_by().values("event"))
        return self.filter(
            Q(user=user)
            | Q(event__in=events.managed_by(user).order_by().values("pk"))
            | Q(state="registered", event__in=seen.order_by().values("pk"))
        )


class MaterialQuerySet(models.QuerySet["EventMaterial"]):
    def visible_to(self, user: Any) -> MaterialQuerySet:
        """Of what one comes or came to, as long as one sees it; and of what one organises."""
        if not is_person(user):
            return self.none()
        events = apps.get_model("events", "Event").objects
        comes = apps.get_model("events", "Registration").objects.filter(user=user, state="registered")
        seen = events.visible_to(user).filter(pk__in=comes.order_by().values("event"))
        run = events.managed_by(user)
        return self.filter(
            Q(event__in=seen.order_by().values("pk")) | Q(event__in=run.order_by().values("pk"))
        )
