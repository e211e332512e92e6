"""Joining an open ecosystem, asking, deciding, leaving, and being removed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from network.ecosystems.models import CompanyMembership, Ecosystem, JoinRequest, Participation
from network.ecosystems.rules import is_inside
from network.ecosystems.services import (
    NotAllowed,
    Refused,
    ask_to_join,
    close_ecosystem,
    decide_join_request,
    set_role,
    take_part,
)
from portal.accounts.models import User
from portal.organisations.models import Membership
from tests.factories.pages import Portal
from tests.network.ecosystems.conftest import Circle, address, change, company, person, read, send
from tests.portal.organisations.people import browser_of, join, mails, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(db: None) -> User:
    """Runs a company that doesn't belong."""
    user = person("carla")
    company("Carla BV", user, role="manager")
    return user


def newcomer_of(circle: Circle) -> User:
    """Somebody of a company that belongs, who doesn't take part."""
    return join(circle.anna_bv, person("nieuw")).user


# --- open


def test_a_manager_brings_the_company_and_comes_in(portal: Portal, circle: Circle, carla: User) -> None:
    change(circle.kring, joining="open")
    page = read(carla, address(circle.kring, "meedoen/"))
    assert "Je doet mee namens Carla BV." in page
    assert "Het bedrijf wordt daarmee lid." in page
    page = send(carla, address(circle.kring, "meedoen/"), x="1")
    assert "Welkom. Je doet mee." in page
    assert CompanyMembership.objects.current().filter(organisation__name="Carla BV").count() == 1
    assert is_inside(carla, circle.kring)
    assert [mail.subject for mail in mails(carla.email)] == ["Welkom bij ElektroKring"]


def test_who_does_not_run_the_company_cannot_bring_it(portal: Portal, circle: Circle, carla: User) -> None:
    change(circle.kring, joining="open")
    dirk = join(Membership.objects.get(user=carla).organisation, person("dirk")).user
    page = read(dirk, address(circle.kring, "meedoen/"))
    assert "Vraag een beheerder van Carla BV" in page
    assert "<textarea" not in page and 'name="through"' not in page
    send(dirk, address(circle.kring, "meedoen/"))
    with pytest.raises(Refused, match="Carla BV is nog geen lid"):
        take_part(
            circle.kring, user=dirk, by=dirk, through=Membership.objects.get(user=dirk).organisation
        )  # fmt: skip
    assert not is_inside(dirk, circle.kring)


def test_who_belongs_to_two_companies_chooses(portal: Portal, circle: Circle) -> None:
    change(circle.kring, joining="open")
    user = newcomer_of(circle)
    join(circle.bram_bv, user)
    page = send(user, address(circle.kring, "meedoen/"))
    assert "Kies via welk bedrijf je meedoet." in page
    assert not is_inside(user, circle.kring)
    send(user, address(circle.kring, "meedoen/"), through=str(circle.bram_bv.pk))
    assert Participation.objects.get(user=user).company == circle.company_row(circle.bram_bv)


def test_a_foreign_company_is_no_choice(portal: Portal, circle: Circle, carla: User) -> None:
    """The number of a company in the form lets nobody in through it."""
    change(circle.kring, joining="open")
    company("Carla Twee", carla, role="manager")
    page = send(carla, address(circle.kring, "meedoen/"), through=str(circle.anna_bv.pk))
    assert "Er is een probleem" in page or "Fout:" in page
    assert not is_inside(carla, circle.kring)


def test_without_a_company_one_reads_how_to_get_one(portal: Portal, circle: Circle) -> None:
    change(circle.kring, joining="open")
    assert "Je hoort hier nog bij geen bedrijf." in read(circle.outsider, address(circle.kring, "meedoen/"))


def test_an_open_group_is_for_who_takes_part_in_its_parent(portal: Portal, circle: Circle) -> None:
    change(circle.group, joining="open", visibility="public")
    change(circle.kring, visibility="public")
    page = read(circle.outsider, address(circle.group, "meedoen/"))
    assert "Doe eerst mee in het ecosysteem" in page
    send(circle.outsider, address(circle.group, "meedoen/"), status=404)
    send(circle.bram, address(circle.group, "meedoen/"))
    assert is_inside(circle.bram, circle.group)
    assert not is_inside(circle.outsider, circle.group)


def test_by_invitation_alone(portal: Portal, circle: Circle, carla: User) -> None:
    change(circle.kring, joining="invitation")
    assert "Een beheerder nodigt je uit met een mail." in read(carla, address(circle.kring, "meedoen/"))
    send(carla, address(circle.kring, "meedoen/"), status=404)
    with pytest.raises(NotAllowed):
        ask_to_join(circle.kring, by=carla)
    assert not is_inside(carla, circle.kring)


