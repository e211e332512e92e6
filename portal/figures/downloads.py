"""A figure's data as files: CSV and metadata for programs, XLSX for who opens it in Excel."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from portal.figures.models import FigurePage
from portal.figures.shapes import CSV_NAME, METADATA_NAME, XLSX_NAME, file_url, unit_text
from portal.text import cell_text, looks_like_formula

# name, datatype, and what the column holds; the order is that of the files and stays.
COLUMNS = (
    ("rij", "string", "Waarover de waarde gaat."),
    ("reeks", "string", "De groep of maat binnen de rij; leeg waar er maar één is."),
    (
        "waarde",
        "decimal",
        "De waarde als getal, met een punt voor de decimalen. Leeg: de bron zegt het niet.",
    ),
    ("eenheid", "string", "De eenheid van de waarde; leeg waar de bron die niet noemt."),
    ("teken", "string", "Teken voor significantie; de uitleg staat onder 'significance'."),
    ("plaats", "string", "Waar het in de bron staat."),
    ("citaat", "string", "De woorden waarmee de bron het getal schrijft."),
)
TYPES = {
    CSV_NAME: "text/csv; charset=utf-8; header=present",
    XLSX_NAME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    METADATA_NAME: "application/json",
}
Row = tuple[str, str, Decimal | None, str, str, str, str]


def rows_of(page: FigurePage) -> Iterator[Row]:
    """One row a value, in the order of COLUMNS."""
    for value in page.values.all():
        yield (
            value.row_label, value.series_label, value.value, unit_text(page.unit) if page.unit != "%" else "%",
            value.significance, value.place or page.place, value.quote,
        )  # fmt: skip


def plain_number(value: Decimal | None) -> str:
    """A number for programs: a point, no thousands, no trailing zeros; empty for what isn't said."""
    return "" if value is None else f"{value.normalize():f}"


def csv_of(page: FigurePage) -> bytes:
    """RFC 4180: UTF-8 without a mark, comma, CRLF, numbers with a point; Dutch Excel wants the XLSX instead."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([name for name, _type, _description in COLUMNS])
    for row in rows_of(page):
        writer.writerow([cell_text(cell) if isinstance(cell, str) else plain_number(cell) for cell in row])
    return out.getvalue().encode()


def metadata_of(page: FigurePage) -> dict[str, Any]:
    """What the numbers are and what they aren't; keys as in the W3C's CSV on the Web where it has one."""
    base = settings.BASE_URL
    return {
        "title": page.title,
        "description": page.summary,
        "url": f"{base}{page.own_url}",
        "language": "nl",
        "modified": page.last_published_at.date().isoformat() if page.last_published_at else None,
        "measure": page.measure,
        "unit": unit_text(page.unit) or None,
        "direction": page.direction,
        "source": {
            "publisher": page.source.publisher,
            "title": page.source.title,
            "year": page.source.year,
            "url": page.source.url or None,
        },
        "place": page.place,
        "period": {"start": page.period_start, "end": page.period_end, "note": page.period_note or None},
        "population": page.population or None,
        "established": {"code": page.established, "label": page.get_established_display()},
        "significance": page.significance_note or None,
        "caveat": page.caveat,
        "columns": [
            {"name": name, "titles": name, "datatype": kind, "description": text} for name, kind, text in COLUMNS
        ],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "lineTerminators": ["\r\n"], "header": True},
        "formulaGuard": _("Een tekst die met =, +, - of @ begint, krijgt in de CSV een ' ervoor. Getallen niet."),
        "downloads": [
            {"url": f"{base}{file_url(page, name)}", "mediaType": TYPES[name].split(";")[0]}
            for name in (CSV_NAME, XLSX_NAME)
        ],
        "license_note": _("De getallen komen uit de genoemde bron. Noem bij gebruik de bron en de plaats daarin."),
    }  # fmt: skip


def json_of(page: FigurePage) -> bytes:
    return json.dumps(metadata_of(page), ensure_ascii=False, indent=2).encode() + b"\n"


def xlsx_of(page: FigurePage) -> bytes:
    """A workbook: the values on the first sheet, where they come from on the second."""
    # Its import takes a tenth of a second, and few processes ever make a workbook.
    from openpyxl import Workbook

    book = Workbook()
    values = book.active
    values.title = _("gegevens")
    _fill(
        values, [[name for name, _type, _text in COLUMNS], *rows_of(page)], widths=(44, 24, 12, 16, 8, 60, 60)
    )
    notes = book.create_sheet(_("toelichting"))
    _fill(notes, [[_("wat"), _("toelichting")], *_notes(page)], widths=(24, 110))
    book.properties.title = _safe(page.title)
    book.properties.creator = settings.SITE_NAME
    moment = page.last_published_at or datetime.datetime.now(tz=datetime.UTC)
    book.properties.created = book.properties.modified = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, rows: list[Any], widths: tuple[int, ...]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=1):
        for column, content in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(content, Decimal):
                cell.value = float(content)
            elif content:
                cell.value = _safe(str(content))
                # A text that begins with = would be taken for a formula; as a quoted string it stays what it is.
                cell.data_type = "s"
                cell.quotePrefix = looks_like_formula(str(content))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _safe(text: str) -> str:
    """Without the control characters that a workbook can't hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


def _notes(page: FigurePage) -> Iterator[tuple[str, str]]:
    from portal.figures.shapes import facts

    yield _("Titel"), page.title
    for item in facts(page):
        yield str(item.term), item.text or str(item.missing)
    yield _("Let op"), page.caveat
    yield _("Tekens"), page.significance_note or _("geen")
    yield (
        _("Bron"),
        ", ".join(str(part) for part in (page.source.publisher, page.source.title, page.source.year) if part),
    )
    yield _("Plaats in de bron"), page.place
    yield _("Gebruik"), metadata_of(page)["license_note"]
    yield _("Adres"), f"{settings.BASE_URL}{page.own_url}"


MAKERS = {CSV_NAME: csv_of, XLSX_NAME: xlsx_of, METADATA_NAME: json_of}


def file_response(request: HttpRequest, page: FigurePage, name: str) -> HttpResponseBase:
    """One of the figure's files; 304 where the asker has it. Routing has checked the page's own restrictions."""
    etag = f'"{hashlib.sha256(csv_of(page) + json_of(page) + name.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        MAKERS[name](page), content_type=TYPES[name]
    )
    response["ETag"] = etag
    if name != METADATA_NAME and response.status_code == 200:
        response["Content-Disposition"] = f'attachment; filename="{page.slug}.{name.rpartition(".")[2]}"'
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(
        response, no_cache=True, **({"private": True} if page.get_view_restrictions() else {})
    )
    return response
