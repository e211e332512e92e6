"""What a person goes to, on their own page: nearest first, and where a place waits for them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.events.models import Event, Registration
from network.events.shapes import badge_of, day_text, hours_text
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task

MOST = 5
KINDS = {"good": "done", "wait": "wait", "problem": "problem"}


def own_events(user: User) -> list[Task]:
    """Cancelled ones too, so that nobody stands before a closed door."""
    mine = Registration.objects.filter(user=user).involved().order_by().values("event")
    rows = Event.objects.visible_to(user).shown().filter(pk__in=mine).upcoming(timezone.now())
    return [_line(each) for each in rows.with_mine(user)[:MOST]]


def _line(event: Event) -> Task:
    badge, kind = badge_of(event, event.mine)  # type: ignore[attr-defined] # annotated by with_mine()
    return Task(
        label=event.title,
        url=event.get_absolute_url(),
        status=badge,
        kind=KINDS.get(kind, "open"),
        hint=f"{day_text(event.starts_at)}, {hours_text(event)}",
        waits=event.mine == Registration.State.OFFERED,  # type: ignore[attr-defined] # annotated by with_mine()
    )


register(
    OwnSection(
        title=gettext_lazy("Mijn bijeenkomsten"),
        lines=own_events,
        empty=gettext_lazy("Kijk eens bij een ander. Er zijn workshops, webinars en bedrijfsbezoeken."),
        more=lambda: Link(label=_("Naar de agenda"), url=reverse("events:list")),
        order=25,
    )
)