def test_who_is_not_signed_in_goes_to_the_door_and_comes_back(portal: Portal, circle: Circle) -> None:
    response = Client().get(address(circle.kring, "meedoen/"))
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/ecosystemen/elektrokring/meedoen/")


# --- asking


def asked(circle: Circle, user: User) -> JoinRequest:
    return JoinRequest.objects.get(ecosystem=circle.kring, user=user, outcome="open")


def test_asking_with_a_company_and_being_let_in(portal: Portal, circle: Circle, carla: User) -> None:
    page = send(carla, address(circle.kring, "meedoen/"), message="Wij lassen ook.")
    assert "Je verzoek ligt bij de beheerders" in page
    assert [mail.to for mail in mails(kind="ecosystem-request")] == [circle.host.email]
    overview = read(circle.host, address(circle.kring, "beheer/"))
    assert "Carla wil met Carla BV lid worden" in overview
    url = address(circle.kring, f"beheer/verzoeken/{asked(circle, carla).pk}/")
    assert "Wij lassen ook." in read(circle.host, url)
    page = send(circle.host, url, decision="accepted", reason="Fijn!")
    assert "Toegelaten." in page
    assert is_inside(carla, circle.kring)
    letter = mails(carla.email)[-1]
    assert letter.subject == "Welkom bij ElektroKring"
    assert "Fijn!" in letter.text


def test_declining_needs_a_reason_and_tells_it(portal: Portal, circle: Circle, carla: User) -> None:
    ask_to_join(circle.kring, by=carla, through=Membership.objects.get(user=carla).organisation)
    url = address(circle.kring, f"beheer/verzoeken/{asked(circle, carla).pk}/")
    assert "Schrijf op waarom." in send(circle.host, url, decision="declined", reason=" ")
    assert asked(circle, carla)
    send(circle.host, url, decision="declined", reason="Wij zijn vol.")
    assert "Wij zijn vol." in mails(carla.email)[-1].text
    assert not is_inside(carla, circle.kring)
    assert not CompanyMembership.objects.filter(organisation__name="Carla BV").exists()


def test_asking_twice_asks_once(circle: Circle, carla: User) -> None:
    mine = Membership.objects.get(user=carla).organisation
    first = ask_to_join(circle.kring, by=carla, through=mine)
    assert ask_to_join(circle.kring, by=carla, through=mine) == first
    colleague = join(mine, person("collega"), "manager").user
    with pytest.raises(Refused, match="Een collega vroeg dit al"):
        ask_to_join(circle.kring, by=colleague, through=mine)
    assert len(mails(kind="ecosystem-request")) == 1


def test_withdrawing(portal: Portal, circle: Circle, carla: User) -> None:
    ask_to_join(circle.kring, by=carla, through=Membership.objects.get(user=carla).organisation)
    request = asked(circle, carla)
    assert "Trek mijn verzoek in" in read(carla, address(circle.kring, "meedoen/"))
    send(carla, address(circle.kring, "meedoen/"), actie="intrekken")
    with pytest.raises(Refused, match="al afgehandeld: ingetrokken"):
        decide_join_request(request, is_accepted=True, by=circle.host)
    assert not is_inside(carla, circle.kring)


def test_who_left_the_company_since_is_not_let_in(circle: Circle, carla: User) -> None:
    mine = Membership.objects.get(user=carla)
    request = ask_to_join(circle.kring, by=carla, through=mine.organisation)
    mine.delete()
    with pytest.raises(Refused, match="geen beheerder meer van dat bedrijf"):
        decide_join_request(request, is_accepted=True, by=circle.host)
    assert not CompanyMembership.objects.filter(organisation__name="Carla BV").exists()
    request.refresh_from_db()
    assert request.outcome == "open"


def test_only_managers_decide(portal: Portal, circle: Circle) -> None:
    user = newcomer_of(circle)
    request = ask_to_join(circle.kring, by=user, through=circle.anna_bv)
    url = address(circle.kring, f"beheer/verzoeken/{request.pk}/")
    for who in (circle.anna, circle.guest, circle.outsider, user):
        assert browser_of(who).get(url).status_code == 404
        assert browser_of(who).post(url, {"decision": "accepted"}).status_code == 404
        with pytest.raises(NotAllowed):
            decide_join_request(request, is_accepted=True, by=who)
    # A request of elsewhere isn't decided here either.
    wrong = address(circle.group, f"beheer/verzoeken/{request.pk}/")
    assert browser_of(circle.host).post(wrong, {"decision": "accepted"}).status_code == 404
    assert not is_inside(user, circle.kring)


