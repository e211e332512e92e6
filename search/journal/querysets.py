"""Questions to the journal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, FloatField, Q, Sum, Value
from django.db.models.functions import Cast, Coalesce, NullIf

ENOUGH_VISITS = 3  # fewer might tell of one person
RECENT = timedelta(days=28)


class PhraseQuerySet(models.QuerySet[Any]):
    def shown(self) -> PhraseQuerySet:
        """What editors may see: asked in three visits or more."""
        counted = self.annotate(all_visits=Coalesce(Sum("days__visits"), 0))
        return self.filter(pk__in=counted.filter(all_visits__gte=ENOUGH_VISITS).values("pk"))

    def rare(self, since: date) -> PhraseQuerySet:
        """What too few visits asked to be shown, and nobody since that day."""
        asked = self.filter(days__day__gte=since)
        return self.exclude(pk__in=self.shown().values("pk")).exclude(pk__in=asked.values("pk"))

    def counted(self, since: date) -> PhraseQuerySet:
        """With the sums from that day on; phrases that were not asked since are left out.

        `clicked` is clicks by search: above 1 where people open several hits.
        """
        inside = Q(days__day__gte=since)

        def total(name: str) -> Coalesce:
            return Coalesce(Sum(f"days__{name}", filter=inside), 0)

        found = self.annotate(
            searches=total("searches"),
            without_result=total("without_result"),
            clicks=total("clicks"),
            visits=total("visits"),
        ).filter(searches__gt=0)
        share = Cast(F("clicks"), FloatField()) / NullIf(Cast(F("searches"), FloatField()), Value(0.0))
        counted: PhraseQuerySet = found.annotate(clicked=Coalesce(share, Value(0.0)))
        return counted

    def with_rise(self, today: date) -> PhraseQuerySet:
        """`rise`: how many times more it was asked in the last four weeks than in the four before."""
        recent, before = today - RECENT, today - 2 * RECENT
        now = Coalesce(Sum("days__searches", filter=Q(days__day__gt=recent)), 0)
        then = Coalesce(Sum("days__searches", filter=Q(days__day__gt=before, days__day__lte=recent)), 0)
        compared: PhraseQuerySet = self.annotate(rise=now - then)
        return compared
