"""Mail waits in the transaction of what it tells about, and arrives once, or is shown to staff as uncertain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.mail.models import Mail
from portal.mail.services import (
    KEEP,
    PAUSES,
    SENDING_TERM,
    forget_old,
    leave_unsent,
    queue_mail,
    send_again,
    send_due,
)
from tests.portal.mail.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    sink = Sink()
    settings.EMAIL_BACKEND = "portal.mail.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 0.5
    yield sink
    sink.close()


def lay_ready(text: str = "Dag.\n.een punt vooraan\n..twee\n", **values: Any) -> None:
    queue_mail(**{"to": "jan@bedrijf.example", "subject": "Één vraag", "kind": "test", **values}, text=text)


def the_mail() -> Mail:
    return Mail.objects.get()


def test_it_is_sent_by_the_worker_and_not_before(sink: Sink) -> None:
    lay_ready()
    assert sink.received == []
    assert send_due() == 1
    (message,) = sink.taken
    assert str(make_header(decode_header(message["Subject"]))) == "Één vraag"
    assert (message["To"], message["Auto-Submitted"]) == ("jan@bedrijf.example", "auto-generated")
    assert message["Message-ID"] == the_mail().message_id
    text = message.get_payload(decode=True)
    assert text.decode().splitlines() == ["Dag.", ".een punt vooraan", "..twee"]
    assert the_mail().state == State.SENT
    assert send_due() == 0
    assert len(sink.received) == 1


def test_what_is_rolled_back_sends_nothing(sink: Sink) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        lay_ready()
        raise RuntimeError
    assert send_due() == 0
    assert sink.received == []


def test_the_same_key_is_one_mail(sink: Sink) -> None:
    for _number in range(3):
        lay_ready(key="uitnodiging:5")
    lay_ready()
    lay_ready()
    assert send_due() == 3


@pytest.mark.parametrize("fault", ["refuse", "451 at recipient", "cut at data", "451 after data"])
def test_what_surely_did_not_arrive_is_tried_again_later(sink: Sink, fault: str) -> None:
    lay_ready()
    sink.fault = fault
    now = timezone.now()
    assert send_due(now) == 0
    assert (the_mail().state, the_mail().attempts) == (State.WAITING, 1)
    sink.fault = ""
    assert send_due(now + PAUSES[0] - timedelta(seconds=1)) == 0
    assert send_due(now + PAUSES[0]) == 1
    assert len(sink.taken) == 1


@pytest.mark.parametrize("fault", ["550 at recipient", "554 after data"])
def test_what_is_refused_for_good_is_not_tried_again(sink: Sink, fault: str) -> None:
    lay_ready()
    sink.fault = fault
    send_due()
    assert (the_mail().state, the_mail().last_error) == (State.REFUSED, f"SMTP {fault[:3]}")
    sink.fault = ""
    assert send_due(timezone.now() + timedelta(days=3)) == 0


@pytest.mark.parametrize("fault", ["cut after data", "hang after data"])
def test_without_an_answer_it_is_uncertain_and_never_sent_again_by_itself(sink: Sink, fault: str) -> None:
    lay_ready()
    sink.fault = fault
    assert send_due() == 0
    assert len(sink.received) == 1
    sink.fault = ""
    assert send_due(timezone.now() + timedelta(days=3)) == 0
    assert (the_mail().state, len(sink.received)) == (State.UNCERTAIN, 1)
    assert list(Mail.objects.needs_attention()) == [the_mail()]


def test_one_trouble_does_not_stop_the_next(sink: Sink) -> None:
    lay_ready(subject="eerste")
    sink.fault = "cut after data"
    send_due()
    sink.fault = ""
    lay_ready(subject="tweede")
    assert send_due() == 1


def test_after_so_many_tries_it_is_refused(sink: Sink) -> None:
    lay_ready()
    sink.fault = "451 at recipient"
    now = timezone.now()
    for _number in range(len(PAUSES) + 1):
        send_due(now)
        now += max(PAUSES)
    assert the_mail().state == State.REFUSED


def test_a_worker_killed_while_sending_leaves_an_uncertain_mail(sink: Sink) -> None:
    lay_ready()
    now = timezone.now()
    Mail.objects.update(state=State.SENDING, sending_since=now, sending_by="dood")
    send_due(now + SENDING_TERM - timedelta(seconds=1))
    assert the_mail().state == State.SENDING
    send_due(now + SENDING_TERM + timedelta(seconds=1))
    assert (the_mail().state, sink.received) == (State.UNCERTAIN, [])


def test_workers_side_by_side_send_each_mail_once(sink: Sink) -> None:
    for number in range(20):
        lay_ready(subject=f"mail {number}")
    sent: list[int] = []

    def work() -> None:
        try:
            sent.append(send_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == len(sink.received) == 20
    assert len({message["Message-ID"] for message in sink.received}) == 20


def test_a_secret_is_forgotten_once_it_was_sent(sink: Sink) -> None:
    lay_ready("Je code is 123456", is_secret=True)
    send_due()
    assert "123456" in sink.taken[0].get_payload(decode=True).decode()
    assert the_mail().text == ""


def test_a_secret_that_waited_a_day_is_not_sent_any_more(sink: Sink) -> None:
    lay_ready("Je code is 123456", is_secret=True)
    later = timezone.now() + timedelta(days=1, minutes=1)
    forget_old(later)
    assert send_due(later) == 0
    assert (the_mail().state, the_mail().text, sink.received) == (State.REFUSED, "", [])


def test_staff_send_again_or_leave_it(sink: Sink) -> None:
    lay_ready()
    sink.fault = "cut after data"
    send_due()
    sink.fault = ""
    assert send_again(the_mail())
    assert not send_again(the_mail())
    assert send_due() == 1
    assert len(sink.received) == 2  # what a person chose
    Mail.objects.update(state=State.REFUSED)
    assert leave_unsent(the_mail())
    assert not leave_unsent(the_mail())
    assert not Mail.objects.needs_attention().exists()


def test_old_mail_is_forgotten_but_not_what_waits_for_a_person(sink: Sink) -> None:
    lay_ready(subject="verstuurd")
    send_due()
    sink.fault = "cut after data"
    lay_ready(subject="onzeker")
    send_due()
    lay_ready(subject="wacht")
    forget_old(timezone.now() + KEEP + timedelta(minutes=1))
    assert set(Mail.objects.values_list("subject", flat=True)) == {"onzeker", "wacht"}


def test_a_line_break_in_a_subject_makes_no_header(sink: Sink) -> None:
    lay_ready(subject="Hallo\r\nBcc: iedereen@elders.example")
    assert send_due() == 1
    assert sink.taken[0]["Bcc"] is None


def test_with_markup_it_goes_as_text_and_as_markup(sink: Sink) -> None:
    lay_ready("Dag, zie http://x.example/\n", html='<p>Dag, <a href="http://x.example/">zie</a></p>')
    assert send_due() == 1
    (message,) = sink.taken
    assert message.get_content_type() == "multipart/alternative"
    text, html = (part.get_payload(decode=True) for part in message.get_payload())
    assert text.decode().strip() == "Dag, zie http://x.example/"
    assert html.decode().strip() == '<p>Dag, <a href="http://x.example/">zie</a></p>'


def test_headers_of_its_own_arrive_whole(sink: Sink) -> None:
    """A long address may be folded before it, never within it."""
    address = "<https://portaal.example/afmelden/" + "x" * 200 + "/>"
    lay_ready(headers={"List-Unsubscribe": address, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    send_due()
    assert sink.taken[0]["List-Unsubscribe"].strip() == address
    assert sink.taken[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_markup_of_a_secret_is_forgotten_with_its_text(sink: Sink) -> None:
    lay_ready("Je code is 123456", html="<p>Je code is 123456</p>", is_secret=True)
    send_due()
    assert (the_mail().state, the_mail().text, the_mail().html) == (State.SENT, "", "")
    lay_ready("Je code is 654321", html="<p>Je code is 654321</p>", is_secret=True)
    forget_old(timezone.now() + timedelta(days=1, minutes=1))
    assert not Mail.objects.filter(html__contains="654321").exists()
