"""Rooms made and closed, and the one that an ecosystem has for its news."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.conversations.services import NotAllowed, Refused
from network.ecosystems.models import Ecosystem
from network.forum import rules
from network.forum.models import RESERVED_SLUGS, ForumRoom
from portal.accounts.models import User

MOST_ROOMS = 12  # of one ecosystem, beside that for its news
MOST_NAMESAKES = 20


@transaction.atomic
def make_room(*, ecosystem: Ecosystem | None, name: str, summary: str = "", by: User) -> ForumRoom:
    """A room for topics. Raises NotAllowed, Refused."""
    if not rules.can_run_rooms(by, ecosystem):
        raise NotAllowed
    here = ForumRoom.objects.filter(ecosystem=ecosystem)
    name = " ".join(name.split())
    if ecosystem is not None and name.casefold() == news_name().casefold():
        raise Refused(
            _("Nieuws heeft al een eigen plek. Kies “Schrijf nieuws” op de pagina van je ecosysteem.")
        )
    if here.filter(name__iexact=name).exists():
        raise Refused(_("Er is hier al een ruimte met deze naam."))
    if here.for_talk().open().count() >= MOST_ROOMS:
        raise Refused(
            _("Er zijn al %(most)s ruimtes. Sluit er eerst een die niemand gebruikt.") % {"most": MOST_ROOMS}
        )
    return ForumRoom.objects.create(
        ecosystem=ecosystem, name=name, summary=summary.strip(), slug=_free_slug(name, ecosystem)
    )


def main_room(ecosystem: Ecosystem) -> ForumRoom:
    """The first open room of an ecosystem; made where there is none yet, so that nobody has to before they can talk."""
    found = ForumRoom.objects.for_talk().open().filter(ecosystem=ecosystem).order_by("order", "pk").first()
    if found is not None:
        return found
    name = _("Algemeen")
    room, _created = ForumRoom.objects.get_or_create(
        ecosystem=ecosystem, name=name, defaults={"slug": _free_slug(name, ecosystem)}
    )
    if room.closed_at is not None:
        room.closed_at = None
        room.save(update_fields=["closed_at"])
    return room


def news_room(ecosystem: Ecosystem) -> ForumRoom:
    """The one for the news of an ecosystem; made with its first item, once however many write that at the same time.

    The caller found that this person may write there.
    """
    here = ForumRoom.objects.filter(ecosystem=ecosystem)
    found = here.for_news().first()
    if found is not None:
        return found
    name = news_name()
    names = [name, *(f"{name} ({number})" for number in range(2, MOST_NAMESAKES))]
    taken = set(here.filter(name__in=names).values_list("name", flat=True))
    name = next(each for each in names if each not in taken)
    # Who comes second finds what the first one made: the database takes one.
    room, _created = ForumRoom.objects.get_or_create(
        ecosystem=ecosystem,
        kind=ForumRoom.Kind.NEWS,
        defaults={"name": name, "slug": _free_slug(name, ecosystem)},
    )
    return room


def news_name() -> str:
    return _("Nieuws")


@transaction.atomic
def close_room(room: ForumRoom, *, by: User, at: datetime.datetime | None = None) -> None:
    """No more topics; what is there can be read and answered. Raises NotAllowed."""
    if not rules.can_close_room(by, room):
        raise NotAllowed
    room.closed_at = at or timezone.now()
    room.save(update_fields=["closed_at"])


def _free_slug(name: str, ecosystem: Ecosystem | None) -> str:
    begin = slugify(name)[:50] or "ruimte"
    base = begin if ecosystem is None else f"{ecosystem.slug[:25]}-{begin}"
    taken = set(ForumRoom.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken or slug in RESERVED_SLUGS:
        number += 1
        slug = f"{base}-{number}"
    return slug
