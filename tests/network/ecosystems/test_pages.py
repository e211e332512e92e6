"""What each sees of an ecosystem: the list, the home, the members, the overview for managers; and what it costs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.ecosystems.models import Ecosystem, EcosystemInvitation, JoinRequest, Participation
from network.ecosystems.sections import sections_for
from network.ecosystems.services import (
    Details,
    NotAllowed,
    accept_invitation,
    admit_company,
    change_details,
    close_ecosystem,
    found_ecosystem,
    invite_people,
    set_guest_until,
)
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories.pages import Portal, make_case, restrict
from tests.network.ecosystems.conftest import Circle, address, change, company, person, read, send
from tests.network.ecosystems.test_invitations import token_for
from tests.portal.organisations.people import browser_of, join, make_person

pytestmark = pytest.mark.django_db


# --- the list


def test_own_ones_come_first(portal: Portal, circle: Circle) -> None:
    other = found_ecosystem(organisation=circle.stroomhuis, name="Aardappelkring", by=circle.host)
    page = read(circle.anna, "/ecosystemen/")
    assert page.index("ElektroKring") < page.index("Lassen") < page.index("Aardappelkring")
    assert "4 ecosystemen en werkgroepen" in page
    page = read(circle.outsider, "/ecosystemen/")
    assert "2 ecosystemen en werkgroepen" in page and "Lassen" not in page
    assert "Log in om meer te zien" in read(None, "/ecosystemen/")
    change(other, visibility="public")
    assert "1 ecosysteem of werkgroep" in read(None, "/ecosystemen/?x=1")


def test_searching_by_name(portal: Portal, circle: Circle) -> None:
    page = read(circle.anna, "/ecosystemen/?q=ass")
    assert "1 ecosysteem of werkgroep" in page and "Lassen" in page and ">ElektroKring<" not in page
    assert "Niets gevonden" in read(circle.outsider, "/ecosystemen/?q=lassen")


def test_who_knows_of_none_reads_what_to_do(portal: Portal, circle: Circle) -> None:
    change(circle.kring, visibility="hidden", joining="invitation")
    page = read(circle.outsider, "/ecosystemen/")
    assert "Nog geen ecosysteem" in page and "Bekijk de organisaties" in page


# --- the home


def test_the_home_of_who_is_inside(portal: Portal, circle: Circle) -> None:
    change(circle.kring, house_rules="Wees *kort*.", rules_version=0)
    page = read(circle.anna, address(circle.kring))
    for shown in ("3 mensen doen mee", "2 bedrijven", "Anna BV", "Bram", "Plannen", "<em>kort</em>", "Host"):
        assert shown in page, shown
    assert "gast tot en met" in page
    assert "@" not in page.split("<main")[1].split("</main>")[0]  # addresses are for managers
    assert address(circle.kring, "beheer/") not in page
    assert address(circle.kring, "beheer/") in read(circle.host, address(circle.kring))


def test_the_home_for_others(portal: Portal, circle: Circle) -> None:
    change(circle.kring, about="Over **lassen**.", house_rules="Geheim.")
    page = read(circle.outsider, address(circle.kring))
    assert "<strong>lassen</strong>" in page and "Vraag of je mee mag doen" in page
    for hidden in ("Anna", "Bram", "Host", "Lassen", "Geheim."):
        assert hidden not in page.replace("lassen", ""), hidden
    assert read(None, address(circle.kring), 404)


def test_a_public_one_shows_the_companies_that_everybody_may_see(portal: Portal, circle: Circle) -> None:
    change(circle.kring, visibility="public")
    quiet = company("Stille BV", person("stil"))
    Organisation.objects.filter(pk=quiet.pk).update(origin="member", verified_at=None)
    admit_company(circle.kring, organisation=quiet, by=circle.host)
    page = read(None, address(circle.kring))
    assert "Anna BV" in page and "Stille BV" not in page
    assert "Stille BV" in read(circle.anna, address(circle.kring))


def test_cases_of_the_companies_stand_there_for_who_may_read_them(portal: Portal, circle: Circle) -> None:
    open_case = make_case(portal, "Sneller lassen", organisation="Anna BV")
    elsewhere = make_case(portal, "Trager lassen", organisation="Elders BV")
    for_staff = make_case(portal, "Voor de redactie", organisation="Anna BV", slug="redactie")
    restrict(for_staff, groups=[])
    for_staff.unpublish()
    page = read(circle.bram, address(circle.kring))
    assert open_case.title in page
    assert elsewhere.title not in page and for_staff.title not in page
    titles = [section.title for section in sections_for(circle.kring, circle.bram)]
    assert titles == ["Wat we elkaar vragen", "Waar we over praten", "Praktijkvoorbeelden van onze bedrijven"]
    assert open_case.title not in read(circle.outsider, address(circle.kring))


def test_the_page_of_an_organisation_names_its_ecosystems(portal: Portal, circle: Circle) -> None:
    assert "ElektroKring" in read(circle.bram, "/organisaties/anna-bv/")
    # That a company belongs is for who takes part.
    assert "ElektroKring" not in read(circle.outsider, "/organisaties/anna-bv/")
    assert "ElektroKring" not in read(None, "/organisaties/anna-bv/")


# --- members


def test_the_list_and_the_file(portal: Portal, circle: Circle) -> None:
    User.objects.filter(pk=circle.bram.pk).update(name="=HYPERLINK(1)")
    page = read(circle.anna, address(circle.kring, "leden/"))
    assert "3 mensen" in page and circle.bram.email not in page and "CSV" not in page
    response = browser_of(circle.host).get(address(circle.kring, "beheer/leden.csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert {row["e-mailadres"] for row in rows} == {
        circle.anna.email,
        circle.bram.email,
        circle.guest.email,
    }
    assert [row["naam"] for row in rows if row["bedrijf"] == "Bram BV"] == ["'=HYPERLINK(1)"]
    assert response["Content-Disposition"] == 'attachment; filename="leden-elektrokring.csv"'
    for who in (circle.anna, circle.outsider):
        assert (
            browser_of(who).get(address(circle.kring, "beheer/leden.csv")).status_code == 404
        )  # fmt: skip


# --- managing


def test_the_overview(portal: Portal, circle: Circle) -> None:
    old = timezone.now() - timedelta(days=120)
    Participation.objects.filter(user=circle.anna, ecosystem=circle.kring).update(started_at=old)
    invite_people(circle.kring, addresses=["jo@elders.example"], by=circle.host)
    page = read(circle.host, address(circle.kring, "beheer/"))
    for shown in (
        "1 persoon was hier drie maanden niet.",
        "jo@elders.example",
        "geldig tot",
        "1 persoon doet mee",
        circle.anna.email,
        "Schrijf huisregels",
        "Lassen",
    ):
        assert shown in page, shown


def test_changing_details(portal: Portal, circle: Circle) -> None:
    url, stand = address(circle.kring, "beheer/gegevens/"), Details.of(circle.kring).digest()
    typed = {"name": "ElektroKring", "summary": "Samen slimmer", "visibility": "hidden", "joining": "open"}
    page = send(circle.host, url, **typed, stand=stand)
    assert "Wat verborgen is, is alleen op uitnodiging." in page and "Samen slimmer" in page
    send(circle.host, url, **{**typed, "joining": "invitation"}, stand=stand)
    assert Ecosystem.objects.get(pk=circle.kring.pk).visibility == "hidden"
    # Somebody with the form still open sees both texts.
    page = send(circle.host, url, **{**typed, "summary": "Anders", "joining": "invitation"}, stand=stand)
    assert "Iemand anders wijzigde dit intussen." in page and "Samen slimmer" in page and "Anders" in page


def test_details_are_for_managers(circle: Circle) -> None:
    for who in (circle.anna, circle.guest, circle.outsider):
        with pytest.raises(NotAllowed):
            change_details(circle.kring, details=Details(name="Van mij"), by=who)


def test_founding_a_group_and_closing(portal: Portal, circle: Circle) -> None:
    url = address(circle.kring, "beheer/werkgroep/")
    typed = {"name": "Meten", "visibility": "hidden", "joining": "invitation"}
    send(circle.host, url, **typed)
    group = Ecosystem.objects.get(name="Meten")
    assert (group.parent, group.organisation) == (circle.kring, circle.stroomhuis)
    assert "deze naam" in send(circle.host, url, **typed)
    page = send(circle.host, address(circle.kring, "beheer/sluiten/"))
    assert "Er komt niemand meer bij." in page
    group.refresh_from_db()
    assert group.closed_at is not None
    assert "Dit ecosysteem is gesloten." in send(circle.host, url, **{**typed, "name": "Nog een"})


def test_roles_and_guests(portal: Portal, circle: Circle) -> None:
    anna = Participation.objects.get(user=circle.anna, ecosystem=circle.kring)
    guest = Participation.objects.get(user=circle.guest)
    send(circle.host, address(circle.kring, f"beheer/mensen/{anna.pk}/"), role="manager")
    assert "Beheer van Lassen" in read(circle.anna, address(circle.group, "beheer/"))
    day = (timezone.localdate() + timedelta(days=90)).isoformat()
    send(circle.anna, address(circle.kring, f"beheer/mensen/{guest.pk}/"), guest_until=day)
    guest.refresh_from_db()
    assert guest.guest_until is not None and guest.guest_until.isoformat() == day
    with pytest.raises(NotAllowed):
        set_guest_until(guest, day=timezone.localdate(), by=circle.guest)
    # Who gives up the role is led to the home: the overview isn't theirs any more.
    page = send(circle.anna, address(circle.kring, f"beheer/mensen/{anna.pk}/"), role="member")
    assert "Bewaard." in page and "mensen doen mee" in page


def test_ending_a_company(portal: Portal, circle: Circle) -> None:
    row = circle.company_row(circle.anna_bv)
    url = address(circle.kring, f"beheer/bedrijven/{row.pk}/")
    assert "1 persoon doet dan niet meer mee." in read(circle.host, url)
    for who in (circle.anna, circle.outsider):
        assert browser_of(who).post(url).status_code == 404
    send(circle.host, url)
    assert read(circle.anna, address(circle.kring, "leden/"), 404)


# --- what it costs


def fill(circle: Circle, numbers: range) -> None:
    """So many groups, companies, people, requests and invitations more."""
    with transaction.atomic():
        for each in numbers:
            user = make_person(f"Mens {each}", f"mens{each}@voorbeeld.example")
            made = company(f"Firma {each}", user)
            admit_company(circle.kring, organisation=made, by=circle.host)
            circle.take_part(user)
            found_ecosystem(
                organisation=circle.stroomhuis, name=f"Groep {each}", by=circle.host, parent=circle.kring
            )
            asking = join(made, make_person(f"Vraag {each}", f"vraag{each}@voorbeeld.example")).user
            JoinRequest.objects.create(ecosystem=circle.kring, user=asking, organisation=made)
        addresses = [f"gast{each}@elders.example" for each in numbers]
        invite_people(circle.kring, addresses=addresses, by=circle.host)


def cost(client: Client, path: str) -> int:
    cache.clear()
    assert client.get(path).status_code == 200  # what is worked out once a process isn't counted
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("rest", "budget"), [(None, 12), ("", 25), ("leden/", 20), ("beheer/", 20), ("meedoen/", 20)]
)
def test_no_more_queries_for_more_rows(portal: Portal, circle: Circle, rest: str | None, budget: int) -> None:
    path = "/ecosystemen/" if rest is None else address(circle.kring, rest)
    change(circle.kring, house_rules="Wees kort.", rules_version=0)
    reader = circle.outsider if rest == "meedoen/" else circle.host
    make_case(portal, "Sneller lassen", organisation="Anna BV")
    fill(circle, range(3))
    client = browser_of(reader)
    few = cost(client, path)
    fill(circle, range(3, 25))
    many = cost(client, path)
    assert many == few
    assert many <= budget, f"{path}: {many} queries"


def test_a_closed_one_takes_no_invitation(circle: Circle) -> None:
    invite_people(circle.kring, addresses=["jo@elders.example"], by=circle.host)
    close_ecosystem(circle.kring, by=circle.host)
    with pytest.raises(Exception, match="gesloten"):
        accept_invitation(token_for("jo@elders.example"), by=make_person(email="jo@elders.example"))
    assert EcosystemInvitation.objects.get().accepted_at is None
