"""One mail a person, of what is due, with what they may see at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.mail.models import Mail
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.letters import MOST_IN_A_MAIL
from portal.notifications.mailing import NotAllMailedError, mail_due
from portal.notifications.models import Notification
from portal.notifications.services import mark_all_seen, set_frequencies, turn_off_mail
from portal.notifications.times import PAUSE
from portal.notifications.tokens import write_opening
from portal.operations.metrics import render_metrics
from tests.portal.notifications.conftest import CANARY, FRIDAY, NEWS, REPLY, hide, mails_to, tell
from tests.portal.organisations.people import make_person

pytestmark = pytest.mark.django_db
Maker = Callable[..., Ecosystem]
SOON = FRIDAY + PAUSE
SATURDAY = datetime.fromisoformat("2026-11-21T07:00+01:00")
MONDAY = datetime.fromisoformat("2026-11-23T07:00+01:00")


def test_one_thing_is_the_subject_and_nothing_goes_before_the_pause_is_over(
    reader: User, ecosystem: Maker
) -> None:
    kring = ecosystem(summary="Voor wie met stroom werkt")
    tell(reader, kring)
    assert mail_due(SOON - timedelta(seconds=1)) == 0
    assert mail_due(SOON) == 1
    (mail,) = mails_to(reader)
    assert mail.subject == "Er is nieuws van ElektroKring"
    first, context, link = mail.text.splitlines()[:3]
    assert (first, context) == ("Er is nieuws van ElektroKring", "Voor wie met stroom werkt")
    assert link == f"{settings.BASE_URL}/meldingen/mail/{write_opening(Notification.objects.get().pk)}/"
    assert f'<a href="{link}">Er is nieuws van ElektroKring</a><br>Voor wie met stroom werkt' in mail.html
    for text in (mail.text, mail.html):
        assert f"{settings.BASE_URL}/account/meldingen/" in text
    assert mail_due(MONDAY) == 0
    assert len(mails_to(reader)) == 1


def test_what_happens_together_is_one_mail(reader: User, ecosystem: Maker) -> None:
    tell(reader, ecosystem("Een"))
    tell(reader, ecosystem("Twee"), at=FRIDAY + timedelta(minutes=1, seconds=59))
    tell(reader, ecosystem("Drie"), kind=REPLY)
    assert mail_due(SOON) == 1
    (mail,) = mails_to(reader)
    assert mail.subject == "2 nieuwe meldingen"
    assert mail.text.index("nieuws van Twee") < mail.text.index("nieuws van Een")  # newest first
    assert "Drie" not in mail.text  # tomorrow
    tell(reader, ecosystem("Vier"), at=SATURDAY - PAUSE)
    assert mail_due(SATURDAY) == 1
    assert mails_to(reader)[1].subject == "2 nieuwe meldingen"  # of two kinds, in one mail


def test_everybody_has_a_mail_of_their_own(reader: User, ecosystem: Maker) -> None:
    kring, other = ecosystem(), make_person()
    for person in (reader, other):
        tell(person, kring)
    assert mail_due(SOON) == 2
    assert len(mails_to(reader)) == len(mails_to(other)) == 1


def test_weekly_comes_on_monday(reader: User, ecosystem: Maker) -> None:
    set_frequencies(reader, chosen={NEWS: "weekly"})
    tell(reader, ecosystem())
    assert mail_due(MONDAY - PAUSE - timedelta(seconds=1)) == 0
    assert mail_due(MONDAY) == 1


def test_what_was_seen_or_hidden_or_switched_off_is_not_mailed(reader: User, ecosystem: Maker) -> None:
    seen, hidden, off = make_person(), make_person(), make_person()
    kring, secret = ecosystem(), ecosystem(CANARY)
    tell(seen, kring)
    tell(hidden, secret)
    tell(off, kring)
    tell(reader, kring, secret)
    mark_all_seen(seen)
    hide(secret)
    turn_off_mail(off, kind=NEWS)
    assert mail_due(SOON) == 1
    (mail,) = Mail.objects.filter(kind="notifications")
    assert (mail.to, mail.subject) == (reader.email, "Er is nieuws van ElektroKring")
    assert CANARY.lower() not in f"{mail.text}{mail.html}{mail.headers}".lower()
    assert not Notification.objects.due(MONDAY).exists()  # also what showed nothing isn't asked again


def test_who_is_inactive_by_then_gets_no_mail(reader: User, ecosystem: Maker) -> None:
    tell(reader, ecosystem())
    User.objects.update(is_active=False)
    assert mail_due(SOON) == 0
    assert mails_to(reader) == []


def test_no_mail_of_a_kind_that_is_off_by_default(reader: User, ecosystem: Maker) -> None:
    register(Kind("test-quiet", "stil", "", Frequency.OFF, lambda user, rows: {}))
    tell(reader, ecosystem(), kind="test-quiet")
    assert Notification.objects.get().mail_due_at is None


def test_a_title_makes_no_line_or_markup_of_its_own(reader: User, ecosystem: Maker) -> None:
    tell(reader, ecosystem("Kring", summary="een\nregel"))
    Ecosystem.objects.update(name="Kring\r\nBcc: x@elders.example <b>vet</b>")
    mail_due(SOON)
    (mail,) = mails_to(reader)
    assert mail.subject == "Er is nieuws van Kring Bcc: x@elders.example <b>vet</b>"
    assert "\nBcc" not in mail.text
    assert "<b>" not in mail.html


def test_a_mail_has_an_end(reader: User, ecosystem: Maker) -> None:
    tell(reader, *[ecosystem(f"Kring {number}") for number in range(MOST_IN_A_MAIL + 2)])
    mail_due(SOON)
    (mail,) = mails_to(reader)
    assert mail.subject == f"{MOST_IN_A_MAIL + 2} nieuwe meldingen"
    assert mail.text.count("van Kring ") == mail.html.count("van Kring ") == MOST_IN_A_MAIL
    assert "En nog 2 meldingen" in mail.text
    assert "En nog 2 meldingen" in mail.html


def test_a_fault_in_one_kind_keeps_no_other_person_waiting(reader: User, ecosystem: Maker) -> None:
    broken = True

    def show(user: User, rows: list[Notification]) -> dict[int, Shown]:
        if broken:
            raise RuntimeError("stuk")
        return {row.pk: Shown("Weer heel", "/") for row in rows}

    register(Kind("test-broken", "stuk", "", Frequency.DIRECT, show))
    unlucky, kring = make_person(), ecosystem()
    tell(unlucky, kring, kind="test-broken")
    other = make_person()
    tell(other, kring)
    with pytest.raises(NotAllMailedError):
        mail_due(SOON)
    assert (len(mails_to(unlucky)), len(mails_to(other))) == (0, 1)
    broken = False
    assert mail_due(SOON) == 1
    assert [mail.subject for mail in mails_to(unlucky)] == ["Weer heel"]


@pytest.mark.parametrize("number", [3, 25])
def test_a_mail_of_many_costs_as_much_as_one_of_a_few(
    reader: User, ecosystem: Maker, number: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    tell(reader, *[ecosystem(f"Kring {each}") for each in range(number)])
    with django_assert_max_num_queries(13):
        assert mail_due(SOON) == 1


def test_what_waits_is_a_metric(reader: User, ecosystem: Maker) -> None:
    assert b"portal_notifications_due 0.0" in render_metrics()
    tell(reader, ecosystem())
    assert b"portal_notifications_due 1.0" in render_metrics()  # of two days ago, and nobody mailed it
