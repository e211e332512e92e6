"""Roles, leaving, handing over; asking to join and being let in. Nobody leaves an organisation alone by accident."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import EmailDomain, Invitation, JoinRequest, Membership, Organisation
from portal.organisations.services import (
    LastManager,
    NotAllowed,
    Refused,
    accept_invitation,
    appoint_manager,
    ask_to_join,
    belongs_by_domain,
    change_role,
    confirm_domain,
    decide_join_request,
    forget_old,
    hand_over,
    invite_people,
    leave_organisation,
    propose_domain,
    release_for_erasure,
    remove_member,
    set_contact,
    set_listed,
)
from tests.factories.pages import Portal
from tests.factories.taxonomy import OrganisationFactory
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
BASE = "/organisaties/kozijnfabriek-de-lat/"


# --- the last manager


@pytest.mark.parametrize("way", ["leave", "demote"])
def test_the_last_manager_hands_over_first(organisation: Organisation, manager: User, way: str) -> None:
    join(organisation, role=EDITOR)
    own = membership(organisation, manager)
    with pytest.raises(LastManager):
        if way == "leave":
            leave_organisation(organisation, by=manager)
        else:
            change_role(own, role=MEMBER, by=manager)
    assert membership(organisation, manager).role == MANAGER
    assert log_of(organisation) == ["founded"]


def test_another_manager_who_cannot_sign_in_or_is_over_does_not_count(
    organisation: Organisation, manager: User
) -> None:
    join(organisation, make_person(is_active=False), MANAGER)
    join(organisation, role=MANAGER, ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(LastManager):
        leave_organisation(organisation, by=manager)


def test_the_page_to_leave_shows_the_way_to_hand_over(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    client = browser_of(manager)
    for page in (client.get(f"{BASE}verlaten/"), client.post(f"{BASE}verlaten/")):
        assert "Je bent de enige beheerder" in page.content.decode()
        assert f'href="{BASE}beheer/overdragen/"' in page.content.decode()
    assert membership(organisation, manager).role == MANAGER


@pytest.mark.parametrize(("stays", "left"), [("yes", False), ("no", True)])
def test_handing_over(
    portal: Portal, organisation: Organisation, manager: User, stays: str, left: bool
) -> None:
    heir = join(organisation)
    client = browser_of(manager)
    sent = [client.post(f"{BASE}beheer/overdragen/", {"to": heir.pk, "stays": stays}) for _time in range(2)]
    assert sent[0].status_code == 302
    assert membership(organisation, heir.user).role == MANAGER
    assert organisation.memberships.filter(user=manager).exists() != left
    assert log_of(organisation).count("handed-over") == 1
    assert [mail.kind for mail in mails(heir.user.email)] == ["organisation-handed-over"]


def test_the_role_goes_to_one_of_its_own(portal: Portal, organisation: Organisation, manager: User) -> None:
    stranger = join(make_organisation("Elders"))
    page = browser_of(manager).post(f"{BASE}beheer/overdragen/", {"to": stranger.pk, "stays": "yes"})
    assert "error-summary" in page.content.decode()
    with pytest.raises(NotAllowed):
        hand_over(organisation, to=stranger, by=manager)


def test_leaving_twice_is_leaving_once(portal: Portal, organisation: Organisation) -> None:
    colleague = join(organisation).user
    client = browser_of(colleague)
    assert [client.post(f"{BASE}verlaten/")["Location"] for _time in range(2)] == ["/organisaties/", BASE]
    assert log_of(organisation).count("left") == 1
    assert client.get(f"{BASE}verlaten/").status_code == 404


# --- erasure


def test_erasure_is_never_refused_and_staff_find_who_is_left(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    colleague = join(organisation).user
    elsewhere = make_organisation("Elders")
    join(elsewhere, manager)
    invite_people(organisation, addresses=["nieuw@kozijn.example"], by=manager)
    assert release_for_erasure(manager) == [organisation]
    assert not Membership.objects.filter(user=manager).exists()
    manager.delete()
    today = timezone.localdate()
    assert list(Organisation.objects.without_manager(today)) == [organisation]
    staff = browser_of(make_staff())
    home = staff.get("/beheer/").content.decode()
    assert "Zonder beheerder" in home
    assert "Kozijnfabriek De Lat" in home
    listed = staff.get("/beheer/snippets/organisations/organisation/?standing=without-manager")
    assert "Kozijnfabriek De Lat" in listed.content.decode()
    assert "Elders" not in listed.content.decode().split("<table")[-1]
    appoint_manager(organisation, user=colleague, by=make_staff(), reason="Op verzoek van het bedrijf")
    assert not Organisation.objects.without_manager(today).exists()
    assert membership(organisation, colleague).role == MANAGER


def test_nothing_of_a_person_is_left_behind(organisation: Organisation, manager: User) -> None:
    address = "kanarie@kozijn.example"
    invite_people(organisation, addresses=[address], by=manager)
    bird = make_person("Kanarie", address)
    accept_invitation(token_for(address), by=bird)
    ask_to_join(make_organisation("Elders"), by=bird, message="Ik ben Kanarie")
    release_for_erasure(bird)
    rows: list[Any] = []
    for model in (Membership, Invitation, JoinRequest, type(organisation.events.get_queryset().first())):
        rows += model._default_manager.values()
    assert bird.pk not in [row.get("subject_id") for row in rows if row.get("kind") == "left"]
    assert "kanarie" not in str(rows).lower()
    bird.delete()
    assert not Invitation.objects.unanswered().exists()


def test_an_organisation_that_only_a_case_names_lacks_nobody() -> None:
    OrganisationFactory.create(name="Staat in een praktijkvoorbeeld")
    assert not Organisation.objects.without_manager(timezone.localdate()).exists()


# --- roles


def test_a_manager_gives_roles(portal: Portal, organisation: Organisation, manager: User) -> None:
    colleague = join(organisation)
    url = f"{BASE}beheer/mensen/{colleague.pk}/"
    client = browser_of(manager)
    assert "error-summary" not in client.get(url).content.decode()
    sent = [client.post(url, {"role": EDITOR, "ends_on": ""}).status_code for _time in range(2)]
    assert sent == [302, 302]
    assert membership(organisation, colleague.user).role == EDITOR
    assert log_of(organisation).count("role-changed") == 1


@pytest.mark.parametrize("role", [EDITOR, MEMBER])
def test_nobody_else_does(portal: Portal, organisation: Organisation, role: str) -> None:
    colleague, other = join(organisation, role=role), join(organisation)
    for row in (colleague, other):
        url = f"{BASE}beheer/mensen/{row.pk}/"
        assert browser_of(colleague.user).post(url, {"role": MANAGER}).status_code == 404
        assert browser_of(colleague.user).post(f"{url}verwijderen/").status_code == 404
        with pytest.raises(NotAllowed):
            change_role(row, role=MANAGER, by=colleague.user)
        with pytest.raises(NotAllowed):
            set_contact(row, is_contact=True, by=colleague.user)
        with pytest.raises(NotAllowed):
            remove_member(row, by=colleague.user)


def test_a_manager_of_another_company_reaches_nobody_here(portal: Portal, organisation: Organisation) -> None:
    boss = make_person()
    other = make_organisation("Elders", by=boss)
    colleague = join(organisation)
    client = browser_of(boss)
    for slug in (organisation.slug, other.slug):
        url = f"/organisaties/{slug}/beheer/mensen/{colleague.pk}/"
        assert client.get(url).status_code == 404
        assert client.post(url, {"role": MEMBER}).status_code == 404
        assert client.get(f"{url}verwijderen/").status_code == 404
    client.post(f"/organisaties/{other.slug}/beheer/mensen/{colleague.pk}/verwijderen/")
    assert membership(organisation, colleague.user).role == MEMBER


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"role": MANAGER, "ends_on": "2999-01-01"}, "Een beheerder heeft geen einddatum."),
        ({"role": MEMBER, "ends_on": "2001-01-01"}, "Die datum is al voorbij."),
        ({"role": "koning"}, "koning"),
        ({"role": MEMBER, "ends_on": "morgen"}, "datum"),
    ],
)
def test_an_odd_role_is_refused_in_words(
    portal: Portal, organisation: Organisation, manager: User, values: dict[str, str], said: str
) -> None:
    colleague = join(organisation)
    page = browser_of(manager).post(f"{BASE}beheer/mensen/{colleague.pk}/", values).content.decode()
    assert "error-summary" in page
    assert said in page
    assert membership(organisation, colleague.user).role == MEMBER


def test_a_manager_may_be_the_contact_too(portal: Portal, organisation: Organisation, manager: User) -> None:
    own = membership(organisation, manager)
    client = browser_of(manager)
    client.post(f"{BASE}beheer/mensen/{own.pk}/", {"actie": "contact"})
    own.refresh_from_db()
    assert (own.role, own.is_contact) == (MANAGER, True)
    client.post(f"{BASE}beheer/mensen/{own.pk}/", {"actie": "geen-contact"})
    own.refresh_from_db()
    assert (own.role, own.is_contact) == (MANAGER, False)


def test_removing_tells_who_it_is_about(portal: Portal, organisation: Organisation, manager: User) -> None:
    colleague = join(organisation)
    client, url = browser_of(manager), f"{BASE}beheer/mensen/{colleague.pk}/verwijderen/"
    sent = [client.post(url, {"reason": "Werkt hier niet meer"}).status_code for _time in range(2)]
    assert sent == [302, 302]
    assert not organisation.memberships.filter(user=colleague.user).exists()
    assert [mail.kind for mail in mails(colleague.user.email)] == ["organisation-removed"]
    assert "Werkt hier niet meer" in mails(colleague.user.email)[0].text
    assert log_of(organisation).count("removed") == 1
    # Who is removed while writing is met with a plain 404, and sees nothing more.
    assert browser_of(colleague.user).get(f"{BASE}beheer/").status_code == 404


def test_a_manager_does_not_remove_himself(organisation: Organisation, manager: User) -> None:
    with pytest.raises(Refused, match="Verlaat deze organisatie"):
        remove_member(membership(organisation, manager), by=manager)


def test_a_person_may_belong_to_two(portal: Portal, organisation: Organisation, manager: User) -> None:
    make_organisation("Tweede Bedrijf", by=manager)
    page = browser_of(manager).get("/organisaties/").content.decode()
    own = page[page.index("Jouw organisaties:") :].split("</p>")[0]
    assert "Kozijnfabriek De Lat" in own
    assert "Tweede Bedrijf" in own


# --- being seen


def test_one_chooses_oneself_to_be_seen(portal: Portal, organisation: Organisation) -> None:
    bird = join(organisation, make_person("Kanarie Pieters"))
    assert "Kanarie Pieters" not in Client().get(BASE).content.decode()
    assert "Kanarie Pieters" in browser_of(bird.user).get(BASE).content.decode()
    for _time in range(2):
        browser_of(bird.user).post(f"{BASE}zichtbaar/", {"tonen": "ja"})
    assert Membership.objects.get(pk=bird.pk).is_listed
    assert "Kanarie Pieters" in browser_of(make_person()).get(BASE).content.decode()
    assert bird.user.email not in browser_of(make_person()).get(BASE).content.decode()


def test_nobody_chooses_it_for_another(organisation: Organisation, manager: User) -> None:
    with pytest.raises(NotAllowed):
        set_listed(join(organisation), is_listed=True, by=manager)


def test_who_has_no_name_is_not_shown_by_address(portal: Portal, organisation: Organisation) -> None:
    nameless = make_person(email="geheim@kozijn.example")
    User.objects.filter(pk=nameless.pk).update(name="")
    join(organisation, nameless, is_listed=True)
    page = Client().get(BASE).content.decode()
    assert "Iemand zonder naam" in page
    assert "geheim@" not in page


# --- asking to join


def test_asking_and_being_let_in(portal: Portal, organisation: Organisation, manager: User) -> None:
    newcomer = make_person("Nel Nieuw")
    client = browser_of(newcomer)
    for _time in range(2):
        client.post(f"{BASE}aanvragen/", {"message": "Ik sta op de zagerij"})
    request = JoinRequest.objects.get()
    assert [mail.kind for mail in mails(manager.email)] == ["organisation-join-request"]
    assert "Nel Nieuw" not in mails(manager.email)[0].text
    url = f"{BASE}beheer/aanvragen/{request.pk}/"
    boss = browser_of(manager)
    assert url in boss.get(BASE).content.decode()
    assert "Ik sta op de zagerij" in boss.get(url).content.decode()
    for _time in range(2):
        assert boss.post(url, {"decision": "accepted", "reason": ""}).status_code == 302
    assert membership(organisation, newcomer).role == MEMBER
    assert [mail.kind for mail in mails(newcomer.email)] == ["organisation-join-accepted"]
    assert log_of(organisation) == ["founded", "asked", "joined"]


def test_another_decision_comes_too_late(portal: Portal, organisation: Organisation, manager: User) -> None:
    request = ask_to_join(organisation, by=make_person())
    url = f"{BASE}beheer/aanvragen/{request.pk}/"
    client = browser_of(manager)
    client.post(url, {"decision": "declined", "reason": "Wij kennen je niet"})
    page = client.post(url, {"decision": "accepted"}).content.decode()
    assert "Dit is al afgehandeld: afgewezen." in page
    assert organisation.memberships.count() == 1
    assert "Wij kennen je niet" in mails(request.user.email)[0].text


def test_taking_a_request_back(portal: Portal, organisation: Organisation) -> None:
    client = browser_of(make_person())
    client.post(f"{BASE}aanvragen/", {"message": ""})
    for _time in range(2):
        assert client.post(f"{BASE}aanvragen/", {"actie": "intrekken"}).status_code == 302
    assert JoinRequest.objects.get().outcome == "withdrawn"


def test_who_did_not_verify_an_address_does_not_ask(portal: Portal, organisation: Organisation) -> None:
    client = browser_of(make_person(is_verified=False))
    page = client.post(f"{BASE}aanvragen/", {"message": "Blijft staan"}).content.decode()
    assert "Bevestig eerst je e-mailadres." in page
    assert "Blijft staan" in page
    assert not JoinRequest.objects.exists()


def test_nobody_asks_everywhere_or_for_ever(organisation: Organisation, manager: User) -> None:
    keen = make_person()
    for _time in range(3):
        request = ask_to_join(organisation, by=keen)
        decide_join_request(request, is_accepted=False, by=manager)
    with pytest.raises(Refused, match="al een paar keer"):
        ask_to_join(organisation, by=keen)
    for number in range(5):
        ask_to_join(make_organisation(f"Bedrijf {number}"), by=keen)
    with pytest.raises(Refused, match="al genoeg aanvragen"):
        ask_to_join(make_organisation("Nog een"), by=keen)


@pytest.mark.parametrize("role", [EDITOR, MEMBER])
def test_only_managers_decide(portal: Portal, organisation: Organisation, role: str) -> None:
    request = ask_to_join(organisation, by=make_person())
    colleague = join(organisation, role=role).user
    url = f"{BASE}beheer/aanvragen/{request.pk}/"
    for who in (colleague, request.user):
        assert browser_of(who).post(url, {"decision": "accepted"}).status_code == 404
        with pytest.raises(NotAllowed):
            decide_join_request(request, is_accepted=True, by=who)


def test_a_guest_whose_time_is_over_comes_back_as_a_member(organisation: Organisation, manager: User) -> None:
    guest = join(organisation, role=EDITOR, ends_on=timezone.localdate() - timedelta(days=1), is_listed=True)
    decide_join_request(ask_to_join(organisation, by=guest.user), is_accepted=True, by=manager)
    row = membership(organisation, guest.user)
    assert (row.role, row.ends_on, row.is_listed) == (MEMBER, None, False)


# --- e-mail domains


def test_a_domain_helps_to_decide_and_lets_nobody_in(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    domain = propose_domain(organisation, domain="@Kozijn.Example", by=manager)
    assert domain.domain == "kozijn.example"
    colleague, stranger = make_person(email="nel@kozijn.example"), make_person(email="x@elders.example")
    liar = make_person(email="nep@kozijn.example", is_verified=False)
    assert not belongs_by_domain(organisation, colleague)
    assert confirm_domain(domain, by=make_staff())
    assert [belongs_by_domain(organisation, who) for who in (colleague, stranger, liar)] == [
        True,
        False,
        False,
    ]
    assert (
        "Je e-mailadres hoort bij Kozijnfabriek De Lat."
        in browser_of(colleague).get("/organisaties/").content.decode()
    )
    for who in (stranger, liar, manager):
        assert "Je e-mailadres hoort bij" not in browser_of(who).get("/organisaties/").content.decode()
    request = ask_to_join(organisation, by=colleague)
    page = browser_of(manager).get(f"{BASE}beheer/aanvragen/{request.pk}/").content.decode()
    assert "Het adres hoort bij een domein van jullie organisatie." in page
    assert not organisation.memberships.filter(user=colleague).exists()


@pytest.mark.parametrize(
    "typed",
    ["gmail.com", "LIVE.nl", "post.ziggo.nl", "kozijn", "a b.nl", "", "-x.nl", "x" * 200 + ".nl", "é.nl"],
)
def test_what_says_nothing_about_where_one_works_is_refused(
    portal: Portal, organisation: Organisation, manager: User, typed: str
) -> None:
    page = browser_of(manager).post(f"{BASE}beheer/domeinen/", {"domain": typed}).content.decode()
    assert "error-summary" in page
    assert not EmailDomain.objects.exists()


def test_a_domain_is_of_one_organisation(organisation: Organisation, manager: User) -> None:
    boss = make_person()
    other = make_organisation("Elders", by=boss)
    mine = propose_domain(organisation, domain="kozijn.example", by=manager)
    theirs = propose_domain(other, domain="kozijn.example", by=boss)
    confirm_domain(mine, by=make_staff())
    with pytest.raises(Refused, match="al bevestigd voor een andere"):
        confirm_domain(theirs, by=make_staff())
    with pytest.raises(NotAllowed):
        confirm_domain(theirs, by=boss)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailDomain.objects.filter(pk=theirs.pk).update(confirmed_at=timezone.now())


# --- the list of people


def test_managers_take_the_list_along_without_formulas(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    join(organisation, make_person("=HYPERLINK(0)", "=x@kozijn.example"), EDITOR)
    response = browser_of(manager).get(f"{BASE}beheer/mensen.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert response["Content-Type"].startswith("text/csv")
    assert [row[:3] for row in rows] == [
        ["naam", "e-mailadres", "rol"],
        ["Mien Beheer", "mien@kozijn.example", "beheerder"],
        ["'=HYPERLINK(0)", "'=x@kozijn.example", "redacteur"],
    ]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("role", [EDITOR, MEMBER])
def test_nobody_else_takes_it(portal: Portal, organisation: Organisation, role: str) -> None:
    colleague = join(organisation, role=role).user
    assert browser_of(colleague).get(f"{BASE}beheer/mensen.csv").status_code == 404


def test_an_editor_sees_no_addresses(portal: Portal, organisation: Organisation, manager: User) -> None:
    editor = join(organisation, role=EDITOR).user
    page = browser_of(editor).get(f"{BASE}beheer/").content.decode()
    assert "Mien Beheer" in page
    assert manager.email not in page
    assert "uitnodigen" not in page


# --- what is kept


def test_addresses_and_requests_are_kept_no_longer_than_they_serve(
    organisation: Organisation, manager: User
) -> None:
    invite_people(organisation, addresses=["x@kozijn.example", "y@kozijn.example"], by=manager)
    request = ask_to_join(organisation, by=make_person())
    decide_join_request(request, is_accepted=False, by=manager)
    now = timezone.now()
    forget_old(now + timedelta(days=100))
    assert Invitation.objects.exclude(email="").count() == 2
    forget_old(now + timedelta(days=14 + 91))
    assert not Invitation.objects.exclude(email="").exists()
    assert JoinRequest.objects.exists()
    forget_old(now + timedelta(days=366))
    assert not JoinRequest.objects.exists()


# --- the log


def test_the_log_holds_no_reason_that_names_somebody(organisation: Organisation, manager: User) -> None:
    remove_member(join(organisation), by=manager, reason="Kanarie Pieters werkt hier niet meer")
    assert "Kanarie" not in str(list(organisation.events.values()))


def test_the_log_is_only_added_to(organisation: Organisation) -> None:
    for change in (organisation.events.all().delete, lambda: organisation.events.all().update(text="x")):
        with pytest.raises(TypeError, match="only added to"):
            change()
    assert log_of(organisation) == ["founded"]
