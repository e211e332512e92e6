"""Figures and sources as the design system's components take them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.design.shapes import Link, MeasurementView, SourceView
from portal.evidence.models import Citation, Measurement, Source


def source_view(
    source: Source, *, place: str = "", by: str = "", caveat: str = "", downloads: Sequence[Link] = ()
) -> SourceView:
    return SourceView(
        who=source.publisher or source.short_name,
        what=source.title,
        year=source.year,
        place=place,
        by=by,
        url=source.url,
        caveat=caveat,
        downloads=downloads,
    )


def citation_view(citation: Citation) -> SourceView:
    return source_view(citation.source, place=citation.place, by=citation.by)


def period_text(start: int | None, end: int | None, note: str) -> str:
    """A period in words: "2006–2008", "sinds 2006", "tot en met 2008", and the note; empty where nothing is known.

    A note that names the years itself stands alone, so that nothing is said twice.
    """
    if note and all(str(year) in note for year in (start, end) if year):
        return note
    if start and end:
        years = str(start) if start == end else f"{start}–{end}"
    elif start:
        years = _("sinds %(year)d") % {"year": start}
    elif end:
        years = _("tot en met %(year)d") % {"year": end}
    else:
        years = ""
    return ", ".join(part for part in (years, note) if part)


def measurement_view(
    measurement: Measurement,
    *,
    where: str = "",
    url: str = "",
    evidence_level: str = "",
    with_source: bool = True,
    with_caveat: bool = True,
) -> MeasurementView:
    """The figure for a component; source and caveat may be left out only where it leads to the page that has them."""
    indicator = measurement.indicator
    label = measurement.label or indicator.name
    return MeasurementView(
        label=label,
        unit=indicator.unit,
        value=measurement.level if measurement.level is not None else measurement.change,
        kind="level" if measurement.level is not None else "change",
        before=measurement.before,
        after=measurement.after,
        direction_good=indicator.direction,
        comparator=measurement.comparator,
        established_label=measurement.established_label,
        period=period_text(measurement.period_start, measurement.period_end, measurement.period_note),
        companies=measurement.companies if (measurement.companies or 0) > 1 else None,
        base=measurement.base,
        compared_with=measurement.compared_with,
        where=where,
        url=url,
        caveat=measurement.caveat if with_caveat else "",
        evidence_level=evidence_level,
        source=source_view(measurement.source, place=measurement.place) if with_source else None,
    )
