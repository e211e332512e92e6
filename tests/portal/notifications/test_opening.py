"""A notification that is opened, from the list or from the mail, leads where it happened and isn't new any more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification
from portal.notifications.times import PAUSE
from portal.notifications.tokens import write_opening
from tests.factories.pages import Portal
from tests.portal.notifications.conftest import CANARY, FRIDAY, hide, mails_to, read, tell
from tests.portal.organisations.people import browser_of, make_person

pytestmark = pytest.mark.django_db
Maker = Callable[..., Ecosystem]
THERE = "/ecosystemen/elektrokring/"


def opened(browser: Client, address: str, **headers: str) -> str:
    """Where it leads."""
    answer = browser.get(address, headers=headers)
    assert answer.status_code == 302
    return str(answer["Location"])


def is_new() -> bool:
    return Notification.objects.unseen().exists()


@pytest.fixture
def in_list(portal: Portal, reader: User, ecosystem: Maker) -> str:
    """The address in the list."""
    tell(reader, ecosystem())
    link = BeautifulSoup(read(reader), "html.parser").select_one(".notification-list a")
    assert link is not None
    return str(link["href"])


@pytest.fixture
def in_mail(portal: Portal, reader: User, ecosystem: Maker) -> str:
    tell(reader, ecosystem())
    mail_due(FRIDAY + PAUSE)
    (mail,) = mails_to(reader)
    (address,) = re.findall(r"http://testserver(/meldingen/mail/[\w.:=-]+/)", mail.text)
    assert f"http://testserver{address}" in mail.html
    return str(address)


def test_who_opens_it_has_seen_it_and_gets_no_mail_of_it(reader: User, in_list: str) -> None:
    assert opened(browser_of(reader), in_list) == THERE
    assert not is_new()
    assert mail_due(FRIDAY + PAUSE) == 0
    page = read(reader)
    assert "Al gezien" in page and "Alles gezien" not in page
    seen_at = Notification.objects.get().seen_at
    assert opened(browser_of(reader), in_list) == THERE
    assert Notification.objects.get().seen_at == seen_at


def test_from_ones_own_page_too(reader: User, in_list: str) -> None:
    assert f'href="{in_list}"' in read(reader, "/mijn/")


def test_what_a_browser_fetches_ahead_is_not_opened(reader: User, in_list: str) -> None:
    browser = browser_of(reader)
    for headers in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}):
        assert opened(browser, in_list, **headers) == THERE
    assert browser.head(in_list).status_code == 302
    assert browser.post(in_list).status_code == 405
    assert is_new()


def test_that_of_somebody_else_is_not_there(in_list: str) -> None:
    assert browser_of(make_person()).get(in_list).status_code == 404
    assert opened(Client(), in_list) == f"/inloggen/?next={in_list}"
    assert is_new()


def test_the_link_in_the_mail_marks_it_for_whose_it_is(reader: User, in_mail: str) -> None:
    assert opened(browser_of(reader), in_mail) == THERE
    assert not is_new()


def test_the_link_in_the_mail_leads_there_for_others_and_changes_nothing(in_mail: str) -> None:
    """Who isn't signed in on this phone, a colleague who got it forwarded, a program that looks for viruses."""
    assert opened(Client(), in_mail) == opened(browser_of(make_person()), in_mail) == THERE
    assert is_new()


def test_a_link_that_nobody_signed_leads_nowhere(in_mail: str) -> None:
    number = Notification.objects.get().pk
    for token in (str(number), f"{number}.verzonnen", write_opening(number + 1), "geen"):
        assert Client().get(f"/meldingen/mail/{token}/").status_code == 404


def test_what_is_not_there_any_more_leads_to_the_list(reader: User, in_list: str) -> None:
    hide(Ecosystem.objects.get())
    Ecosystem.objects.update(name=CANARY)
    answer = browser_of(reader).get(in_list, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/meldingen/", 302)]
    assert "Waar die melding over ging, is er niet meer." in page and CANARY not in page


def test_the_link_in_the_mail_tells_nobody_what_is_not_there_any_more(in_mail: str) -> None:
    hide(Ecosystem.objects.get())
    assert opened(Client(), in_mail) == "/meldingen/"
