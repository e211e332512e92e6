"""Saving a search from the results, the list of one's own, changing and deleting; of others nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.saved_searches.models import Finding, SavedSearch
from portal.saved_searches.rules import MOST_SEARCHES
from portal.saved_searches.services import TooManySearchesError, save_search
from tests.factories.pages import Portal, make_case, make_page
from tests.factories.taxonomy import ThemeFactory
from tests.network.ecosystems.conftest import read, send
from tests.portal.organisations.people import browser_of, make_person
from tests.portal.saved_searches.conftest import MONDAY, TUESDAY, asking, kept
from tests.portal.saved_searches.test_looking import Look

pytestmark = pytest.mark.django_db
LIST, SAVE = "/mijn/zoekopdrachten/", "/mijn/zoekopdrachten/bewaar/"


def test_a_member_saves_what_is_on_the_screen(portal: Portal, anna: User, look: Look) -> None:
    ThemeFactory.create(slug="proces", name="Proces")
    make_case(portal, "Minder voorraad bij de lasserij", slug="eerst")
    look(TUESDAY)
    results = read(anna, "/zoeken/?q=voorraad&thema=proces&sorteer=nieuwste&pagina=2")
    assert f'href="{SAVE}?q=voorraad&thema=proces"' in results
    page = read(anna, f"{SAVE}?q=voorraad&thema=proces")
    assert 'value="Voorraad · Proces"' in page
    assert "Je zoekt op ‘voorraad’" in page
    page = send(anna, f"{SAVE}?q=voorraad&thema=proces", name="  Mijn   voorraad ", frequency="daily")
    assert "‘Mijn voorraad’ is bewaard." in page
    assert 'href="/zoeken/?q=voorraad&thema=proces"' in page
    page = send(anna, f"{SAVE}?thema=proces&q=voorraad&pagina=3", name="Nog eens", frequency="weekly")
    assert "bewaarde je al: ‘Mijn voorraad’" in page
    assert SavedSearch.objects.get().frequency == "daily"


def test_who_isnt_signed_in_comes_back_to_it(portal: Portal) -> None:
    response = browser_of(None).get(f"{SAVE}?q=voorraad")
    assert (response.status_code, response["Location"]) == (
        302,
        "/inloggen/?next=/mijn/zoekopdrachten/bewaar/%3Fq%3Dvoorraad",
    )


def test_everything_is_no_search(portal: Portal, anna: User) -> None:
    assert "Bewaar deze zoekopdracht" not in read(anna, "/zoeken/")
    assert "Zoek eerst iets" in send(anna, f"{SAVE}?sorteer=nieuwste&pagina=2", name="x", frequency="daily")
    assert not SavedSearch.objects.exists()


def test_bad_input_comes_back(portal: Portal, anna: User) -> None:
    page = send(anna, f"{SAVE}?q=voorraad", name="", frequency="elk uur")
    assert "Geef de zoekopdracht een naam." in page
    assert "Kies elke dag, elke week of niet." in page
    page = send(anna, f"{SAVE}?q=voorraad", name="x" * 81, frequency="daily")
    assert "Maak de naam korter" in page
    assert "x" * 81 in page


def test_there_are_no_more_than_somebody_reads(portal: Portal, anna: User) -> None:
    for number in range(MOST_SEARCHES):
        save_search(anna, question=asking(f"vraag {number}"), name="Vraag", frequency="off")
    with pytest.raises(TooManySearchesError):
        save_search(anna, question=asking("een te veel"), name="Vraag", frequency="off")
    page = send(anna, f"{SAVE}?q=een+te+veel", name="Te veel", frequency="daily")
    assert "Je bewaart er al 25. Haal er eerst een weg." in page
    assert 'value="Te veel"' in page


def test_the_database_holds_a_search_once(portal: Portal, anna: User) -> None:
    search = kept(anna)
    search.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        search.save(force_insert=True)


def test_rename_change_and_delete(portal: Portal, anna: User) -> None:
    search = kept(anna)
    address = f"{LIST}{search.pk}/"
    page = send(anna, address, name="Andere naam", frequency="off")
    assert "‘Andere naam’ is gewijzigd." in page
    assert "niet, ik kijk zelf" not in page.split("</h1>")[0]
    assert SavedSearch.objects.get().next_look_at is None
    assert "‘Andere naam’ is weg." in send(anna, f"{address}weg/")
    assert not SavedSearch.objects.exists()


def test_of_others_nothing(portal: Portal, anna: User, look: Look) -> None:
    search = kept(anna)
    make_case(portal, "Voorraad tellen", slug="nieuw")
    look(MONDAY)
    bram = make_person("Bram")
    finding = Finding.objects.get()
    for path in (f"{LIST}{search.pk}/", f"{LIST}gevonden/{finding.pk}/"):
        read(bram, path, 404)
    send(bram, f"{LIST}{search.pk}/weg/", 404)
    send(bram, f"{LIST}{search.pk}/", 404, name="Van mij", frequency="off")
    assert "Voorraad" not in read(bram, LIST)
    search.refresh_from_db()
    assert search.name == "Voorraad"


def test_what_was_found_stands_on_a_page_while_it_may_be_seen(portal: Portal, anna: User, look: Look) -> None:
    kept(anna)
    page = make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    look(MONDAY)
    found = f"{LIST}gevonden/{Finding.objects.get().pk}/"
    assert "Voorraad tellen met een tablet" in read(anna, found)
    assert "1 nieuw op 30 november" in read(anna, LIST)
    page.unpublish()
    assert "Hier staat niets meer" in read(anna, found)
    assert "1 nieuw op" not in read(anna, LIST)


@pytest.mark.django_db(transaction=True)
def test_the_list_costs_the_same_for_three_and_twenty_five(portal: Portal, anna: User, look: Look) -> None:
    """With real transactions: within one nothing is kept between requests."""

    def asked(first: int, until: int, day: int) -> int:
        with transaction.atomic():
            for number in range(first, until):
                save_search(
                    anna,
                    question=asking(f"voorraad {number}"),
                    name=f"V{number}",
                    frequency="daily",
                    at=TUESDAY,
                )
        look(TUESDAY)
        make_page(portal, f"Voorraad op {day}", "Voorraad.", slug=f"op-{day}")
        look(TUESDAY + timedelta(days=day))
        browser = browser_of(anna)
        browser.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(LIST).status_code == 200
        return len(queries)

    few = asked(0, 3, 1)
    assert "1 nieuw op" in read(anna, LIST)
    assert (asked(3, 25, 3), few <= 12) == (few, True), few
