"""What is new of every kind about a theme or for a sector, as an Atom feed: what everybody may read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.design.shapes import WayIn
from portal.taxonomy.models import Sector, Theme
from search.documents import Reader
from search.facets import SECTOR, THEME
from search.question import Question
from search.services import answer

MOST = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: By the word in the address. A sector is known to search by its code.
THEMES, SECTORS = "thema", "sector"


@dataclass(frozen=True, slots=True)
class Term:
    """One theme or sector that can be followed."""

    kind: str
    slug: str
    name: str
    question: Question

    @property
    def path(self) -> str:
        return reverse("sharing:term-feed", args=[self.kind, self.slug])

    @property
    def title(self) -> str:
        if self.kind == THEMES:
            return _("Nieuw over %(theme)s") % {"theme": self.name.lower()}
        return _("Nieuw voor de sector %(sector)s") % {"sector": self.name}


@dataclass(frozen=True, slots=True)
class TermFeed:
    xml: str
    newest: datetime | None


def find_term(kind: str, slug: str) -> Term | None:
    """None where there is no such theme, or no such sector of the two upper levels."""
    if kind == THEMES:
        theme = Theme.objects.filter(slug=slug).first()
        return _of_theme(theme) if theme is not None else None
    sector = Sector.objects.filter(slug=slug, level__in=_LEVELS).first()
    return _of_sector(sector) if sector is not None else None


_LEVELS = [Sector.Level.SECTION, Sector.Level.DIVISION]


def _of_theme(theme: Theme) -> Term:
    return Term(THEMES, theme.slug, theme.name, Question().with_value(THEME.name, theme.slug))


def _of_sector(sector: Sector) -> Term:
    return Term(SECTORS, sector.slug, sector.name, Question().with_value(SECTOR.name, sector.code))


def all_feeds() -> tuple[list[WayIn], list[WayIn]]:
    """Of all themes, and of all sections of companies; two queries."""
    themes = [_of_theme(theme) for theme in Theme.objects.all()]
    sectors = [_of_sector(sector) for sector in Sector.objects.filter(level=Sector.Level.SECTION)]
    return _links(themes), _links(sectors)


def _links(terms: list[Term]) -> list[WayIn]:
    return [WayIn(label=term.name, url=term.path) for term in terms]


def term_feed_of(term: Term) -> TermFeed | None:
    """The newest first; None when no engine answers. Each entry was checked in the database as for a visitor."""
    asked = replace(term.question, sort="newest", page_size=MOST)
    found = answer(asked, Reader(AnonymousUser()), {})
    if found.is_fallback:
        return None
    feed = Atom1Feed(
        title=_clean(f"{settings.SITE_NAME}: {term.title}"),
        link=settings.BASE_URL + term.question.sorted_by("newest").address(reverse("search:results")),
        description=_("Wat er nieuw is, van elke soort."),
        language="nl",
        author_name=settings.SITE_NAME,
        feed_url=settings.BASE_URL + term.path,
    )
    newest_first = sorted(found.found, key=lambda each: each[0].published_at or EPOCH, reverse=True)
    for hit, shown in newest_first:
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
    newest = newest_first[0][0].published_at if newest_first else None
    return TermFeed(feed.writeString("utf-8"), newest)


def _clean(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)
