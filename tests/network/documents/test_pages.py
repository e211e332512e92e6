"""The screens: a list for who is inside, one document, and the forms of who manages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from network.documents.models import EcosystemDocument
from network.ecosystems.services import change_house_rules
from portal.accounts.models import User
from tests.factories.media import pdf_bytes, upload
from tests.network.documents.conftest import LINK, address, put
from tests.network.ecosystems.conftest import Circle, read, send
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
FILLED = {"title": "Rooster van de bus", "summary": "Wie welke bus meeneemt."}


def fill(user: User, path: str, status: int = 200, **values: Any) -> str:
    page = browser_of(user).get(path)
    form = page.context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    return send(user, path, status, **{**hidden, **values})


def test_an_empty_page_says_what_to_do(members: Circle) -> None:
    assert "Zet het eerste document erbij" in read(members.host, address(members.kring))
    asked = read(members.anna, address(members.kring))
    assert "Vraag een beheerder om het hier te zetten" in asked and "Zet het eerste" not in asked


def test_a_manager_puts_a_file_there_and_a_member_takes_it(members: Circle) -> None:
    page = fill(
        members.host,
        address(members.kring, "nieuw/"),
        upload=upload("Rooster mei.pdf", pdf_bytes("R")),
        **FILLED,
    )
    assert "Het document staat erbij." in page
    document = EcosystemDocument.objects.get()
    seen = read(members.anna, document.get_absolute_url())
    assert (
        "Haal het bestand op (PDF, " in seen and "Rooster mei.pdf" in seen and "Wijzig of vervang" not in seen
    )
    assert document.file is not None
    answer = browser_of(members.anna).get(document.file.get_absolute_url())
    assert answer.getvalue() == pdf_bytes("R")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Rooster mei.pdf"'


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Kies een bestand, of geef een link."),
        ({"url": "onzin"}, "Schrijf het hele adres"),
        ({"url": "javascript:alert(1)"}, "Schrijf het hele adres"),
        ({"title": "", "url": LINK}, "Geef het document een titel."),
        ({"upload": upload("virus.exe", b"MZ")}, "Dit soort bestand kan niet."),
        ({"upload": upload("leeg.pdf", b"")}, "Dit bestand is leeg."),
        ({"upload": upload("a.pdf", pdf_bytes()), "url": LINK}, "niet allebei"),
        ({"upload": upload("a.pdf", pdf_bytes()), "title": ""}, "Kies je bestand nog een keer."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    members: Circle, given: dict[str, Any], said: str
) -> None:
    for sent in given.values():
        if hasattr(sent, "seek"):
            sent.seek(0)
    page = fill(members.host, address(members.kring, "nieuw/"), **{**FILLED, **given})
    assert said in page and "Wie welke bus meeneemt." in page
    assert not EcosystemDocument.objects.exists()


def test_who_is_new_reads_why_there_is_no_place_for_a_file(circle: Circle) -> None:
    page = read(circle.host, address(circle.kring, "nieuw/"))
    assert "Je bent hier nieuw." in page and 'type="file"' not in page
    assert "Het document staat erbij." in fill(
        circle.host, address(circle.kring, "nieuw/"), url=LINK, **FILLED
    )


def test_two_managers_at_once_see_each_others_text(members: Circle) -> None:
    document = put(members.kring, members.host)
    path = address(members.kring, f"{document.pk}/wijzig/")
    EcosystemDocument.objects.filter(pk=document.pk).update(version=2, title="Van een ander")
    page = send(members.host, path, version=1, **FILLED)
    assert "Zo staat het er nu" in page and "Van een ander" in page and "Rooster van de bus" in page
    assert "De wijziging is bewaard." in send(members.host, path, version=2, **FILLED)


def test_a_link_makes_way_for_a_file(members: Circle) -> None:
    document = put(members.kring, members.host, url=LINK)
    assert "Open de link naar voorbeeld.example" in read(members.anna, document.get_absolute_url())
    path = address(members.kring, f"{document.pk}/wijzig/")
    fill(members.host, path, url=LINK, upload=upload("b.pdf", pdf_bytes()), **FILLED)
    document.refresh_from_db()
    assert (document.url, document.file is not None) == ("", True)


def test_it_is_removed_after_a_second_look(members: Circle) -> None:
    document = put(members.kring, members.host)
    path = address(members.kring, f"{document.pk}/weg/")
    assert "Terughalen kan niet." in read(members.host, path)
    assert "Nog geen documenten" in send(members.host, path)
    read(members.host, document.get_absolute_url(), 404)


def test_of_many_one_finds_the_right_one(members: Circle) -> None:
    with transaction.atomic():
        for number in range(24):
            EcosystemDocument.objects.create(
                ecosystem=members.kring,
                title=f"Blad {number:02}",
                summary="Een blad.",
                url=f"{LINK}/{number}",
            )
        put(members.kring, members.host, title="Zaagplan")
    first = read(members.anna, address(members.kring))
    assert "25 documenten" in first and "Zoek in de documenten" in first and "Blad 00" not in first
    assert "Blad 00" in read(members.anna, address(members.kring, "?pagina=2"))
    read(members.anna, address(members.kring, "?pagina=3"), 404)
    for wanted in ("zaagplan", "Checklist.pdf"):
        found = read(members.anna, address(members.kring, f"?q={wanted}"))
        assert "1 document<" in found and "Zaagplan" in found
    assert "Niets gevonden" in read(members.anna, address(members.kring, "?q=bestaatniet"))
    assert "25 documenten" in read(members.anna, address(members.kring, "?q=%00"))


def test_house_rules_come_first(members: Circle) -> None:
    document = put(members.kring, members.host)
    change_house_rules(members.kring, text="Deel niets buiten de kring.", by=members.host)
    for path in (address(members.kring), document.get_absolute_url()):
        assert browser_of(members.anna).get(path).headers["Location"].endswith("/huisregels/")


def test_the_home_shows_the_newest_and_where_to_begin(members: Circle) -> None:
    home = members.kring.get_absolute_url()
    assert "Zet er een document bij" in read(members.host, home)
    assert "Documenten" not in read(members.anna, home)
    for number in range(4):
        put(members.kring, members.host, title=f"Blad {number}")
    page = read(members.anna, home)
    assert "Alle 4 documenten" in page and "Blad 3" in page and "Blad 0" not in page
    assert "Zet er een document bij" not in page


def test_a_list_asks_as_much_as_a_short_one(members: Circle) -> None:
    asked = []
    for number in (3, 25):
        with transaction.atomic():
            while EcosystemDocument.objects.count() < number:
                EcosystemDocument.objects.create(
                    ecosystem=members.kring, title="Blad", summary="Een blad.", added_by=members.host,
                    url=f"{LINK}/{EcosystemDocument.objects.count()}",
                )  # fmt: skip
        browser = browser_of(members.anna)
        browser.get(address(members.kring))
        for path in (address(members.kring), members.kring.get_absolute_url()):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(path).status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