def test_nobody_asks_without_a_verified_address(circle: Circle) -> None:
    user = make_person(is_verified=False)
    join(circle.anna_bv, user)
    with pytest.raises(Refused, match="Bevestig eerst"):
        ask_to_join(circle.kring, by=user, through=circle.anna_bv)


def test_asking_to_join_a_group(circle: Circle) -> None:
    """Sibling members ask; who is outside the parent can't."""
    request = ask_to_join(circle.group, by=circle.bram)
    with pytest.raises(NotAllowed):
        ask_to_join(circle.group, by=circle.outsider)
    decide_join_request(request, is_accepted=True, by=circle.host)
    assert is_inside(circle.bram, circle.group)


def test_a_closed_one_says_so(portal: Portal, circle: Circle, carla: User) -> None:
    close_ecosystem(circle.kring, by=circle.host)
    assert "Er komt niemand meer bij." in read(carla, address(circle.kring, "meedoen/"))
    with pytest.raises(Refused, match="gesloten"):
        ask_to_join(circle.kring, by=carla)


# --- leaving and being removed


def test_leaving(portal: Portal, circle: Circle) -> None:
    page = send(circle.anna, address(circle.kring, "verlaten/"))
    assert "Je doet niet meer mee met ElektroKring." in page
    assert not is_inside(circle.anna, circle.group)
    assert "Je deed hier al niet meer mee." in send(circle.anna, address(circle.kring, "verlaten/"), 404)


def test_a_manager_of_a_company_ends_its_membership(portal: Portal, circle: Circle) -> None:
    boss = join(circle.anna_bv, person("baas"), "manager").user
    circle.take_part(boss)
    row = circle.company_row(circle.anna_bv)
    assert "Zeg op voor Anna BV" in read(boss, address(circle.kring, "verlaten/"))
    assert "Zeg op" not in read(circle.anna, address(circle.kring, "verlaten/"))
    assert (
        browser_of(circle.bram).post(address(circle.kring, "verlaten/"), {"bedrijf": str(row.pk)}).status_code
        == 404
    )
    send(boss, address(circle.kring, "verlaten/"), bedrijf=str(row.pk))
    assert not is_inside(circle.anna, circle.kring)
    assert is_inside(circle.bram, circle.kring)


def test_a_manager_removes_somebody_and_they_read_why(portal: Portal, circle: Circle) -> None:
    row = Participation.objects.get(user=circle.anna, ecosystem=circle.kring)
    url = address(circle.kring, f"beheer/mensen/{row.pk}/verwijderen/")
    send(circle.host, url, reason="Reclame in elk bericht.")
    assert not is_inside(circle.anna, circle.group)
    send(circle.host, url)  # the same form again
    assert ["Reclame in elk bericht." in mail.text for mail in mails(kind="ecosystem-removed")] == [True]


def test_who_is_removed_while_a_form_is_open_reads_that_and_keeps_the_text(
    portal: Portal, circle: Circle
) -> None:
    row = Participation.objects.get(user=circle.anna, ecosystem=circle.kring)
    set_role(row, role="manager", by=circle.host)
    url, typed = address(circle.kring, "beheer/huisregels/"), "Wij helpen elkaar verder."
    set_role(row, role="member", by=circle.host)
    page = send(circle.anna, url, 404, text=typed)
    assert "Je bent hier geen beheerder meer." in page and typed in page
    send(circle.host, address(circle.kring, f"beheer/mensen/{row.pk}/verwijderen/"))
    page = send(circle.anna, url, 404, text=typed)
    assert "Je doet hier niet meer mee." in page and typed in page
    # Who never was there is told nothing.
    assert typed not in send(circle.outsider, url, 404, text=typed)
    assert Ecosystem.objects.get(pk=circle.kring.pk).house_rules == ""


def test_coming_back_begins_anew(circle: Circle) -> None:
    """A manager who left the company isn't a manager again by joining another one."""
    row = Participation.objects.get(user=circle.anna, ecosystem=circle.kring)
    set_role(row, role="manager", by=circle.host)
    Membership.objects.filter(user=circle.anna).delete()
    Membership.objects.create(user=circle.anna, organisation=circle.bram_bv)
    back = circle.take_part(circle.anna)
    assert (back.role, back.company) == ("member", circle.company_row(circle.bram_bv))
    row.refresh_from_db()
    assert row.ended_at is not None and row.ended_at <= timezone.now()
