"""News of an ecosystem, for who takes part: once a day, unless they want it otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Post
from network.forum.services.news import NEWS
from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification


def _news(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    posts = Post.objects.visible_to(reader).shown().filter(pk__in={row.object_id for row in rows})
    found = {post.pk: post for post in posts.select_related("conversation__ecosystem")}
    told: dict[int, Shown] = {}
    for row in rows:
        if (post := found.get(row.object_id)) is None:
            continue
        conversation = post.conversation
        where = conversation.ecosystem.name if conversation.ecosystem is not None else ""
        sentence = _now("Nieuws: “%(title)s”") % {"title": conversation.title}
        told[row.pk] = Shown(sentence, post.get_absolute_url(), where)
    return told


register(
    Kind(
        code=NEWS,
        label=_("nieuws in je ecosysteem"),
        help=_("Als een beheerder nieuws schrijft in een ecosysteem of werkgroep waar je meedoet."),
        default=Frequency.DAILY,
        show=_news,
        order=35,
    )
)
