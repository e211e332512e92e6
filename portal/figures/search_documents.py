"""What figure pages hand over to search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.evidence.models import Source
from portal.evidence.shapes import period_text
from portal.figures.models import FigureIndexPage, FigurePage, FigureValue
from portal.pages.querysets import VisiblePageQuerySet
from portal.pages.search_documents import PageSource, names, pages_with, slugs, years
from portal.taxonomy.models import Theme
from search.documents import Reader, exclude, register


class FigurePageSource(PageSource):
    code = "figure"
    label = _("cijferpagina")
    plural = _("cijfers")
    model = FigurePage
    order = 30
    long_texts = ("text",)

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {
            FigureValue: lambda value: [value.page_id],
            Source: pages_with(FigurePage, "source"),
            Theme: pages_with(FigurePage, "themes"),
        }

    def with_document(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        return pages.select_related("source").prefetch_related("themes", "values")

    def facts(self, pages: Sequence[Any]) -> Iterator[dict[str, Any]]:
        for page in pages:
            themes = page.themes.all()
            yield {
                "organisation": page.source.short_name,
                "facets": {"theme": slugs(themes), "year": years(page.period_start, page.period_end)},
                "keywords": (*names(themes), page.source.publisher),
            }

    def with_hit(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        return pages.select_related("source")

    def shown(self, pages: Sequence[Any], reader: Reader) -> Iterator[dict[str, Any]]:
        for page in pages:
            period = period_text(page.period_start, page.period_end, page.period_note)
            yield {"meta": tuple(part for part in (page.source.publisher, period) if part)}


register(FigurePageSource())
exclude(FigureIndexPage, because="it only orders the figures")
