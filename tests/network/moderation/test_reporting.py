"""Reporting: by whom, of what, how often, and what the reporter hears."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from network.moderation.models import ModerationCase, Report
from tests.network.moderation import notes
from tests.network.moderation.conftest import House, case_of, letters, read, report, send
from tests.portal.organisations.people import browser_of, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


def test_who_reports_gets_a_receipt_and_the_thing_a_case(house: House) -> None:
    number = notes.write(by=house.anna, title="Aanbieding")
    page = read(house.bram, f"/melden/note/{number}/")
    assert "Meld: Aanbieding" in page and "hoort niet wie meldde" in page and "E-mailadres" not in page
    assert "We hebben je melding" in report(number, house.bram)
    case = case_of(number)
    assert (case.author, case.audience, case.is_held, case.term_at - case.opened_at) == (
        house.anna,
        "",
        False,
        timedelta(hours=72),
    )
    [letter] = letters(house.bram)
    assert letter.subject == "We hebben je melding" and "besloten" in letter.text
    assert mails(house.anna.email, "moderation-receipt") == []


def test_a_visitor_reports_what_is_public_and_may_leave_an_address(house: House) -> None:
    number = notes.write(by=house.anna)
    assert "E-mailadres" in read(None, f"/melden/note/{number}/")
    report(number, None, email="Lezer@Elders.example")
    row = Report.objects.get()
    assert (row.reporter, row.email) == (None, "lezer@elders.example")
    assert [mail.to for mail in mails(kind="moderation-receipt")] == ["lezer@elders.example"]
    report(number, None, email="lezer@elders.example")
    report(number, None)
    assert Report.objects.count() == 2 and ModerationCase.objects.count() == 1


def test_one_reports_a_thing_once_as_long_as_it_is_open(house: House) -> None:
    number = notes.write(by=house.anna)
    for _time in range(3):
        report(number, house.bram)
    report(number, house.guest)
    assert Report.objects.count() == 2 and ModerationCase.objects.count() == 1
    assert len(letters(house.bram)) == 1


def test_what_one_may_not_see_cannot_be_reported(house: House) -> None:
    private = notes.write(by=house.anna, ecosystem_id=house.kring.pk, title="putterkooi")
    hidden = notes.write(by=house.anna, state="hidden", title="goudvinkje")
    for who, number in (
        (house.outsider, private),
        (None, private),
        (house.bram, hidden),
        (house.bram, 987_654),
    ):
        page = read(who, f"/melden/note/{number}/", 404)
        assert "putterkooi" not in page and "goudvinkje" not in page
        send(who, f"/melden/note/{number}/", 404, category="spam", text="x", is_sincere="on")
    read(house.bram, "/melden/onbekend/1/", 404)
    assert not ModerationCase.objects.exists()
    assert "putterkooi" in read(house.bram, f"/melden/note/{private}/")


def test_what_was_typed_stays_where_something_is_missing(house: House) -> None:
    number = notes.write(by=house.anna)
    page = send(house.bram, f"/melden/note/{number}/", category="abuse", text="Hij scheldt in zin twee.")
    assert "Hij scheldt in zin twee." in page and "Vink aan dat klopt" in page and "Fout:" in page
    assert not Report.objects.exists()
    assert "Dit schreef je zelf" in report(number, house.anna)


def test_reporting_has_limits_that_a_header_cannot_begin_anew(house: House) -> None:
    for _time in range(5):
        report(notes.write(by=house.anna), None)
    number = notes.write(by=house.anna)
    told = {"category": "spam", "text": "Alweer.", "is_sincere": "on"}
    forged = {"X-Forwarded-For": "203.0.113.9"}
    answer = browser_of(None).post(f"/melden/note/{number}/", told, headers=forged)
    page = unescape(answer.content.decode())
    assert "al veel gemeld" in page and "Alweer." in page
    assert Report.objects.count() == 5 and ModerationCase.objects.count() == 5
    assert "We hebben je melding" in report(number, house.bram)


def test_the_code_of_conduct_is_for_everybody() -> None:
    page = read(None, "/gedragsregels/")
    for shown in ("Geen reclame.", "bezwaar", "Besluiten doet altijd een mens", "geschillencommissie"):
        assert shown in page
    assert 'href="/gedragsregels/"' in read(None, "/")
