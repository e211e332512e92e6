"""Out by one click, from the mail alone (RFC 8058)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.mail.models import Mail
from portal.notifications.mailing import mail_due
from portal.notifications.models import Preference
from portal.notifications.services import frequencies_of
from portal.notifications.times import PAUSE
from portal.notifications.tokens import Unsubscription, write_token
from tests.portal.notifications.conftest import FRIDAY, NEWS, REPLY, mails_to, strict_browser, tell
from tests.portal.organisations.people import browser_of, make_person

pytestmark = pytest.mark.django_db
Maker = Callable[..., Ecosystem]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_in(mail: Mail) -> str:
    found = re.fullmatch(
        r"<http://testserver(/meldingen/afmelden/[\w.=-]+/)>", mail.headers["List-Unsubscribe"]
    )
    assert found is not None, mail.headers
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found[1] in mail.text and found[1] in mail.html
    return found[1]


@pytest.fixture
def mailed(reader: User, ecosystem: Maker) -> Callable[..., str]:
    """The address in a mail about ecosystems of these kinds."""

    def mail(*kinds: str) -> str:
        for kind in kinds:
            tell(reader, ecosystem(f"Over {kind}"), kind=kind)
        mail_due(FRIDAY.replace(day=21, hour=6) if REPLY in kinds else FRIDAY + PAUSE)
        return path_in(mails_to(reader)[-1])

    return mail


def test_a_mail_of_one_kind_switches_off_that_kind(reader: User, mailed: Callable[..., str]) -> None:
    answer = strict_browser().post(mailed(NEWS), ONE_CLICK)
    page = unescape(answer.content.decode())
    assert (answer.status_code, answer.headers.get("Location")) == (200, None)
    assert "Je krijgt hierover geen mail meer" in page
    assert "nieuws van een ecosysteem" in page
    assert "/account/meldingen/" in page
    assert frequencies_of(reader) == {NEWS: "off", REPLY: "daily"}


def test_a_mail_of_several_kinds_switches_off_all_mail(reader: User, mailed: Callable[..., str]) -> None:
    strict_browser().post(mailed(NEWS, REPLY), ONE_CLICK)
    assert frequencies_of(reader) == {NEWS: "off", REPLY: "off"}


def test_looking_switches_nothing_off(reader: User, mailed: Callable[..., str]) -> None:
    """Mail scanners open every link."""
    answer = strict_browser().get(mailed(NEWS))
    page = unescape(answer.content.decode())
    assert "Stuur geen mail meer" in page
    assert "a***@voorbeeld.example" in page
    assert reader.email not in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Preference.objects.exists()


def test_the_way_back_for_who_is_signed_in(reader: User, mailed: Callable[..., str]) -> None:
    page = browser_of(reader).post(mailed(NEWS)).content.decode()
    assert "Toch wel mail? Kies hier waarover" in page


def test_somebody_elses_mail_says_so(reader: User, mailed: Callable[..., str]) -> None:
    """A mail was forwarded: the button is about who got it, never about who is signed in."""
    other = make_person()
    address = mailed(NEWS)
    assert "Dit is niet jouw mail" in browser_of(other).get(address).content.decode()
    browser_of(other).post(address)
    assert frequencies_of(other)[NEWS] == "direct"
    assert frequencies_of(reader)[NEWS] == "off"


def test_an_erased_account_is_told_so(reader: User, mailed: Callable[..., str]) -> None:
    address = mailed(NEWS)
    reader.delete()
    for answer in (strict_browser().get(address), strict_browser().post(address)):
        assert answer.status_code == 404
        assert "bestaat niet meer" in unescape(answer.content.decode())


@pytest.mark.parametrize("token", ["geen", "a.b", "W10.x", "x" * 3000])
def test_what_nobody_signed_does_nothing(reader: User, token: str) -> None:
    real = write_token(Unsubscription(reader.pk))
    for wrong in (token, real[:-1], real.replace(".", "x.", 1), write_token(Unsubscription(reader.pk)) + "a"):
        answer = strict_browser().post(f"/meldingen/afmelden/{wrong}/")
        assert answer.status_code == 404
        assert "Deze link is niet heel" in unescape(answer.content.decode())
    assert not Preference.objects.exists()


def test_a_kind_that_is_gone_meanwhile_switches_off_quietly(reader: User) -> None:
    address = f"/meldingen/afmelden/{write_token(Unsubscription(reader.pk, 'weg'))}/"
    assert strict_browser().post(address).status_code == 200
    assert frequencies_of(reader) == {NEWS: "direct", REPLY: "daily"}
