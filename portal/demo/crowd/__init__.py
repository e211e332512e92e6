"""Thousands of members who wrote hundreds of thousands of posts: a portal at its full size, to measure.

Rows are written in bulk, in minutes where the services would take hours; they stand as the services would leave them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.models import Conversation
from portal.demo.crowd.aftermath import remember_texts, tell
from portal.demo.crowd.people import People, make_people
from portal.demo.crowd.sessions import sign_in
from portal.demo.crowd.talk import Talk, make_talk
from portal.demo.safety import refuse_elsewhere
from portal.operations.postgres import analyze


class NotEmpty(Exception):
    """People write here already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    members: int = 5000
    topics: int = 10_000
    questions: int = 1000
    posts: int = 200_000
    ecosystems: int = 20


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was made, and the keys of sessions of who is signed in."""

    people: People
    talk: Talk
    notifications: int
    sessions: list[str]


def fill(
    size: Size, *, seed: int = 1, signed_in: int = 0, say: Callable[[str], None] = lambda _line: None
) -> Crowd:
    """In a portal where nobody wrote anything yet. Raises NotHere, NotEmpty."""
    refuse_elsewhere()
    if Conversation.objects.exists():
        raise NotEmpty(
            _("In dit portaal staan al gesprekken. Een menigte laad ik alleen in een leeg portaal.")
        )
    chance = random.Random(seed)
    now = timezone.now()
    with transaction.atomic():
        say(_("Ik maak de mensen."))
        people = make_people(chance, members=size.members, ecosystems=size.ecosystems, now=now)
        say(_("Ik laat ze schrijven."))
        talk = make_talk(
            chance, people, topics=size.topics, questions=size.questions, posts=size.posts, now=now
        )
        say(_("Ik vertel wie het volgt."))
        remember_texts(chance, people, talk, now)
        notifications = tell(chance, talk, now)
        sessions = sign_in(chance.sample(people.members, signed_in))
    analyze(connection)
    return Crowd(people, talk, notifications, sessions)
