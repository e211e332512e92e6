"""The names behind the codes, in one query for all lists, kept by each process until something is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from portal.http.generations import KeptForGeneration
from portal.taxonomy.models import Goal, Region, Sector, SizeClass, Theme


@dataclass(frozen=True, slots=True)
class Label:
    """One value of a list. `parent` is the code of what it lies in (a division's section, a COROP region's province)."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """Each list by code (themes and goals by slug), in the order in which it is shown."""

    themes: Mapping[str, Label]
    goals: Mapping[str, Label]
    sectors: Mapping[str, Label]  # sections and divisions
    regions: Mapping[str, Label]
    sizes: Mapping[str, Label]


_kept: KeptForGeneration[str, Labels] = KeptForGeneration(most=1)


def labels() -> Labels:
    """All labels."""
    return _kept.get("all", _read)


def _read() -> Labels:
    lists: dict[str, dict[str, Label]] = {name: {} for name in ("theme", "goal", "sector", "region", "size")}
    rows = _rows("theme", Theme.objects.all(), "slug", F("sort_order")).union(
        _rows("goal", Goal.objects.all(), "slug", F("sort_order")),
        _rows(
            "sector", Sector.objects.filter(level__in=["section", "division"]), "code", Value(0), nested=True
        ),
        _rows("region", Region.objects.all(), "code", Value(0), nested=True),
        _rows("size", SizeClass.objects.all(), "code", F("minimum")),
        all=True,
    )
    for name, _order, title, code, parent in sorted(rows):
        lists[name][code] = Label(code, title, parent)
    # Sectors are known by their codes, which also stand in their usual order.
    sectors = dict(sorted(lists["sector"].items()))
    return Labels(lists["theme"], lists["goal"], sectors, lists["region"], lists["size"])


def _rows(
    name: str, rows: QuerySet[Any], code: str, order: Any, *, nested: bool = False
) -> QuerySet[Any, Any]:
    text = CharField()
    return (
        rows.order_by()
        .annotate(
            _list=Value(name, output_field=text),
            _order=Cast(order, IntegerField()),
            _code=Cast(F(code), text),
            _parent=Coalesce(F("parent__code"), Value(""), output_field=text)
            if nested
            else Value("", output_field=text),
        )
        .values_list("_list", "_order", "name", "_code", "_parent")
    )
