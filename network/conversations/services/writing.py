"""From what somebody typed to what is kept: checked, names folded, Markdown made into HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.mentions import AT, fold, mentioned
from network.conversations.models import MOST_TEXT, MOST_TITLE, Conversation, Mention, Post
from network.conversations.rules import MOST_MENTIONS
from network.conversations.services.refusals import Refused
from network.ecosystems.models import Ecosystem, Participation
from network.ecosystems.rules import managers_of
from portal.accounts.models import User
from portal.people.shapes import nameless, shown_people
from portal.text import render_markdown

# So many @-signs are no conversation; and each asks the database for a name.
MOST_AT_SIGNS = 40
MOST_NAMESAKES = 200


@dataclass(frozen=True, slots=True)
class Written:
    """`text` with names folded, the HTML made of it, and whom it names."""

    text: str
    html: str
    mentioned: tuple[int, ...]


def write_text(
    text: str, *, author: User, ecosystem: Ecosystem | None, conversation: Conversation | None
) -> Written:
    """Raises Refused where there is nothing, too much, or too many people are named."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Schrijf eerst je bericht."))
    if len(text) > MOST_TEXT:
        raise Refused(
            _("Je bericht is %(length)s tekens lang. Het mogen er hoogstens %(most)s zijn.")
            % {"length": len(text), "most": MOST_TEXT}
        )
    folded = fold(text, _nameable(text, author=author, ecosystem=ecosystem, conversation=conversation))
    people = mentioned(folded)
    if len(people) > MOST_MENTIONS:
        raise Refused(
            _("Je noemt %(number)s mensen. Noem er hoogstens %(most)s, anders krijgt iedereen een melding.")
            % {"number": len(people), "most": MOST_MENTIONS}
        )
    return Written(folded, render_markdown(folded), tuple(people))


def write_title(title: str) -> str:
    """On one line. Raises Refused where it is empty or too long."""
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Geef je bericht een titel."))
    if len(title) > MOST_TITLE:
        raise Refused(_("Maak de titel korter: hoogstens %(most)s tekens.") % {"most": MOST_TITLE})
    return title


def keep_mentions(post: Post, people: Iterable[int]) -> list[int]:
    """Bring the rows in line with the text; answers who is named that was not before."""
    wanted = set(people)
    known = set(Mention.objects.filter(post=post).values_list("user", flat=True))
    Mention.objects.filter(post=post).exclude(user__in=wanted).delete()
    new = sorted(wanted - known)
    Mention.objects.bulk_create([Mention(post=post, user_id=pk) for pk in new], ignore_conflicts=True)
    return new


def _nameable(
    text: str, *, author: User, ecosystem: Ecosystem | None, conversation: Conversation | None
) -> dict[int, str]:
    """Who is inside the ecosystem, or wrote in this conversation, and goes by a name that the author may see."""
    starts = {text[match.end() :].split()[0].strip(".,;:!?") for match in AT.finditer(text)}
    if not starts:
        return {}
    if len(starts) > MOST_AT_SIGNS:
        raise Refused(
            _("Je noemt te veel mensen. Noem er hoogstens %(most)s, anders krijgt iedereen een melding.")
            % {"most": MOST_MENTIONS}
        )
    named = Q()
    for start in starts:
        named |= Q(name__istartswith=start)
    people = User.objects.filter(named, is_active=True)
    if ecosystem is not None:
        here = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
        managing = [manager.pk for manager in managers_of(ecosystem)]
        people = people.filter(Q(pk__in=here.order_by().values("user")) | Q(pk__in=managing))
    elif conversation is not None:
        said = Post.objects.shown().filter(conversation=conversation)
        people = people.filter(pk__in=said.order_by().values("author"))
    else:
        return {}
    pks = list(people.order_by("pk").values_list("pk", flat=True)[:MOST_NAMESAKES])
    shown = shown_people(pks, author)
    return {pk: shown[pk].name for pk in pks if shown[pk].name != nameless()}
