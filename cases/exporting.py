"""Cases as tables: one row a case, one row a measured result; as CSV and as one workbook with two sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import make_naive
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cases.evidence import levels_of
from cases.models import CaseMeasurement, CasePage
from portal.design.components.measuring import EVIDENCE_WORDS
from portal.evidence.ladder import EvidenceLevel
from portal.text import cell_text, strip_markup

Value = str | int | Decimal | date | datetime | None


def case_headings() -> list[str]:
    return [
        _("Titel"), _("Organisatie"), _("Soort"), _("Bewijs"), _("Belangrijkste thema"), _("Thema's"), _("Doelen"),
        _("Sectoren"), _("Grootte"), _("Regio's"), _("Van jaar"), _("Tot en met jaar"), _("Periode in woorden"),
        _("Inspanning"), _("Kosten"), _("Terugverdientijd"), _("Personeel betrokken"), _("Samenvatting"),
        _("Aanleiding"), _("Resultaat"), _("Gemeten resultaten"), _("Bronnen"), _("Nagekeken op"), _("Stand"),
        _("Adres"),
    ]  # fmt: skip


def case_row(case: CasePage) -> list[Value]:
    return [
        case.title,
        case.organisation.name,
        str(case.get_kind_display()),
        evidence_word(case.evidence),
        case.main_theme.name,
        joined(theme.name for theme in case.themes.all()),
        joined(goal.name for goal in case.goals.all()),
        joined(f"{sector.code} {sector.name}" for sector in case.sectors.all()),
        case.size_class.name if case.size_class else "",
        joined(region.name for region in case.regions.all()),
        case.period_start,
        case.period_end,
        case.period_note,
        case.effort,
        case.cost,
        case.payback,
        str(case.get_personnel_involved_display()),
        case.summary,
        strip_markup(case.reason),
        strip_markup(case.result),
        len(case.measurements.all()),
        joined(str(citation) for citation in case.citations.all()),
        case.reviewed_on,
        str(case.status_string),
        case.full_url or "",
    ]


def measurement_headings() -> list[str]:
    return [
        _("Praktijkvoorbeeld"), _("Organisatie"), _("Indicator"), _("Code"), _("Aanduiding"), _("Eenheid"),
        _("Verandering"), _("Vooraf"), _("Achteraf"), _("Waarde"), _("Nauwkeurigheid"), _("Hoe vastgesteld"),
        _("Van jaar"), _("Tot en met jaar"), _("Periode in woorden"), _("Aantal bedrijven"), _("Ten opzichte van"),
        _("Vergeleken met"), _("Kanttekening"), _("Bron"), _("Plaats in de bron"), _("Letterlijk citaat"), _("Adres"),
    ]  # fmt: skip


def measurement_row(case: CasePage, figure: CaseMeasurement) -> list[Value]:
    return [
        case.title,
        case.organisation.name,
        figure.indicator.name,
        figure.indicator.code,
        figure.label,
        figure.indicator.unit,
        figure.change,
        figure.before,
        figure.after,
        figure.level,
        str(figure.get_comparator_display()),
        str(figure.get_established_display()),
        figure.period_start,
        figure.period_end,
        figure.period_note,
        figure.companies,
        figure.base,
        figure.compared_with,
        figure.caveat,
        str(figure.source),
        figure.place,
        figure.quote,
        case.full_url or "",
    ]


def evidence_word(level: EvidenceLevel) -> str:
    return str(EVIDENCE_WORDS[level.code])


def with_evidence(cases: Sequence[CasePage]) -> Sequence[CasePage]:
    """The cases with their step of the ladder weighed together, so that a list asks once and not once a case."""
    levels = levels_of(cases)
    for case in cases:
        case.evidence = levels[case.pk]
    return cases


def case_table(cases: Sequence[CasePage]) -> Iterator[Sequence[Value]]:
    yield case_headings()
    for case in with_evidence(cases):
        yield case_row(case)


def measurement_table(cases: Iterable[CasePage]) -> Iterator[Sequence[Value]]:
    yield measurement_headings()
    for case in cases:
        for figure in case.measurements.all():
            yield measurement_row(case, figure)


def as_csv(table: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The table as CSV for Dutch spreadsheet programs: semicolons, decimal commas, UTF-8 with its mark."""
    yield b"\xef\xbb\xbf"
    for row in table:
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([csv_cell(value) for value in row])
        yield line.getvalue().encode()


def csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_number(value).replace(".", ",")
    if isinstance(value, str):
        return cell_text(value)
    return str(value)


def as_workbook(cases: Sequence[CasePage]) -> bytes:
    """One XLSX file with a sheet of cases and a sheet of measured results."""
    workbook = Workbook(write_only=True)
    for title, table in (
        (_("Praktijkvoorbeelden"), case_table(cases)),
        (_("Gemeten resultaten"), measurement_table(cases)),
    ):
        sheet = workbook.create_sheet(title)
        sheet.freeze_panes = "B2"
        for number, row in enumerate(table):
            sheet.append([xlsx_cell(sheet, value, bold=number == 0) for value in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def xlsx_cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool) -> WriteOnlyCell:
    if isinstance(value, Decimal):
        value = Decimal(plain_number(value))
    if isinstance(value, datetime):
        value = make_naive(value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # A text that begins with = stays a text.
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def plain_number(value: Decimal) -> str:
    """Without the zeros that only come from the column's width: -8.000 is -8."""
    return format(value.normalize(), "f")


def joined(values: Iterable[str]) -> str:
    return "; ".join(values)
