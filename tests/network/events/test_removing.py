"""Who registered gets a confirmation; an organiser takes somebody off the list, who reads why."""

from __future__ import annotations

import datetime
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.events.models import Event, Registration, Removal
from network.events.services import (
    NotAllowed,
    Refused,
    accept_offer,
    allow_again,
    forget_registrations,
    register,
    remove_registration,
    withdraw,
)
from portal.accounts.models import User
from portal.mail.models import Mail
from portal.notifications.kinds import shown
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification
from tests.network.ecosystems.conftest import Circle, read
from tests.network.events.conftest import DAY, address, plan, states, told
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
WHY = "Je bedrijf is al met drie mensen."


@pytest.fixture
def full(members: Circle) -> Event:
    """One place, which Anna has; Bram waits."""
    event = plan(members.host, members.kring, capacity=1, title="Plannen")
    register(event, by=members.anna)
    register(event, by=members.bram)
    return event


def of(event: Event, user: User) -> Registration:
    return Registration.objects.get(event=event, user=user)


def texts(user: User) -> list[str]:
    rows = list(Notification.objects.filter(recipient=user, kind__startswith="events."))
    return [each.text for each in shown(user, rows).values()]


def mail_to(user: User) -> Mail:
    mail_due(timezone.now() + DAY)
    return Mail.objects.filter(to=user.email).latest("pk")


def test_who_registers_gets_a_mail_with_the_calendar_and_how_to_cancel(full: Event, members: Circle) -> None:
    mail = mail_to(members.anna)
    assert mail.subject.startswith("Je bent aangemeld voor “Plannen” op ")
    assert f"Zet in je agenda: http://testserver{address(full, 'agenda.ics')}" in mail.text
    assert "Meld je af op de pagina van de bijeenkomst" in mail.text
    assert f'{address(full, "agenda.ics")}"' in mail.html
    assert "Voorbeeldstraat" not in mail.text and "geheime-kamer" not in mail.text


def mails_of_a_loop(event: Event, user: User, begin: datetime.datetime, times: int) -> int:
    """Who withdraws and comes back again and again, with all mail sent that is due; how many mails they got."""
    before = Mail.objects.filter(to=user.email).count()
    for number in range(times):
        at = begin + datetime.timedelta(minutes=10 * number)
        register(event, by=user, at=at)
        mail_due(at + datetime.timedelta(minutes=5))
        withdraw(event, by=user, at=at + datetime.timedelta(minutes=6))
    return Mail.objects.filter(to=user.email).count() - before


def test_who_comes_back_at_once_gets_no_second_mail_but_is_registered(members: Circle) -> None:
    event, now = plan(members.host, members.kring, title="Plannen"), timezone.now()
    assert mails_of_a_loop(event, members.anna, now, 5) == 1
    assert texts(members.anna) == []
    again = register(event, by=members.anna, at=now + datetime.timedelta(minutes=55))
    assert again.state == "registered"
    assert [text.split(" voor")[0] for text in texts(members.anna)] == ["Je bent aangemeld"]
    withdraw(event, by=members.anna, at=now + datetime.timedelta(minutes=56))
    # Later it is news again; another meeting is another mail.
    assert mails_of_a_loop(event, members.anna, now + datetime.timedelta(hours=2), 3) == 1
    other = plan(members.host, members.kring, title="Meten")
    assert mails_of_a_loop(other, members.anna, now, 2) == 1


def test_a_place_that_comes_free_is_mailed_however_short_ago_one_waited(full: Event, members: Circle) -> None:
    now = timezone.now()
    mail_due(now + datetime.timedelta(minutes=5))
    withdraw(full, by=members.anna, at=now + datetime.timedelta(minutes=6))
    accept_offer(full, by=members.bram, at=now + datetime.timedelta(minutes=7))
    mail_due(now + datetime.timedelta(minutes=12))
    assert Mail.objects.filter(to=members.bram.email).latest("pk").subject.startswith("Je bent aangemeld")


def test_who_waits_reads_that_it_is_the_waiting_list(full: Event, members: Circle) -> None:
    mail = mail_to(members.bram)
    assert mail.subject.startswith("Je staat op de wachtlijst voor “Plannen” op ")
    assert "Komt er een plek vrij, dan hoor je het." in mail.text
    assert "aangemeld voor" not in mail.text


def test_a_place_that_was_accepted_is_confirmed_and_one_that_was_given_up_no_longer(
    full: Event, members: Circle
) -> None:
    register(full, by=members.anna)
    assert Notification.objects.filter(kind="events.registered").count() == 1  # twice is once
    withdraw(full, by=members.anna)
    assert told("registered", of(full, members.anna).pk) == set()
    accept_offer(full, by=members.bram)
    assert [text.split(" voor")[0] for text in texts(members.bram)] == ["Je bent aangemeld"]
    register(full, by=members.anna)
    assert told("waiting", of(full, members.anna).pk) == {"Anna"}


