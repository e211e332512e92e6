"""The yearly count of moderation, as the Digital Services Act (articles 15 and 24) asks for: numbers, never persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Model, QuerySet

from network.moderation.models import Decision, ModerationCase, Objection, Report

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Counted:
    what: str
    kind: str
    number: int


def count_year(year: int) -> Iterator[Counted]:
    """By the clock of Amsterdam; every kind has a row, also where there were none."""
    within = (datetime(year, 1, 1, tzinfo=AMSTERDAM), datetime(year + 1, 1, 1, tzinfo=AMSTERDAM))

    def in_year(rows: QuerySet[Model], field: str) -> QuerySet[Model]:
        return rows.filter(**{f"{field}__gte": within[0], f"{field}__lt": within[1]})

    reports = in_year(Report.objects.all(), "at")
    decisions = in_year(Decision.objects.filter(undoes=None), "at")
    cases = in_year(ModerationCase.objects.decided(), "decided_at")
    objections = in_year(Objection.objects.all(), "decided_at")
    yield from _by(reports, "category", "meldingen", Report.Category.choices)
    yield Counted("meldingen", "zonder account", reports.filter(reporter=None).count())
    yield Counted("zaken", "geopend", in_year(ModerationCase.objects.all(), "opened_at").count())
    yield Counted("zaken", "besloten", cases.count())
    yield Counted("zaken", "automatisch vastgehouden", cases.filter(is_held=True).count())
    yield Counted("zaken", "mediaan van uren tot besluit", _median_hours(cases))
    yield from _by(decisions, "action", "besluiten", Decision.Action.choices)
    yield from _by(decisions.exclude(measure=""), "measure", "maatregelen", Decision.Measure.choices[1:])
    yield from _by(decisions.exclude(ground=""), "ground", "gronden", Decision.Ground.choices[1:])
    yield Counted("besluiten", "door een machine genomen", 0)  # people alone decide
    undone = in_year(Decision.objects.filter(undoes__isnull=False), "at")
    yield Counted("besluiten", "teruggedraaid", undone.count())
    yield from _by(objections, "outcome", "bezwaren", Objection.Outcome.choices[1:])


def _by(
    rows: QuerySet[Model], field: str, what: str, choices: Sequence[tuple[str, Any]]
) -> Iterator[Counted]:
    found = dict(rows.order_by().values_list(field).annotate(number=Count("pk")))
    return (Counted(what, str(label), found.get(value, 0)) for value, label in choices)


def _median_hours(cases: QuerySet[Model]) -> int:
    times = cases.order_by().values_list("opened_at", "decided_at")
    hours = [(decided - opened).total_seconds() / 3600 for opened, decided in times]
    return round(median(hours)) if hours else 0
