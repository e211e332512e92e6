"""What people do with each other here, on one page: what they ask, talk about and organise, and where they belong."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.models import Conversation
from network.conversations.shapes import thread_views
from network.ecosystems.models import Ecosystem
from network.ecosystems.shapes import card
from network.events.models import Event
from network.events.shapes import event_views
from network.forum.models import TOPIC
from network.questions.models import Question
from network.questions.shapes import question_threads
from portal.design.shapes import EventView, OrganisationView, ThreadView, WayIn

SHOWN = 3


def together_page(user: Any) -> dict[str, Any]:
    """The newest that this reader sees of each, in a number of queries that doesn't grow with what there is."""
    return {
        "questions": questions(user),
        "topics": topics(user),
        "events": events(user),
        "ecosystems": ecosystems(user),
    }


def questions(user: Any) -> list[ThreadView]:
    newest = Question.objects.visible_to(user).order_by("-conversation__created_at", "-pk")
    return question_threads(list(newest.values_list("pk", flat=True)[:SHOWN]), user)


def topics(user: Any) -> list[ThreadView]:
    rows = Conversation.objects.visible_to(user).of_kind(TOPIC).with_post_count().with_unread(user)
    newest = rows.select_related("ecosystem").order_by("-last_post_at", "-pk")[:SHOWN]
    return thread_views(list(newest), user, nothing_yet=_("nog geen reactie"))


def events(user: Any) -> list[EventView]:
    coming = Event.objects.visible_to(user).upcoming(timezone.now()).with_mine(user)
    return event_views(coming.select_related("ecosystem", "organisation")[:SHOWN])


def ecosystems(user: Any) -> list[OrganisationView]:
    """Those where the reader is inside first; working groups stand on the page of what they are part of."""
    mine = set(Ecosystem.objects.inside(user, timezone.localdate()).order_by().values_list("pk", flat=True))
    first = Case(When(pk__in=mine, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Ecosystem.objects.visible_to(user).open().filter(parent=None).select_related("organisation")
    return [card(each, own=mine) for each in rows.order_by(first, Lower("name"), "pk")[:SHOWN]]


def ways_to_each_other() -> list[WayIn]:
    """For the front page, which is one for all and so shows nothing of what is said there."""
    ways = [
        (_("Stel een vraag"), _("Een ondernemer die het al deed, geeft antwoord."), "questions:list"),
        (_("Praat mee"), _("Lees wat anderen proberen, en vertel hoe het bij jou gaat."), "forum:list"),
        (_("Kom langs"), _("Workshops, webinars en bezoeken aan bedrijven."), "events:list"),
        (_("Sluit je aan"), _("Leer met een vaste kring van bedrijven: een ecosysteem."), "ecosystems:list"),
    ]
    return [WayIn(label=label, text=text, url=reverse(name)) for label, text, name in ways]
