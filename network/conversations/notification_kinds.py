"""What people hear of conversations: an answer to what they wrote at once, the rest once a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Post
from network.conversations.services.telling import ANSWERED, FOLLOWED, MENTIONED
from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification
from portal.people.shapes import shown_people

Sentence = Callable[[str, str], str]


def _shower(sentence: Sentence) -> Callable[[User, Sequence[Notification]], Mapping[int, Shown]]:
    def show(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
        wanted = {row.object_id for row in rows}
        posts = Post.objects.visible_to(reader).shown().filter(pk__in=wanted)
        found = {post.pk: post for post in posts.select_related("conversation__ecosystem")}
        people = shown_people({post.author_id for post in found.values() if post.author_id}, reader)
        told: dict[int, Shown] = {}
        for row in rows:
            post = found.get(row.object_id)
            if post is None:
                continue
            who = people[post.author_id].name if post.author_id else _now("Oud-lid")
            conversation = post.conversation
            where = conversation.ecosystem.name if conversation.ecosystem is not None else ""
            told[row.pk] = Shown(sentence(who, conversation.title), post.get_absolute_url(), where)
        return told

    return show


register(
    Kind(
        code=MENTIONED,
        label=_("iemand noemt je"),
        help=_("Als iemand @ en je naam in een bericht zet."),
        default=Frequency.DIRECT,
        show=_shower(
            lambda who, title: _now("%(who)s noemt je in “%(title)s”") % {"who": who, "title": title}
        ),
        order=10,
    )
)
register(
    Kind(
        code=ANSWERED,
        label=_("antwoord op wat je schreef"),
        help=_("Als iemand reageert op je vraag, je onderwerp of je bericht."),
        default=Frequency.DIRECT,
        show=_shower(
            lambda who, title: _now("%(who)s reageert op “%(title)s”") % {"who": who, "title": title}
        ),
        order=20,
    )
)
register(
    Kind(
        code=FOLLOWED,
        label=_("nieuws in een gesprek dat je volgt"),
        help=_("Als er een bericht bij komt waar je eerder schreef, of waar je op 'volgen' klikte."),
        default=Frequency.DAILY,
        show=_shower(
            lambda who, title: _now("%(who)s schrijft in “%(title)s”") % {"who": who, "title": title}
        ),
        order=30,
    )
)
