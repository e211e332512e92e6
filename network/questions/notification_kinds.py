"""What people hear of questions: their answer was chosen, somebody asks for them, nobody answered yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Post
from network.questions.models import AcceptedAnswer, Question
from network.questions.services.telling import ACCEPTED, INVITED, REMINDED
from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification
from portal.people.shapes import shown_people


def _where(question: Question) -> str:
    ecosystem = question.conversation.ecosystem
    return ecosystem.name if ecosystem is not None else ""


def _seen(reader: User, pks: set[int]) -> dict[int, Question]:
    rows = Question.objects.visible_to(reader).shown().filter(pk__in=pks)
    return {row.pk: row for row in rows.select_related("conversation__ecosystem", "theme")}


def show_accepted(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    posts = Post.objects.visible_to(reader).shown().filter(pk__in={row.object_id for row in rows})
    accepted = AcceptedAnswer.objects.standing().filter(post__in=posts)
    found = {each.post_id: each for each in accepted.select_related("post__conversation__ecosystem")}
    told: dict[int, Shown] = {}
    for row in rows:
        mark = found.get(row.object_id)
        if mark is None:
            continue
        conversation = mark.post.conversation
        sentence = _now("Je antwoord op “%(title)s” is gekozen") % {"title": conversation.title}
        where = conversation.ecosystem.name if conversation.ecosystem is not None else ""
        told[row.pk] = Shown(sentence, mark.post.get_absolute_url(), where)
    return told


def show_invited(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    found = _seen(reader, {row.object_id for row in rows})
    people = shown_people({row.actor_id for row in rows if row.actor_id}, reader)
    told: dict[int, Shown] = {}
    for row in rows:
        question = found.get(row.object_id)
        if question is None:
            continue
        who = people[row.actor_id].name if row.actor_id else _now("Oud-lid")
        sentence = _now("%(who)s vraagt of jij hier iets van weet: “%(title)s”")
        title = question.conversation.title
        told[row.pk] = Shown(
            sentence % {"who": who, "title": title},
            question.conversation.get_absolute_url(),
            _where(question),
        )
    return told


def show_reminded(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    """Only while nobody answered: what was answered meanwhile asks nothing any more."""
    pks = {row.object_id for row in rows}
    waiting = set(Question.objects.filter(pk__in=pks).unanswered().values_list("pk", flat=True))
    found = _seen(reader, waiting)
    return {
        row.pk: Shown(
            _now("Nog zonder antwoord: “%(title)s”") % {"title": found[row.object_id].conversation.title},
            found[row.object_id].conversation.get_absolute_url(),
            _where(found[row.object_id]),
        )
        for row in rows
        if row.object_id in found
    }


register(
    Kind(
        code=ACCEPTED,
        label=_("een antwoord van jou dat gekozen is"),
        help=_("Als wie iets vroeg jouw antwoord kiest."),
        default=Frequency.DAILY,
        show=show_accepted,
        order=40,
    )
)
register(
    Kind(
        code=INVITED,
        label=_("een vraag waarvoor iemand jou uitkiest"),
        help=_("Als iemand denkt dat jij het weet. Alleen als je openstaat voor vragen."),
        default=Frequency.DIRECT,
        show=show_invited,
        order=25,
    )
)
register(
    Kind(
        code=REMINDED,
        label=_("vragen over jouw thema's die niemand beantwoordt"),
        help=_("Als een vraag na drie dagen nog geen antwoord heeft."),
        default=Frequency.WEEKLY,
        show=show_reminded,
        order=50,
    )
)
