"""Inviting people by mail, and what an invitation opens and for whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from network.ecosystems import rules
from network.ecosystems.models import CompanyMembership, EcosystemInvitation, Participation
from network.ecosystems.rules import is_inside
from network.ecosystems.services import (
    InvitationGone,
    NotAllowed,
    Refused,
    accept_invitation,
    ask_to_join,
    change_house_rules,
    close_ecosystem,
    end_participation,
    invite_people,
)
from portal.accounts.models import User
from portal.joining.services import Limits
from portal.organisations.models import Membership
from tests.factories.pages import Portal
from tests.network.ecosystems.conftest import Circle, address, change, company, read, send
from tests.portal.organisations.people import browser_of, join, mails, make_person

pytestmark = pytest.mark.django_db
JO = "jo@elders.example"
INVITE = "beheer/uitnodigen/"
TODAY = timezone.localdate


def token_for(mail_address: str) -> str:
    """As it stands in the last invitation that was mailed there."""
    text = mails(mail_address, "ecosystem-invitation")[-1].text
    found = re.search(r"/ecosystemen/uitnodiging/([^/\s]+)/", text)
    assert found is not None, text
    return found[1]


def link(token: str) -> str:
    return f"/ecosystemen/uitnodiging/{token}/"


@pytest.fixture
def token(circle: Circle) -> str:
    """Of an invitation for Jo as a guest, to an ecosystem that nobody outside knows of."""
    change(circle.kring, visibility="hidden", joining="invitation")
    invite_people(
        circle.kring, addresses=[JO], by=circle.host, guest_until=TODAY() + timedelta(days=60)
    )  # fmt: skip
    return token_for(JO)


# --- inviting


def test_each_gets_a_mail_with_a_link_of_their_own(portal: Portal, circle: Circle) -> None:
    page = send(
        circle.host,
        address(circle.kring, INVITE),
        addresses=f"{JO}\nJan Smit <JAN@elders.example>; {circle.anna.email}",
    )
    assert "2 uitnodigingen verstuurd." in page
    assert f"Doet al mee: {circle.anna.email}." in page
    found = mails(kind="ecosystem-invitation")
    assert [mail.to for mail in found] == [JO, "jan@elders.example"]
    assert all(mail.is_secret and mail.subject == "Uitnodiging voor ElektroKring" for mail in found)
    assert "Host nodigt je uit" in found[0].text
    assert token_for(JO) != token_for("jan@elders.example")
    assert token_for(JO) not in str(list(EcosystemInvitation.objects.values()))
    page = send(circle.host, address(circle.kring, INVITE), addresses=JO.upper())
    assert f"Al uitgenodigd: {JO}." in page
    assert len(mails(JO)) == 1


def test_a_thousand_addresses_are_too_many_and_stay_in_the_form(portal: Portal, circle: Circle) -> None:
    typed = "\n".join(f"iemand{number}@elders.example" for number in range(1000))
    page = send(circle.host, address(circle.kring, INVITE), addresses=typed)
    assert "Je kunt 50 mensen tegelijk uitnodigen. Dit zijn er 1.000." in page
    assert "iemand999@elders.example" in page
    assert not EcosystemInvitation.objects.exists()
    with pytest.raises(Refused, match="Dit zijn er 1.000"):
        invite_people(circle.kring, addresses=typed.split(), by=circle.host)


def test_exactly_fifty_go(portal: Portal, circle: Circle) -> None:
    typed = " ".join(f"iemand{number}@elders.example" for number in range(50))
    assert "50 uitnodigingen verstuurd." in send(
        circle.host, address(circle.kring, INVITE), addresses=typed
    )  # fmt: skip


def test_what_is_no_address_is_named_and_nothing_goes(portal: Portal, circle: Circle) -> None:
    page = send(circle.host, address(circle.kring, INVITE), addresses=f"{JO}\nniks@\na'<b")
    assert "Dit zijn geen e-mailadressen: niks@, a'<b" in page
    assert JO in page
    assert mails(JO) == []


def test_only_managers_invite(portal: Portal, circle: Circle) -> None:
    for who in (circle.anna, circle.guest, circle.outsider):
        assert (
            browser_of(who).post(address(circle.kring, INVITE), {"addresses": JO}).status_code == 404
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            invite_people(circle.kring, addresses=[JO], by=who)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_guest_has_an_end_within_a_year(portal: Portal, circle: Circle, days: int) -> None:
    until = (TODAY() + timedelta(days=days)).isoformat()
    page = send(circle.host, address(circle.kring, INVITE), addresses=JO, guest_until=until)
    assert "binnen een jaar" in page and JO in page
    assert mails(JO) == []


def test_so_many_open_and_so_many_a_day(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "INVITATIONS", Limits(at_once=50, open=3, a_day=200))
    invite_people(circle.kring, addresses=[f"a{n}@elders.example" for n in range(3)], by=circle.host)
    with pytest.raises(Refused, match="Er staan al 3 uitnodigingen open"):
        invite_people(circle.kring, addresses=[JO], by=circle.host)
    monkeypatch.setattr(rules, "INVITATIONS", Limits(at_once=50, open=300, a_day=3))
    with pytest.raises(Refused, match="per dag"):
        invite_people(circle.group, addresses=[JO], by=circle.host)


# --- accepting


def test_a_guest_comes_in(portal: Portal, circle: Circle, token: str) -> None:
    jo = make_person("Jo", JO)
    page = read(jo, link(token))
    assert "Doe mee met ElektroKring" in page and "Je doet mee als gast, tot en met" in page
    for _time in range(2):
        response = browser_of(jo).post(link(token))
        assert response["Location"] == address(circle.kring)
    assert is_inside(jo, circle.kring)
    assert Participation.objects.filter(user=jo).count() == 1
    assert len(mails(JO, "ecosystem-welcome")) == 1


def test_a_company_comes_in_with_its_manager(portal: Portal, circle: Circle) -> None:
    """The ecosystem's manager invited, the company's accepts: both said yes."""
    change(circle.kring, joining="invitation")
    invite_people(circle.kring, addresses=[JO], by=circle.host)
    jo = make_person("Jo", JO)
    assert "Je hoort hier nog bij geen bedrijf." in read(jo, link(token_for(JO)))
    assert not is_inside(jo, circle.kring)
    mine = company("Jo BV", jo, role="manager")
    assert "Het bedrijf wordt daarmee lid." in read(jo, link(token_for(JO)))
    send(jo, link(token_for(JO)))
    assert CompanyMembership.objects.current().get(organisation=mine).ecosystem == circle.kring
    assert Participation.objects.get(user=jo).company.organisation == mine


def test_a_member_of_a_company_cannot_bring_it(portal: Portal, circle: Circle) -> None:
    invite_people(circle.kring, addresses=[JO], by=circle.host)
    jo = make_person("Jo", JO)
    mine = company("Jo BV", jo)
    assert "Vraag een beheerder van Jo BV" in read(jo, link(token_for(JO)))
    with pytest.raises(Refused, match="Jo BV is nog geen lid"):
        accept_invitation(token_for(JO), by=jo, through=mine)
    # The invitation waits until the company is in.
    assert EcosystemInvitation.objects.get().is_open(timezone.now())


def test_house_rules_are_accepted_on_the_way(portal: Portal, circle: Circle, token: str) -> None:
    change_house_rules(circle.kring, text="Wees kort.", by=circle.host)
    jo = make_person("Jo", JO)
    assert "Wees kort." in read(jo, link(token))
    assert "Lees de huisregels en vink aan" in send(jo, link(token), version="2")
    assert "intussen gewijzigd" in send(jo, link(token), version="1", rules="on")
    assert not is_inside(jo, circle.kring)
    send(jo, link(token), version="2", rules="on")
    assert Participation.objects.get(user=jo).rules_version == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_with_the_link_gets_to_know_nothing(
    portal: Portal, circle: Circle, token: str, method: str
) -> None:
    response = getattr(browser_of(circle.outsider), method)(link(token))
    page = response.content.decode()
    assert response.status_code == 404
    assert "Deze uitnodiging is voor j…@elders.example." in page
    assert "ElektroKring" not in page and JO not in page


def test_an_address_that_was_not_verified_does_not_count(portal: Portal, circle: Circle, token: str) -> None:
    jo = make_person("Jo", JO, is_verified=False)
    assert browser_of(jo).post(link(token)).status_code == 404
    assert not is_inside(jo, circle.kring)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_led_to_the_door(portal: Portal, token: str, method: str) -> None:
    response = getattr(Client(), method)(link(token))
    page = response.content.decode()
    assert response.status_code == 200
    assert "j…@elders.example" in page
    assert f"/inloggen/?next=%2Fecosystemen%2Fuitnodiging%2F{token}%2F" in page
    assert "ElektroKring" not in page
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("how", ["used", "withdrawn", "expired", "over", "closed"])
@pytest.mark.parametrize("who", ["anonymous", "invited", "other"])
def test_what_is_gone_says_so_and_nothing_else(
    portal: Portal, circle: Circle, token: str, how: str, who: str
) -> None:
    now = timezone.now()
    changes = {
        "used": {"accepted_at": now},
        "withdrawn": {"withdrawn_at": now},
        "expired": {"created_at": now - timedelta(days=15), "expires_at": now - timedelta(days=1)},
        "over": {"guest_until": TODAY() - timedelta(days=1)},
        "closed": {},
    }
    if how == "closed":
        close_ecosystem(circle.kring, by=circle.host)
    else:
        EcosystemInvitation.objects.update(**changes[how])
    people = {"anonymous": None, "invited": make_person(email=JO), "other": circle.outsider}
    words = {
        "used": "al gebruikt",
        "withdrawn": "ingetrokken",
        "expired": "verlopen",
        "over": "verlopen",
        "closed": "gesloten",
    }
    client = browser_of(people[who])
    for response in (client.get(link(token)), client.post(link(token))):
        page = response.content.decode()
        assert response.status_code == 410
        assert words[how] in page
        assert "ElektroKring" not in page and "elders.example" not in page


@pytest.mark.parametrize("made_up", ["x", "a" * 43, "%00", "é", "x" * 2000])
def test_a_made_up_link_is_unknown(portal: Portal, circle: Circle, made_up: str) -> None:
    for client in (Client(), browser_of(circle.anna)):
        assert client.get(link(made_up)).status_code == 404
        assert client.post(link(made_up)).status_code == 404


def test_it_works_for_two_weeks(circle: Circle) -> None:
    jo = make_person(email=JO)
    join(circle.anna_bv, jo)
    with time_machine.travel("2026-12-01 12:00:00+00:00", tick=False) as clock:
        invite_people(circle.kring, addresses=[JO], by=circle.host)
        old = token_for(JO)
        clock.move_to("2026-12-15 12:00:00+00:00")
        with pytest.raises(InvitationGone, match="verlopen"):
            accept_invitation(old, by=jo)
        assert invite_people(circle.kring, addresses=[JO], by=circle.host).sent == (JO,)
        with pytest.raises(InvitationGone, match="ingetrokken"):
            accept_invitation(old, by=jo)
        clock.move_to("2026-12-29 11:59:59+00:00")
        assert accept_invitation(token_for(JO), by=jo).user == jo


def test_withdrawing(portal: Portal, circle: Circle, token: str) -> None:
    row = EcosystemInvitation.objects.get()
    url = address(circle.kring, f"beheer/uitnodigingen/{row.pk}/intrekken/")
    for who in (circle.anna, circle.outsider):
        assert browser_of(who).post(url).status_code == 404
    elsewhere = address(circle.group, f"beheer/uitnodigingen/{row.pk}/intrekken/")
    assert browser_of(circle.host).post(elsewhere).status_code == 404
    assert [browser_of(circle.host).post(url).status_code for _time in range(2)] == [302, 302]
    assert browser_of(make_person(email=JO)).post(link(token)).status_code == 410


def test_an_invitation_to_a_group_needs_the_parent(portal: Portal, circle: Circle) -> None:
    invite_people(circle.group, addresses=[JO, circle.bram.email], by=circle.host)
    with pytest.raises(Refused, match="eerst mee in het ecosysteem"):
        accept_invitation(token_for(JO), by=make_person(email=JO))
    accept_invitation(token_for(circle.bram.email), by=circle.bram)
    assert is_inside(circle.bram, circle.group)


def test_who_was_removed_does_not_come_back_by_a_used_link(circle: Circle, token: str) -> None:
    jo = make_person(email=JO)
    row = accept_invitation(token, by=jo)
    end_participation(row, by=circle.host)
    with pytest.raises(InvitationGone, match="al gebruikt"):
        accept_invitation(token, by=jo)
    assert not is_inside(jo, circle.kring)


def test_an_open_request_ends_with_it(circle: Circle) -> None:
    jo = make_person(email=JO)
    join(circle.anna_bv, jo)
    request = ask_to_join(circle.kring, by=jo, through=circle.anna_bv)
    invite_people(circle.kring, addresses=[JO], by=circle.host)
    accept_invitation(token_for(JO), by=jo)
    request.refresh_from_db()
    assert request.outcome == "withdrawn"


def test_the_database_keeps_one_open_an_address(circle: Circle, token: str) -> None:
    known = EcosystemInvitation.objects.get()
    values = {
        "ecosystem": circle.kring,
        "email": JO,
        "token_digest": "x",
        "expires_at": known.expires_at,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        EcosystemInvitation.objects.create(**values)


def test_a_guest_of_two_weeks_is_out_after_them(circle: Circle, token: str) -> None:
    jo: User = make_person(email=JO)
    accept_invitation(token, by=jo)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert not is_inside(jo, circle.kring)
    assert not Membership.objects.filter(user=jo).exists()
