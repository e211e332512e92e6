"""The queue: in order of what is late, in lists, with numbers of what one may see, and what it costs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.moderation.intake import hold
from network.moderation.models import ModerationCase, Report
from network.moderation.services import remind
from portal.accounts.models import User
from portal.accounts.roles import needs_second_step
from tests.network.moderation import notes
from tests.network.moderation.conftest import House, case_of, decided, read, report
from tests.portal.organisations.people import browser_of, mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


def make_cases(house: House, number: int) -> None:
    at = timezone.now()
    for each in range(number):
        private = each % 2 == 1
        made = notes.write(
            by=house.anna, title=f"Brief {each}", ecosystem_id=house.kring.pk if private else None
        )
        case = hold(notes.CODE, made, author=house.anna, reasons=["links"], at=at + timedelta(minutes=each))
        Report.objects.create(case=case, category="spam", reporter=house.bram)


def test_what_is_late_stands_first(house: House) -> None:
    for title, days in (("Nieuw", 0), ("Oud", 5)):
        number = notes.write(by=house.anna, title=title)
        report(number, house.bram)
        ModerationCase.objects.filter(object_id=number).update(
            opened_at=timezone.now() - timedelta(days=days),
            term_at=timezone.now() + timedelta(hours=50 - 24 * days),
        )
    page = read(house.mo, "/moderatie/")
    assert page.index("Oud") < page.index("Nieuw") and "te laat" in page and "nog 50 uur" in page
    late = read(house.mo, "/moderatie/?lijst=te-laat")
    assert "Oud" in late and "Nieuw" not in late.partition("<footer")[0]
    decided(case_of(number).object_id, house.mo, "none")
    assert "Oud" in read(house.mo, "/moderatie/?lijst=besloten") and "Oud" not in read(
        house.mo, "/moderatie/"
    )
    assert "In deze lijst staat nu niets" in read(house.mo, "/moderatie/?lijst=vastgehouden")


@pytest.mark.parametrize("who", ["mo", "host"])
def test_the_queue_costs_the_same_for_three_and_for_twenty_five(house: House, who: str) -> None:
    user: User = getattr(house, who)
    client, asked = browser_of(user), []
    for number in (6, 54):
        with transaction.atomic():
            make_cases(house, number)
        client.get("/moderatie/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/moderatie/").status_code == 200
        asked.append(len(queries))
    # Four of these are the menu's, which a process keeps until something is published.
    assert asked[0] == asked[1] <= 4 + 10, asked
    assert "Volgende" in client.get("/moderatie/").content.decode()
    assert client.get("/moderatie/?pagina=2").status_code == 200


def test_one_mail_a_day_to_who_has_something_to_do(house: House) -> None:
    make_cases(house, 3)  # one of them private
    at = timezone.now()
    assert remind(at) == 2 == remind(at)
    assert [mail.subject for mail in mails(house.mo.email, "moderation-reminder")] == [
        "3 zaken wachten op een moderator"
    ]
    assert [mail.subject for mail in mails(house.host.email, "moderation-reminder")] == [
        "1 zaak wacht op een moderator"
    ]
    assert mails(house.baas.email, "moderation-reminder") == []  # administers, and isn't a moderator
    remind(at + timedelta(days=2))
    letter = mails(house.mo.email, "moderation-reminder")[-1].text
    assert "3 zaken zijn over de termijn" in letter and "Brief" not in letter


def test_moderators_sign_in_with_a_second_step(house: House) -> None:
    assert (
        needs_second_step(house.mo)
        and not needs_second_step(house.host)
        and not needs_second_step(house.anna)
    )


def test_the_yearly_count_holds_numbers_and_no_person(house: House) -> None:
    first, second = notes.write(by=house.anna), notes.write(by=house.bram)
    report(first, house.bram)
    report(second, None, email="lezer@elders.example")
    decided(first, house.mo, "remove")
    year = timezone.localdate().year
    answer = browser_of(house.mo).get(f"/moderatie/cijfers/{year}.csv")
    text = answer.content.decode()
    rows = {(row[0], row[1]): row[2] for row in csv.reader(io.StringIO(text))}
    assert rows["meldingen", "Spam of reclame"] == "2" and rows["meldingen", "zonder account"] == "1"
    assert rows["zaken", "geopend"] == "2" and rows["zaken", "besloten"] == "1"
    assert rows["besluiten", "Verwijder"] == "1" and rows["gronden", "De wet"] == "0"
    assert "@" not in text and "Anna" not in text
    assert browser_of(house.mo).get(f"/moderatie/cijfers/{year + 1}.csv").status_code == 404


def test_ones_own_page_leads_there(house: House) -> None:
    make_cases(house, 3)
    assert "3 zaken" in read(house.mo, "/mijn/")
    page = read(house.bram, "/mijn/")
    assert "Er is niets besloten over wat je schreef" in page and "/moderatie/" not in page
