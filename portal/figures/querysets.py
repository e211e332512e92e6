"""Sets of figure pages; every list starts from `.visible_to(user)`."""

from __future__ import annotations

from wagtail.models import PageManager

from portal.pages.querysets import VisiblePageQuerySet
from portal.taxonomy.models import Theme


class FigureQuerySet(VisiblePageQuerySet):
    def with_values(self) -> FigureQuerySet:
        """With source and values, in a number of queries that doesn't grow with the rows."""
        return self.select_related("source").prefetch_related("values")

    def about_theme(self, theme: Theme) -> FigureQuerySet:
        return self.filter(themes=theme)


FigureManager = PageManager.from_queryset(FigureQuerySet)
