"""What is new for a search, as an Atom feed: what everybody may read, so that a feed reader needs no account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from search.documents import Reader
from search.question import Question
from search.services import answer

MOST = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def feed_address(question: Question) -> str:
    """Where this search is followed; empty for everything, and within a place, which a feed reader can't enter."""
    if question.within or not (question.text or question.has_filters or question.type):
        return ""
    return _followed(question).address(reverse("search:feed"))


def feed_title(question: Question) -> str:
    if question.text:
        return _("%(site)s: nieuw voor ‘%(text)s’") % {"site": settings.SITE_NAME, "text": question.text}
    return _("%(site)s: nieuw voor deze filters") % {"site": settings.SITE_NAME}


def feed_of(question: Question) -> str | None:
    """The feed as XML, newest first; None when no engine answers."""
    question = replace(_followed(question), sort="newest", page_size=MOST)
    found = answer(question, Reader(AnonymousUser()), {})
    if found.is_fallback:
        return None
    address = settings.BASE_URL + _followed(question).address(reverse("search:feed"))
    feed = Atom1Feed(
        title=_clean(feed_title(question)),
        link=settings.BASE_URL + _followed(question).address(reverse("search:results")),
        description=_("Nieuwe pagina's bij deze zoekvraag."),
        language="nl",
        author_name=settings.SITE_NAME,
        feed_url=address,
    )
    # Newest first, whatever their score: a reader of feeds looks for what he hasn't seen.
    for hit, shown in sorted(found.found, key=lambda each: each[0].published_at or EPOCH, reverse=True):
        url = settings.BASE_URL + shown.url
        feed.add_item(
            title=_clean(shown.title),
            link=url,
            unique_id=url,
            description=escape(_clean(shown.summary)),  # Atom's summary is HTML here
            pubdate=hit.published_at,
            updateddate=hit.published_at or EPOCH,
            categories=[_clean(shown.kind_label)],
        )
    return feed.writeString("utf-8")


def _followed(question: Question) -> Question:
    return replace(question, sort="relevance", page=1, remarks=())


def _clean(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)
