"""Inviting people by mail, and what an invitation opens and for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.joining.addresses import mask, read_addresses
from portal.joining.services import MOST_A_WEEK
from portal.organisations import rules
from portal.organisations.models import Invitation, Organisation
from portal.organisations.services import (
    InvitationGone,
    NotAllowed,
    Refused,
    accept_invitation,
    ask_to_join,
    change_role,
    invite_people,
    merge_organisations,
    remove_member,
    withdraw_invitation,
)
from tests.factories.pages import Portal
from tests.portal.organisations.people import (
    EDITOR,
    MANAGER,
    MEMBER,
    browser_of,
    join,
    log_of,
    mails,
    make_organisation,
    make_person,
    make_staff,
    membership,
    token_for,
)

pytestmark = pytest.mark.django_db
URL = "/organisaties/kozijnfabriek-de-lat/beheer/uitnodigen/"
JO = "jo@kozijn.example"


@pytest.fixture
def token(organisation: Organisation, manager: User) -> str:
    """Of an invitation for Jo."""
    invite_people(organisation, addresses=[JO], by=manager, role=EDITOR)
    return token_for(JO)


def invite(client: Client, addresses: str, **values: str) -> str:
    return client.post(URL, {"addresses": addresses, "role": MEMBER, **values}, follow=True).content.decode()


# --- inviting


def test_each_gets_a_mail_with_a_link_of_their_own(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    page = invite(browser_of(manager), f"{JO}\nJan Smit <JAN@kozijn.example>; piet@kozijn.example")
    assert "3 uitnodigingen verstuurd." in page
    found = mails(kind="organisation-invitation")
    assert [mail.to for mail in found] == [JO, "jan@kozijn.example", "piet@kozijn.example"]
    assert all(mail.subject == "Uitnodiging voor Kozijnfabriek De Lat" for mail in found)
    assert "Mien Beheer nodigt je uit" in found[0].text
    assert len({token_for(mail.to) for mail in found}) == 3


def test_the_link_stands_in_the_mail_alone(token: str) -> None:
    stored = str(Invitation.objects.values().get())
    assert token not in stored
    assert len(token) >= 43
    assert mails(JO)[0].is_secret


def test_inviting_twice_mails_once(portal: Portal, organisation: Organisation, manager: User) -> None:
    client = browser_of(manager)
    invite(client, JO)
    page = invite(client, JO.upper())
    assert "Al uitgenodigd: jo@kozijn.example." in page
    assert (len(mails(JO)), Invitation.objects.count()) == (1, 1)


def test_who_belongs_to_it_gets_none(portal: Portal, organisation: Organisation, manager: User) -> None:
    colleague = join(organisation).user
    assert f"Hoort er al bij: {colleague.email}." in invite(browser_of(manager), colleague.email)
    assert mails() == []


def test_a_thousand_addresses_are_too_many_and_stay_in_the_form(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    typed = "\n".join(f"iemand{number}@kozijn.example" for number in range(1000))
    page = invite(browser_of(manager), typed)
    assert "Je kunt 50 mensen tegelijk uitnodigen. Dit zijn er 1.000." in page
    assert "iemand999@kozijn.example" in page
    assert (mails(), Invitation.objects.count()) == ([], 0)


def test_exactly_fifty_go(portal: Portal, organisation: Organisation, manager: User) -> None:
    typed = " ".join(f"iemand{number}@kozijn.example" for number in range(50))
    assert "50 uitnodigingen verstuurd." in invite(browser_of(manager), typed)


def test_what_is_no_address_is_named_and_nothing_goes(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    page = invite(browser_of(manager), f"{JO}\nniks@\na'<b\njan@@kozijn.example")
    assert "Dit zijn geen e-mailadressen: niks@, a&#x27;&lt;b, jan@@kozijn.example" in page
    assert JO in page
    assert mails() == []


def test_a_hundred_open_ones_are_enough(organisation: Organisation, manager: User) -> None:
    for start in (0, 50):
        addresses = [f"iemand{start + number}@kozijn.example" for number in range(50)]
        invite_people(organisation, addresses=addresses, by=manager)
    with pytest.raises(Refused, match="Er staan al 100 uitnodigingen open"):
        invite_people(organisation, addresses=[JO], by=manager)
    assert Invitation.objects.count() == rules.INVITATIONS.open


def test_one_person_invites_so_many_a_day_over_all_organisations(manager: User) -> None:
    organisations = [make_organisation(f"Bedrijf {letter}", by=manager) for letter in "ABC"]
    for organisation in organisations[:2]:
        for start in (0, 50):
            addresses = [f"iemand{start + number}@kozijn.example" for number in range(50)]
            invite_people(organisation, addresses=addresses, by=manager)
    with pytest.raises(Refused, match="200 mensen per dag"):
        invite_people(organisations[2], addresses=[JO], by=manager)


@pytest.mark.parametrize("role", [EDITOR, MEMBER])
def test_only_managers_invite(portal: Portal, organisation: Organisation, role: str) -> None:
    colleague = join(organisation, role=role).user
    assert browser_of(colleague).post(URL, {"addresses": JO, "role": MEMBER}).status_code == 404
    with pytest.raises(NotAllowed):
        invite_people(organisation, addresses=[JO], by=colleague)


def test_a_guest_has_an_end_and_does_not_manage(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    client = browser_of(manager)
    assert "Een beheerder heeft geen einddatum." in invite(client, JO, role=MANAGER, guest_until=until)
    invite(client, JO, guest_until=until)
    guest = make_person(email=JO)
    accept_invitation(token_for(JO), by=guest)
    assert membership(organisation, guest).ends_on.isoformat() == until  # type: ignore[union-attr]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        client = browser_of(guest)
        assert (
            organisation.get_absolute_url()
            not in client.get("/organisaties/").content.decode().split("Zoek en filter")[0]
        )
        assert "Verlaat deze organisatie" not in client.get(organisation.get_absolute_url()).content.decode()


# --- accepting


def test_who_it_was_sent_to_joins(portal: Portal, organisation: Organisation, token: str) -> None:
    jo = make_person("Jo", JO)
    client = browser_of(jo)
    assert "Sluit je aan bij Kozijnfabriek De Lat" in client.get(f"/uitnodiging/{token}/").content.decode()
    response = client.post(f"/uitnodiging/{token}/")
    assert response["Location"] == organisation.get_absolute_url()
    assert membership(organisation, jo).role == EDITOR
    assert log_of(organisation)[-1] == "joined"


def test_accepting_twice_joins_once(portal: Portal, organisation: Organisation, token: str) -> None:
    client = browser_of(make_person("Jo", JO))
    locations = [client.post(f"/uitnodiging/{token}/")["Location"] for _time in range(2)]
    assert locations == [organisation.get_absolute_url()] * 2
    assert log_of(organisation).count("joined") == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_with_the_link_gets_to_know_nothing(portal: Portal, token: str, method: str) -> None:
    client = browser_of(make_person(email="ander@elders.example"))
    response = getattr(client, method)(f"/uitnodiging/{token}/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Deze uitnodiging is voor j…@kozijn.example." in page
    assert "De Lat" not in page
    assert JO not in page


def test_an_address_that_was_not_verified_does_not_count(
    portal: Portal, organisation: Organisation, token: str
) -> None:
    jo = make_person("Jo", JO, is_verified=False)
    assert browser_of(jo).post(f"/uitnodiging/{token}/").status_code == 404
    assert not organisation.memberships.filter(user=jo).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_led_to_the_door(portal: Portal, token: str, method: str) -> None:
    response = getattr(Client(), method)(f"/uitnodiging/{token}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "j…@kozijn.example" in page
    assert f"/inloggen/?next=%2Fuitnodiging%2F{token}%2F" in page
    assert "De Lat" not in page
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("how", ["used", "withdrawn", "expired"])
@pytest.mark.parametrize("who", ["anonymous", "invited", "other"])
def test_what_is_over_says_so_and_nothing_else(
    portal: Portal, organisation: Organisation, manager: User, token: str, how: str, who: str
) -> None:
    now = timezone.now()
    changes = {
        "used": {"accepted_at": now},
        "withdrawn": {"withdrawn_at": now},
        "expired": {"created_at": now - timedelta(days=15), "expires_at": now - timedelta(days=1)},
    }
    Invitation.objects.update(**changes[how])
    people = {"anonymous": None, "invited": make_person(email=JO), "other": make_person()}
    client = browser_of(people[who])
    words = {"used": "al gebruikt", "withdrawn": "ingetrokken", "expired": "verlopen"}
    for response in (client.get(f"/uitnodiging/{token}/"), client.post(f"/uitnodiging/{token}/")):
        page = response.content.decode()
        assert response.status_code == 410
        assert words[how] in page
        assert "De Lat" not in page
        assert "kozijn.example" not in page
    assert organisation.memberships.count() == 1


@pytest.mark.parametrize("made_up", ["x", "a" * 43, "%00", "é", "..%2F..", "x" * 2000])
def test_a_made_up_link_is_unknown(portal: Portal, made_up: str) -> None:
    for client in (Client(), browser_of(make_person())):
        assert client.get(f"/uitnodiging/{made_up}/").status_code == 404
        assert client.post(f"/uitnodiging/{made_up}/").status_code == 404


def test_it_works_for_two_weeks(organisation: Organisation, manager: User) -> None:
    jo = make_person(email=JO)
    with time_machine.travel("2026-11-01 12:00:00+00:00", tick=False) as clock:
        invite_people(organisation, addresses=[JO], by=manager)
        token = token_for(JO)
        clock.move_to("2026-11-15 12:00:00+00:00")
        with pytest.raises(InvitationGone, match="verlopen"):
            accept_invitation(token, by=jo)
        # A new one takes its place; the old link stays dead.
        assert invite_people(organisation, addresses=[JO], by=manager).sent == (JO,)
        with pytest.raises(InvitationGone, match="ingetrokken"):
            accept_invitation(token, by=jo)
        clock.move_to("2026-11-29 11:59:59+00:00")
        assert accept_invitation(token_for(JO), by=jo).user == jo


def test_withdrawing(portal: Portal, organisation: Organisation, manager: User, token: str) -> None:
    invitation, client = Invitation.objects.get(), browser_of(manager)
    url = f"/organisaties/kozijnfabriek-de-lat/beheer/uitnodigingen/{invitation.pk}/intrekken/"
    stranger = make_person()
    other = make_organisation(by=stranger)
    assert browser_of(stranger).post(url).status_code == 404
    foreign = url.replace("kozijnfabriek-de-lat", other.slug)
    assert browser_of(stranger).post(foreign).status_code == 404
    assert [client.post(url).status_code for _time in range(2)] == [302, 302]
    assert log_of(organisation).count("invitation-withdrawn") == 1
    assert browser_of(make_person(email=JO)).post(f"/uitnodiging/{token}/").status_code == 410


def test_who_was_let_in_meanwhile_keeps_the_higher_role(organisation: Organisation, manager: User) -> None:
    invite_people(organisation, addresses=[JO], by=manager, role=MEMBER)
    jo = make_person(email=JO)
    join(organisation, jo, EDITOR)
    assert accept_invitation(token_for(JO), by=jo).role == EDITOR


def test_an_open_request_ends_with_it(organisation: Organisation, token: str) -> None:
    jo = make_person(email=JO)
    request = ask_to_join(organisation, by=jo)
    accept_invitation(token, by=jo)
    request.refresh_from_db()
    assert request.outcome == "withdrawn"


def test_the_link_leads_to_what_the_organisation_went_into(organisation: Organisation, token: str) -> None:
    bigger, jo = make_organisation("Houtgroep"), make_person(email=JO)
    merge_organisations(organisation, into=bigger, by=make_staff(), reason="Overname")
    assert accept_invitation(token, by=jo).organisation == bigger


def test_the_database_keeps_one_open_a_person(organisation: Organisation, token: str) -> None:
    known = Invitation.objects.get()
    values = {"organisation": organisation, "email": JO, "token_digest": "x", "expires_at": known.expires_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(**values)


# --- addresses


@pytest.mark.parametrize(
    ("typed", "addresses", "wrong"),
    [
        ("", (), ()),
        (" a@b.nl ,A@B.NL;c@d.nl\r\n", ("a@b.nl", "c@d.nl"), ()),
        ('"Smit, Jo" <jo@b.nl>', ("jo@b.nl",), ('"Smit',)),
        ("Jo Smit <jo@b.nl>\nPiet <piet@b.nl>", ("jo@b.nl", "piet@b.nl"), ()),
        ("jo@b.nl niks", ("jo@b.nl",), ("niks",)),
        (f"{'x' * 300}@b.nl", (), (f"{'x' * 300}@b.nl",)),
    ],
)
def test_reading_addresses(typed: str, addresses: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    found = read_addresses(typed)
    assert (found.addresses, found.wrong) == (addresses, wrong)


def test_masking() -> None:
    assert mask("jo.smit@bedrijf.nl") == "j…@bedrijf.nl"


def test_withdrawing_and_inviting_anew_fills_nobodys_mailbox(portal: Portal) -> None:
    boss = make_person()
    company = make_organisation(by=boss)
    for _time in range(MOST_A_WEEK):
        invite_people(company, addresses=["ander@bedrijf.example"], by=boss)
        withdraw_invitation(Invitation.objects.get(withdrawn_at=None), by=boss)
    with pytest.raises(Refused, match="ander@bedrijf.example"):
        invite_people(company, addresses=["Ander@bedrijf.example", "nieuw@bedrijf.example"], by=boss)
    assert mails("nieuw@bedrijf.example") == []
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        invite_people(company, addresses=["ander@bedrijf.example"], by=boss)


@pytest.mark.parametrize("how", ["removed", "member now"])
def test_who_no_longer_manages_comes_back_by_no_invitation_of_their_own(portal: Portal, how: str) -> None:
    boss, other = make_person(), make_person()
    company = make_organisation(by=boss)
    join(company, other, MANAGER)
    second = make_person(email="tweede@voorbeeld.example")
    invite_people(company, addresses=[second.email], by=other, role=MANAGER)
    token = token_for(second.email)
    row = membership(company, other)
    if how == "removed":
        remove_member(row, by=boss, reason="Werkt hier niet meer")
    else:
        change_role(row, role=MEMBER, by=boss)
    with pytest.raises(InvitationGone):
        accept_invitation(token, by=second)


def test_whom_nobody_verified_mails_few_strangers(portal: Portal) -> None:
    boss = make_person()
    company = make_organisation(by=boss, is_public=False)
    most = rules.UNVERIFIED_INVITATIONS.a_day
    crowd = [f"iemand{number}@bedrijf.example" for number in range(most + 1)]
    with pytest.raises(Refused, match=str(most)):
        invite_people(company, addresses=crowd, by=boss)
    invite_people(company, addresses=crowd[:most], by=boss)
    other = make_organisation(by=boss, is_public=False)
    with pytest.raises(Refused, match="per dag"):
        invite_people(other, addresses=crowd[most:], by=boss)
    Organisation.objects.filter(pk=company.pk).update(verified_at=timezone.now())
    invite_people(company, addresses=crowd, by=boss)
    assert Invitation.objects.count() == most + 1