def test_taken_off_the_list_the_next_one_is_asked_and_the_person_reads_why(
    full: Event, members: Circle
) -> None:
    mine = of(full, members.anna)
    removal = remove_registration(full, registration=mine.pk, reason=f"  {WHY}\n", by=members.host)
    assert remove_registration(full, registration=mine.pk, reason="Anders.", by=members.host) == removal
    assert states(full) == {"Anna": "cancelled", "Bram": "offered"}
    assert (removal.reason, removal.by) == (WHY, members.host)
    mail = mail_to(members.anna)
    assert mail.subject == "De organisator haalde je aanmelding voor “Plannen” weg"
    assert f"Waarom: {WHY}" in mail.text
    page = read(members.anna, address(full))
    assert WHY in page and "Meld me aan" not in page and "Zet me op de wachtlijst" not in page
    for other in (members.bram, members.host):
        assert WHY not in read(other, address(full))
    with pytest.raises(Refused, match="haalde je aanmelding weg"):
        register(full, by=members.anna)


def test_who_waits_can_be_taken_off_too_and_who_is_let_back_begins_at_the_end(
    full: Event, members: Circle
) -> None:
    mine = of(full, members.bram)
    removal = remove_registration(full, registration=mine.pk, reason=WHY, by=members.host)
    assert states(full) == {"Anna": "registered", "Bram": "cancelled"}
    assert allow_again(full, registration=mine.pk, by=members.host)
    assert not allow_again(full, registration=mine.pk, by=members.host)
    assert told("removed", removal.pk) == set()
    register(full, by=members.guest)
    assert register(full, by=members.bram).state == "waiting"
    remove_registration(full, registration=mine.pk, reason="Toch niet.", by=members.host)
    assert [each.reason for each in Removal.objects.filter(registration=mine)] == ["Toch niet.", WHY]


def test_only_who_manages_it_and_only_before_it_began(full: Event, members: Circle) -> None:
    mine, other = of(full, members.anna), plan(members.host, members.kring)
    for by in (members.bram, members.anna, members.outsider):
        with pytest.raises(NotAllowed):
            remove_registration(full, registration=mine.pk, reason=WHY, by=by)
    with pytest.raises(NotAllowed):
        remove_registration(other, registration=mine.pk, reason=WHY, by=members.host)
    with pytest.raises(Refused, match="Schrijf waarom"):
        remove_registration(full, registration=mine.pk, reason=" \n", by=members.host)
    own = register(other, by=members.host)
    with pytest.raises(Refused, match="Dit ben je zelf"):
        remove_registration(other, registration=own.pk, reason=WHY, by=members.host)
    with pytest.raises(Refused, match="al begonnen"):
        remove_registration(full, registration=mine.pk, reason=WHY, by=members.host, at=full.starts_at)
    withdraw(full, by=members.anna)
    with pytest.raises(Refused, match="intussen al afgemeld"):
        remove_registration(full, registration=mine.pk, reason=WHY, by=members.host)
    assert not Removal.objects.exists()


def test_the_database_keeps_one_that_stands_and_that_says_why(full: Event, members: Circle) -> None:
    mine = of(full, members.anna)
    remove_registration(full, registration=mine.pk, reason=WHY, by=members.host)
    for reason in ("Nog een.", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Removal.objects.create(
                registration=mine, reason=reason, ended_at=None if reason else timezone.now()
            )
    assert forget_registrations(full.ends_at + 366 * DAY) == 2
    assert not Removal.objects.exists()


def test_on_the_organiser_s_page(full: Event, members: Circle) -> None:
    mine = of(full, members.anna)
    path = address(full, f"aanmeldingen/{mine.pk}/weg/")
    assert f'href="{path}"' in read(members.host, address(full, "beheer/"))
    browser = browser_of(members.host)
    empty = unescape(browser.post(path, {"reason": ""}).content.decode())
    assert empty.count("Schrijf waarom. Wie je weghaalt, leest het.") == 2
    assert browser.post(path, {"reason": WHY})["Location"] == address(full, "beheer/")
    listed = read(members.host, address(full, "beheer/?staat=weg"))
    assert "Weggehaald: laat Anna weer toe" in listed
    again = read(members.host, path)
    assert WHY in again and "Laat Anna weer toe" in again
    browser.post(path, {"reason": "een tweede tabblad"})  # nobody chose that
    assert Removal.objects.get().ended_at is None
    browser.post(path, {"actie": "toelaten"})
    assert Removal.objects.get().ended_at is not None
    assert "Zet me op de wachtlijst" in read(members.anna, address(full))
