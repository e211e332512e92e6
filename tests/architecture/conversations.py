"""What is said in the authorisation matrix: for everybody, and in an ecosystem that nobody else knows of."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.cache import cache

from network.conversations.services import set_post_state
from network.ecosystems.models import Ecosystem
from network.forum.models import ForumRoom
from network.forum.services import begin_topic, main_room, make_room, write_news
from portal.accounts.models import User
from portal.media.services import attach_images
from tests.factories.media import create_member_image


def name_conversations() -> dict[str, Any]:
    """A topic for everybody, one where a participant manages and one where they only take part, each with a picture; and
    rooms to close."""
    host = User.objects.get(email="gastheer@portaal.example")
    rooms = {name: main_room(Ecosystem.objects.get(name=name)) for name in ("eigen", "stil")}
    rooms["open"] = ForumRoom.objects.create(name="Plein", slug="plein")
    ForumRoom.objects.create(name="Weg", slug="weg")
    make_room(ecosystem=rooms["eigen"].ecosystem, name="Klaar", by=host)
    topics = {
        name: begin_topic(
            room,
            by=host,
            title=f"Wat werkt in {name}",
            text=f"Vertel het ons op het {name}.",
            token=uuid.uuid4(),
        )
        for name, room in rooms.items()
    }
    for name in ("eigen", "stil"):
        write_news(
            rooms[name].ecosystem,
            by=host,
            title=f"Nieuws van {name}",
            text=f"Wij besloten het op het {name}.",
            token=uuid.uuid4(),
        )
    cache.clear()  # of how much one person writes in how little time
    # A moderator let it through: its author is new.
    set_post_state(topics["open"].conversation.posts.get().pk, "visible")
    named: dict[str, Any] = {}
    for name, topic in topics.items():
        post = topic.conversation.posts.get()
        named |= {f"{name}_topic": topic.pk, f"{name}_post": post.pk}
        image = create_member_image(host, alt=f"Het bord op het {name}")
        attach_images([image], object_id=post.pk)
        named[f"{name}_picture"] = str(image.uuid)
    return named
