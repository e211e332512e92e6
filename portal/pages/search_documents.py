"""What pages hand over to search; cases and figures build theirs on `PageSource`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from portal.evidence.models import Source
from portal.http.generations import KeptForGeneration
from portal.pages.models import BasePage, ContentPage, KnowledgeIndexPage, KnowledgePage
from portal.pages.navigation import ADDRESS
from portal.pages.querysets import VisiblePageQuerySet, all_restrictions, page_audience
from portal.pages.site_settings import NavigationSettings
from portal.taxonomy.models import Goal, Theme
from search.documents import Reader, SearchDocument, ShownHit, exclude, register
from search.rows import in_batches, with_title_words

BATCH = 200

_glimpses: KeptForGeneration[int, ShownHit] = KeptForGeneration()
MOST_YEARS = 60


class PageSource:
    """A kind of page that can be found. Subclasses say what they are made of."""

    code: ClassVar[str]
    label: ClassVar[Any]
    plural: ClassVar[Any]
    model: ClassVar[type[BasePage]]
    order: ClassVar[int]
    long_texts: ClassVar[tuple[str, ...]] = ()  # fields that a hit doesn't show
    boost: ClassVar[float] = 1.0

    # --- for subclasses

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {}

    def with_document(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        """`pages` with all that `facts` reads, in a number of queries that doesn't grow with them."""
        return pages

    def with_hit(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        """`pages` with all that `shown` reads."""
        return pages

    def facts(self, pages: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """For each page the fields of its document beyond those that every page has."""
        for _page in pages:
            yield {}

    def shown(self, pages: Sequence[Any], reader: Reader) -> Iterator[dict[str, Any]]:
        """For each page the fields of its hit beyond those that every page has."""
        for _page in pages:
            yield {}

    # --- the port

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        restrictions = all_restrictions()
        for pages in self._batches(pks):
            for page, facts in zip(pages, self.facts(pages), strict=True):
                url = page.get_url()
                if url:  # else it stands outside every site, where nobody comes
                    yield SearchDocument(
                        id=f"{self.code}:{page.pk}",
                        type=self.code,
                        title=page.title,
                        summary=page.summary,
                        body=page.search_text(),
                        url=url,
                        published_at=page.first_published_at,
                        audience=page_audience(page, restrictions),
                        boost=self.boost,
                        **facts,
                    )

    def hits(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        # Long texts are costly to read, and the excerpt comes from the index.
        pages = list(self.with_hit(self.visible(reader).filter(pk__in=pks)).defer(*self.long_texts))
        return {
            page.pk: ShownHit(
                title=page.title, url=url, kind_label=str(page.kind_label), summary=page.summary, **shown
            )
            for page, shown in zip(pages, self.shown(pages, reader), strict=True)
            if (url := page.get_url())
        }

    def glimpses(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        """What is kept of each, after asking which of them the reader may see."""
        visible = list(self.visible(reader).filter(pk__in=pks).values_list("pk", flat=True))
        return _glimpses.many(visible, self._read_glimpses)

    def _read_glimpses(self, pks: Sequence[int]) -> dict[int, ShownHit]:
        return {
            page.pk: ShownHit(title=page.title, url=url, kind_label=str(self.label))
            for page in self.model.objects.live().filter(pk__in=pks).only(*ADDRESS)
            if (url := page.get_url())
        }

    def titles(self, reader: Reader, words: Sequence[str], limit: int) -> Sequence[int]:
        return with_title_words(
            self.visible(reader), words, limit, newest="first_published_at", then=("title",)
        )

    # ---

    def visible(self, reader: Reader) -> VisiblePageQuerySet:
        pages: VisiblePageQuerySet = self.model.objects.all()
        return pages.open_to(reader.terms, self.restrictions(reader))

    def restrictions(self, reader: Reader) -> list[PageViewRestriction]:
        """All there are, asked once a request."""
        return reader.once("page restrictions", all_restrictions)

    def _batches(self, pks: Collection[int] | None) -> Iterator[list[Any]]:
        return in_batches(self.with_document(self.model.objects.live()), pks, BATCH)


def names(terms: Iterable[Any]) -> list[str]:
    """What `terms` are called, with the other words that a searcher may use for them."""
    found = [[term.name, *getattr(term, "search_words", "").split(",")] for term in terms]
    return [word.strip() for words in found for word in words if word.strip()]


def slugs(terms: Iterable[Any]) -> tuple[str, ...]:
    return tuple(term.slug for term in terms)


def years(start: int | None, end: int | None) -> tuple[str, ...]:
    """Every year of a period, as facet values."""
    first, last = start or end, end or start
    if first is None or last is None:
        return ()
    return tuple(str(year) for year in range(max(first, last - MOST_YEARS), last + 1))


def pages_with(model: type[BasePage], relation: str) -> Callable[[Any], Iterable[int]]:
    """For a row, the pages of `model` that name it in `relation`."""

    def touched(row: Any) -> Iterable[int]:
        return list(model.objects.filter(**{relation: row.pk}).values_list("pk", flat=True))

    return touched


class ContentPageSource(PageSource):
    code = "page"
    label = _("pagina")
    plural = _("pagina's")
    model = ContentPage
    order = 90
    long_texts = ("body",)
    boost = 0.8  # about the portal, not about working smarter

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        """What no document holds, but stored pages show: the menu and footer, and what a source is called."""
        return {NavigationSettings: lambda settings: [], Source: lambda source: []}


class KnowledgePageSource(PageSource):
    code = "knowledge"
    label = _("kennispagina")
    plural = _("kennis")
    model = KnowledgePage
    order = 20
    long_texts = ("body",)

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {Theme: pages_with(KnowledgePage, "themes"), Goal: pages_with(KnowledgePage, "goals")}

    def with_document(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        return pages.prefetch_related("themes", "goals")

    def facts(self, pages: Sequence[Any]) -> Iterator[dict[str, Any]]:
        for page in pages:
            themes, goals = page.themes.all(), page.goals.all()
            yield {
                "facets": {"theme": slugs(themes), "goal": slugs(goals)},
                "keywords": tuple(names([*themes, *goals])),
            }


register(KnowledgePageSource())
register(ContentPageSource())
exclude(KnowledgeIndexPage, because="it only orders the knowledge pages")
