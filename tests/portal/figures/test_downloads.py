"""A figure's files: what programs and spreadsheets read from them, and who may."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.contrib.auth import get_user_model
from openpyxl import load_workbook

from tests.factories.pages import make_figure, restrict
from tests.portal.figures.conftest import COEFFICIENTS, make_table

pytestmark = pytest.mark.django_db

NAMES = ("gegevens.csv", "gegevens.xlsx", ".metadata.json")


def read_csv(client, page) -> list[dict[str, str]]:
    response = client.get(f"{page.get_url()}gegevens.csv")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8"), newline="")))


def read_workbook(client, page):
    response = client.get(f"{page.get_url()}gegevens.xlsx")
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def read_metadata(client, page) -> dict:
    return json.loads(client.get(f"{page.get_url()}.metadata.json").content)


def test_csv_has_a_row_for_each_value(client, portal):
    page = make_table(portal, "Samenhang", COEFFICIENTS, unit="coefficient", place="tabel 3")
    rows = read_csv(client, page)
    assert [(row["rij"], row["reeks"], row["waarde"], row["teken"]) for row in rows] == [
        ("Digitalisering", "kleine metaal", "0.15", "**"),
        ("Digitalisering", "grote metaal", "0.1", ""),
        ("Robots", "kleine metaal", "-0.19", "**"),
        ("Robots", "grote metaal", "", ""),
    ]
    assert {row["eenheid"] for row in rows} == {"coëfficiënt"}
    assert {row["plaats"] for row in rows} == {"tabel 3"}
    assert rows[0]["citaat"] == "Digitalisering kleine metaal"


def test_csv_is_as_the_standard_has_it(client, portal):
    page = make_figure(portal, "Aanhaling", rows=[('een "komma", en meer', 1)], slug="aanhaling")
    response = client.get("/cijfers/aanhaling/gegevens.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="aanhaling.csv"'
    assert response.content.decode().split("\r\n")[1].startswith('"een ""komma"", en meer",,1,%,')
    assert read_csv(client, page)[0]["rij"] == 'een "komma", en meer'


def test_large_numbers_keep_their_digits(client, portal):
    page = make_figure(portal, "Groot", rows=[("euro", 155_000_000_000)], unit="euro")
    assert read_csv(client, page)[0]["waarde"] == "155000000000"


# What a CSV file makes of them; behind a tab a spreadsheet may begin another cell.
FORMULAS = {
    "=1+1": "'=1+1",
    "+31 6": "'+31 6",
    "-2 uur": "'-2 uur",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t'=1",
    "  =HYPERLINK(1)": "'  =HYPERLINK(1)",
}


@pytest.mark.parametrize("label", FORMULAS)
def test_no_label_becomes_a_formula(client, portal, label):
    page = make_table(portal, "Formule", [(label, "r", "-1", "")])
    row = read_csv(client, page)[0]
    assert row["rij"] == FORMULAS[label]
    assert row["waarde"] == "-1"
    cell = read_workbook(client, page)["gegevens"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", label, True)


def test_the_workbook_has_numbers_and_their_story(client, portal):
    page = make_table(
        portal,
        "Samenhang",
        COEFFICIENTS,
        unit="coefficient",
        significance_note="** p < 0,01",
        caveat="Geen oorzaak.",
    )
    book = read_workbook(client, page)
    assert book.sheetnames == ["gegevens", "toelichting"]
    assert [cell.value for cell in book["gegevens"]["C"]] == ["waarde", 0.15, 0.1, -0.19, None]
    notes = dict(book["toelichting"].iter_rows(min_row=2, values_only=True))
    assert notes["Let op"] == "Geen oorzaak."
    assert notes["Tekens"] == "** p < 0,01"
    assert notes["Periode"] == "De bron noemt het niet"
    assert notes["Bron"] == "Innovatieplatform, Slimmer werken in het mkb, 2009"


def test_control_characters_do_not_break_the_workbook(client, portal):
    page = make_figure(portal, "Teken", rows=[("een\x07bel", 1)])
    assert read_workbook(client, page)["gegevens"]["A2"].value == "eenbel"


def test_metadata_says_what_the_numbers_are(client, portal):
    page = make_figure(
        portal, "Omvang", slug="omvang", unit="", period_start=2010, period_end=2022, population="650 bedrijven",
        established="self-reported",
    )  # fmt: skip
    found = read_metadata(client, page)
    assert (found["title"], found["measure"], found["unit"]) == ("Omvang", "aandeel bedrijven", None)
    assert found["period"] == {"start": 2010, "end": 2022, "note": None}
    assert found["established"] == {"code": "self-reported", "label": "zelf gerapporteerd"}
    assert found["source"]["publisher"] == "Innovatieplatform"
    assert (found["place"], found["population"], found["caveat"]) == (
        "hoofdstuk 1", "650 bedrijven", "Zelf gerapporteerd.",
    )  # fmt: skip
    assert found["url"] == "http://testserver/cijfers/omvang/"
    assert [file["url"] for file in found["downloads"]] == [
        "http://testserver/cijfers/omvang/gegevens.csv", "http://testserver/cijfers/omvang/gegevens.xlsx",
    ]  # fmt: skip


def test_metadata_names_the_columns_of_the_csv(client, portal):
    page = make_figure(portal, "Kolommen")
    assert [column["name"] for column in read_metadata(client, page)["columns"]] == list(
        read_csv(client, page)[0]
    )


def test_the_page_links_to_its_files(client, portal):
    page = make_figure(portal, "Links", slug="links")
    html = client.get(page.get_url()).content.decode()
    for name in NAMES:
        assert f'href="/cijfers/links/{name}"' in html


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_not_sent_twice(client, portal, name):
    page = make_figure(portal, "Bewaard")
    first = client.get(f"{page.get_url()}{name}")
    again = client.get(f"{page.get_url()}{name}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    page.values.update(value=99)
    changed = client.get(f"{page.get_url()}{name}", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_private_figure_has_no_files_for_others(client, portal, name):
    page = make_figure(portal, "Geheim", rows=[("kanarie", 1)])
    restrict(page)
    response = client.get(f"{page.get_url()}{name}")
    assert response.status_code == 404
    assert b"kanarie" not in response.content
    assert client.head(f"{page.get_url()}{name}").status_code == 404
    client.force_login(get_user_model().objects.create_user(email="lid@example.nl", password=None))
    allowed = client.get(f"{page.get_url()}{name}")
    assert allowed.status_code == 200
    assert "private" in allowed["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_under_a_private_page_is_private(client, portal, name):
    page = make_figure(portal, "Geheim")
    restrict(portal.figures)
    assert client.get(f"{page.get_url()}{name}").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_an_unpublished_figure_has_no_files(client, portal, name):
    page = make_figure(portal, "Concept", live=False)
    assert client.get(f"{page.get_url()}{name}").status_code == 404


@pytest.mark.parametrize("name", [*NAMES, "gegevens.json", "gegevens.csv/"])
def test_other_pages_have_no_files(client, portal, name):
    assert client.get(f"/cijfers/bestaat-niet/{name}").status_code == 404
    assert client.get(f"/cijfers/{name}").status_code == 404
    assert client.get(f"/kennis/{name}").status_code == 404


def test_files_cannot_be_posted_to(client, portal):
    page = make_figure(portal, "Post")
    assert client.post(f"{page.get_url()}gegevens.csv").status_code == 405


def test_files_carry_the_strict_headers(client, portal):
    response = client.get(f"{make_figure(portal, 'Koppen').get_url()}gegevens.csv")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response["Content-Security-Policy"]
