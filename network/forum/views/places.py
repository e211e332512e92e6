"""What the screens of the forum share: which room it is, and the way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from network.ecosystems.models import Ecosystem
from network.ecosystems.views.pages import rules_first
from network.forum.models import ForumRoom
from portal.design.shapes import Link


def seen_room(request: HttpRequest, slug: str) -> ForumRoom:
    """One that the reader sees; else a 404."""
    rows = ForumRoom.objects.visible_to(request.user).select_related("ecosystem__parent")
    return get_object_or_404(rows, slug=slug)


def room_rules_first(request: HttpRequest, room: ForumRoom) -> HttpResponseRedirect | None:
    return None if room.ecosystem is None else rules_first(request, room.ecosystem)


def to_rooms(room: ForumRoom) -> list[Link]:
    """News is found from the home of its ecosystem, talk from its forum."""
    if room.ecosystem is None:
        return [Link(label=_("Forum"), url=reverse("forum:list"))]
    ecosystem = room.ecosystem
    home = to_ecosystem(ecosystem)
    return [home] if room.is_news else [home, to_forum(ecosystem)]


def to_room(room: ForumRoom) -> Link:
    return Link(label=room.name, url=room.get_absolute_url())


def to_ecosystem(ecosystem: Ecosystem) -> Link:
    return Link(label=ecosystem.name, url=ecosystem.get_absolute_url())


def to_forum(ecosystem: Ecosystem) -> Link:
    return Link(label=_("Forum"), url=reverse("forum:ecosystem", args=[ecosystem.slug]))
