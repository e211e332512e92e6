"""Sets of cases; every list starts from `.visible_to(user)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When
from wagtail.models import PageManager

from portal.evidence.ladder import Nature
from portal.media.models import PortalImage
from portal.pages.querysets import VisiblePageQuerySet
from portal.taxonomy.company import CompanyProfile
from portal.taxonomy.models import Region, Sector, Theme

if TYPE_CHECKING:
    from portal.taxonomy.models import Goal


# The long texts of a case, which no card shows.
TEXT = ("reason", "approach", "result", "lessons", "tomorrow")


class CaseQuerySet(VisiblePageQuerySet):
    def with_figures(self) -> CaseQuerySet:
        """With organisation and measured results: two queries."""
        measurement = self.model._meta.get_field("measurements").related_model
        measurements = measurement.objects.select_related("indicator", "source")
        return self.select_related("organisation").prefetch_related(
            Prefetch("measurements", queryset=measurements)
        )

    def with_evidence(self) -> CaseQuerySet:
        """With what the evidence ladder weighs: the figures, and whether a source describes the practice."""
        citation = self.model._meta.get_field("citations").related_model
        accounts = citation.objects.filter(page=OuterRef("pk"), nature=Nature.ACCOUNT.value)
        return self.with_figures().annotate(is_described=Exists(accounts))

    def with_card(self) -> CaseQuerySet:
        """With all that a card shows, in a number of queries that doesn't grow with the rows."""
        cases = self.with_evidence().select_related("main_theme").defer(*TEXT)
        covers = Prefetch("cover", PortalImage.objects.with_renditions())
        return cases.prefetch_related(covers, "sectors", "regions")

    def newest(self) -> CaseQuerySet:
        return self.order_by("-first_published_at", "-pk")

    def like_company_first(self, profile: CompanyProfile | None) -> CaseQuerySet:
        """Newest first, but before all those of companies like the visitor's: same sector, then region, then size."""
        if profile is None:
            return self.newest()
        return self.annotate(
            likeness=_points(self.model.sectors, _section_and_below(profile.sector), 4)
            + _points(self.model.regions, _province_and_below(profile.region), 2)
            + Case(When(size_class__code=profile.size or "-", then=Value(1)), default=Value(0))
        ).order_by("-likeness", "-first_published_at", "-pk")

    def about_theme(self, theme: Theme) -> CaseQuerySet:
        return self.filter(themes=theme)

    def with_goal(self, goal: Goal) -> CaseQuerySet:
        return self.filter(goals=goal)

    def in_sector(self, sector: Sector) -> CaseQuerySet:
        """In the sector or in what lies below it; sector codes nest by parent, two levels are in use."""
        through = self.model.sectors.through.objects.filter(Q(sector=sector) | Q(sector__parent=sector))
        return self.filter(pk__in=through.values("casepage"))

    def in_region(self, region: Region) -> CaseQuerySet:
        """In the region or, for a province, in one of its COROP regions."""
        through = self.model.regions.through.objects.filter(Q(region=region) | Q(region__parent=region))
        return self.filter(pk__in=through.values("casepage"))


def _section_and_below(code: str) -> Q:
    return Q(sector__code=code) | Q(sector__parent__code=code)


def _province_and_below(code: str) -> Q:
    return Q(region__code=code) | Q(region__parent__code=code) | Q(region__children__code=code)


def _points(relation: Any, matches: Q, points: int) -> Case:
    """`points` where the case carries a matching term, else none; `relation` is the model's many-to-many attribute."""
    matching = relation.through.objects.filter(matches, casepage=OuterRef("pk"))
    return Case(When(Exists(matching), then=Value(points)), default=Value(0))


CaseManager = PageManager.from_queryset(CaseQuerySet)
