"""Cases as files: what an editor takes along from the staff admin."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.pages.staff import setup_staff
from tests.factories.pages import Portal, make_case, make_portal

pytestmark = pytest.mark.django_db

REPORT = "/beheer/rapporten/praktijkvoorbeelden/"


@pytest.fixture
def portal() -> Portal:
    return make_portal()


@pytest.fixture
def editor(client: Client, portal: Portal) -> Client:
    setup_staff()
    user = User.objects.create_user("redactie@example.org", name="Redactie")
    user.groups.add(Group.objects.get(name="Redactie"))
    client.force_login(user)
    return client


def download(client: Client, **parameters: str) -> bytes:
    response = client.get(REPORT, parameters)
    assert "attachment" in response["Content-Disposition"]
    return response.getvalue()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_workbook_holds_cases_and_their_results_on_two_sheets(editor: Client, portal: Portal) -> None:
    make_case(
        portal,
        "Minder op de plank",
        organisation="ALMI",
        themes=["proces", "leiderschap"],
        reviewed_on=date(2026, 11, 22),
        measurements=[{"change": Decimal(-8)}, {"code": "labour-productivity", "change": Decimal("17.5")}],
    )
    workbook = load_workbook(io.BytesIO(download(editor, export="xlsx")))
    assert workbook.sheetnames == ["Praktijkvoorbeelden", "Gemeten resultaten"]
    cases = list(workbook["Praktijkvoorbeelden"].values)
    case = dict(zip(cases[0], cases[1], strict=True))
    assert (case["Titel"], case["Organisatie"], case["Bewijs"]) == (
        "Minder op de plank",
        "ALMI",
        "beschreven",
    )
    assert set(case["Thema's"].split("; ")) == {"Proces", "Leiderschap"}
    assert (case["Gemeten resultaten"], case["Kosten"]) == (2, None)
    figures = list(workbook["Gemeten resultaten"].values)
    assert [dict(zip(figures[0], row, strict=True))["Verandering"] for row in figures[1:]] == [-8, 17.5]


def test_the_same_as_csv_with_decimal_commas(editor: Client, portal: Portal) -> None:
    make_case(portal, "Minder op de plank", measurements=[{"change": Decimal("-8.25")}])
    cases = rows_of(download(editor, export="csv"))
    assert [row["Titel"] for row in cases] == ["Minder op de plank"]
    assert cases[0]["Adres"] == "http://testserver/praktijkvoorbeelden/minder-op-de-plank/"
    figures = rows_of(download(editor, export="csv", tabel="resultaten"))
    assert [(row["Verandering"], row["Vooraf"], row["Hoe vastgesteld"]) for row in figures] == [
        ("-8,25", "", "zelf gerapporteerd")
    ]


def test_a_text_never_becomes_a_formula(editor: Client, portal: Portal) -> None:
    make_case(portal, '=HYPERLINK("http://kwaad.example";"klik")', slug="formule")
    assert rows_of(download(editor, export="csv"))[0]["Titel"].startswith("'=HYPERLINK")
    sheet = load_workbook(io.BytesIO(download(editor, export="xlsx")))["Praktijkvoorbeelden"]
    assert (sheet["A2"].value[:2], sheet["A2"].data_type) == ("=H", "s")


def test_the_filter_holds_for_the_file_too(editor: Client, portal: Portal) -> None:
    make_case(portal, "Online")
    make_case(portal, "Concept", live=False)
    make_case(portal, "Mislukt", kind="failure")
    assert {row["Titel"] for row in rows_of(download(editor, export="csv"))} == {
        "Online",
        "Concept",
        "Mislukt",
    }
    assert [row["Titel"] for row in rows_of(download(editor, export="csv", live="false"))] == ["Concept"]
    assert [row["Titel"] for row in rows_of(download(editor, export="csv", kind="failure"))] == ["Mislukt"]
    page = editor.get(REPORT, {"live": "true"}).content.decode()
    assert "Online" in page
    assert ">Concept<" not in page


def test_the_report_is_for_editors_only(client: Client, portal: Portal) -> None:
    make_case(portal, "Concept", live=False)
    for user in (None, User.objects.create_user("lid@example.org")):
        if user:
            client.force_login(user)
        response = client.get(REPORT, {"export": "csv"})
        assert response.status_code == 302
        assert response["Location"].startswith("/inloggen/?next=")


@pytest.mark.parametrize("export", ["csv", "xlsx", ""])
def test_more_cases_cost_no_more_queries(
    editor: Client, portal: Portal, django_assert_max_num_queries: DjangoAssertNumQueries, export: str
) -> None:
    def open_report() -> None:
        response = editor.get(REPORT, {"export": export})
        if response.streaming:
            list(response.streaming_content)  # type: ignore[attr-defined]

    counts = []
    for total in (3, 12):
        for number in range(total):
            make_case(portal, f"Voorbeeld {total} {number}", measurements=[{}])
        open_report()
        with django_assert_max_num_queries(40) as counted:
            open_report()
        counts.append(len(counted))
    assert counts[0] == counts[1]
