"""Sending an edition: each once, to who wants it at that moment, whoever falls over; and what stands in it."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.mail.models import Mail
from portal.newsletters.letters import left_out, sections_of, written
from portal.newsletters.models import Edition, Subscription
from portal.newsletters.plain import as_text
from portal.newsletters.services import lay_ready, send_test, sending, start_sending, unsubscribe
from portal.newsletters.services.sending import NobodyToSendToError, NotADraftError
from tests.factories.pages import Portal, make_case, restrict
from tests.network.ecosystems.conftest import read
from tests.portal.newsletters.conftest import TUESDAY, mails, make_edition, subscribed, text_block
from tests.portal.organisations.people import make_person, make_staff

pytestmark = pytest.mark.django_db
CANARY = "kwartelkoning"


def readers(number: int) -> list[Subscription]:
    return Subscription.objects.bulk_create(
        [Subscription(email=f"l{each}@voorbeeld.example", confirmed_at=TUESDAY) for each in range(number)]
    )


def test_everybody_who_wants_it_gets_it_once(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 3)
    readers(7)
    Subscription.objects.create(email="nooit@voorbeeld.example")
    edition = make_edition(body=[text_block()])
    assert start_sending(edition, by=make_staff()) == 7
    readers_after = Subscription.objects.create(email="later@voorbeeld.example", confirmed_at=TUESDAY)
    assert lay_ready() == 7
    assert lay_ready() == 0
    assert sorted(mail.to for mail in mails()) == [f"l{each}@voorbeeld.example" for each in range(7)]
    assert readers_after.address not in {mail.to for mail in mails()}
    edition = Edition.objects.get()
    assert (edition.state, edition.laid_ready, edition.recipients) == ("sent", 7, 7)


def test_killed_anywhere_nobody_is_left_out_and_nobody_gets_two(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each mail in turn the worker falls over; the next one goes on."""
    monkeypatch.setattr(sending, "BATCH", 3)
    readers(8)
    start_sending(make_edition(), by=make_staff())
    real, budget = sending.queue_mail, [0]

    def falls_over(**values: object) -> None:
        if budget[0] == 0:
            raise KeyboardInterrupt
        budget[0] -= 1
        real(**values)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "queue_mail", falls_over)
    deaths = 0
    for at_mail in [0, 1, 2, 4, 1, 3, 9, 9]:
        budget[0] = at_mail
        try:
            with transaction.atomic():
                sending._lay_batch(Edition.objects.get().pk, [], TUESDAY)
        except KeyboardInterrupt:
            deaths += 1
    lay_ready()
    assert deaths >= 3
    assert sorted(mail.to for mail in mails()) == [f"l{each}@voorbeeld.example" for each in range(8)]
    assert Edition.objects.get().state == "sent"


def test_who_stopped_meanwhile_gets_none(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    rows = readers(4)
    edition = make_edition()
    start_sending(edition, by=make_staff())
    sending._lay_batch(edition.pk, [], TUESDAY)
    unsubscribe(rows[0])
    unsubscribe(rows[3])
    lay_ready()
    assert [mail.to for mail in mails()] == [rows[1].email, rows[2].email]


def test_a_code_to_sign_in_with_waits_behind_few(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending, "MOST_WAITING", 4)
    readers(9)
    start_sending(make_edition(), by=make_staff())
    assert lay_ready() == 4
    assert lay_ready() == 0
    Mail.objects.filter(pk__in=[mail.pk for mail in mails()[:2]]).delete()
    assert lay_ready() == 2
    assert Edition.objects.get().state == "sending"


def test_it_starts_once_and_not_for_nobody(portal: Portal) -> None:
    edition = make_edition()
    with pytest.raises(NobodyToSendToError):
        start_sending(edition, by=make_staff())
    readers(1)
    start_sending(edition, by=make_staff())
    with pytest.raises(NotADraftError):
        start_sending(edition, by=make_staff())


def test_what_not_everybody_may_read_is_in_no_mail_and_no_archive(portal: Portal) -> None:
    openly = make_case(portal, "Minder voorraad bij de lasserij", slug="open", summary="Met een bord.")
    hidden = make_case(portal, f"Het {CANARY}", slug="dicht", summary=CANARY)
    later = make_case(portal, f"Later {CANARY}", slug="later", summary=CANARY)
    draft = make_case(portal, f"Concept {CANARY}", slug="concept", live=False)
    restrict(hidden)
    pages = ("pages", {"title": "Nieuw", "pages": [openly, hidden, draft, later]})
    edition = make_edition(body=[pages])
    assert left_out(edition) == 2
    restrict(later)
    readers(1)
    start_sending(edition, by=make_staff())
    lay_ready()
    (mail,) = mails()
    assert "http://testserver/praktijkvoorbeelden/open/" in mail.text
    page = read(None, edition.get_absolute_url())
    assert "Minder voorraad bij de lasserij" in page
    for text in (mail.text, mail.html, page, read(make_staff(), edition.get_absolute_url())):
        assert CANARY not in text.lower()


def test_a_draft_is_no_archive(portal: Portal) -> None:
    edition = make_edition(CANARY)
    read(make_staff(), edition.get_absolute_url(), 404)
    assert CANARY not in read(None, "/nieuwsbrief/archief/")


def test_the_mail_holds_text_links_and_a_way_out_and_watches_nobody(portal: Portal) -> None:
    case = make_case(portal, "Een <b>bord</b>", slug="bord")
    markup = (
        f'<p>Lees <b>dit</b> <a linktype="page" id="{case.pk}">voorbeeld</a>.</p><ul><li>Een</li></ul>'
        '<p><img src="http://elders.example/pixel.gif"><script>alert(1)</script></p>'
    )
    row = subscribed("lezer@voorbeeld.example")
    edition = make_edition(body=[text_block(markup, "Kop & zo"), ("pages", {"title": "", "pages": [case]})])
    letter = written(edition, sections_of(edition), to=row)
    assert "<strong>dit</strong>" in letter.html
    assert "Een &lt;b&gt;bord&lt;/b&gt;" in letter.html
    assert "voorbeeld (http://testserver/praktijkvoorbeelden/bord/)" in letter.text
    assert "- Een" in letter.text
    assert "KOP & ZO" in letter.text
    assert letter.headers == {
        "List-Unsubscribe": f"<http://testserver/nieuwsbrief/afmelden/{row.key}/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert not re.search(r"<img|<script|style=|pixel|utm_", letter.html)
    assert {address.split("/")[2] for address in re.findall(r'(?:href|src)="([^"]+)"', letter.html)} == {
        "testserver"
    }


def test_a_test_goes_to_oneself_and_ends_nothing(portal: Portal) -> None:
    editor = make_person("Redacteur")
    readers(3)
    send_test(make_edition(), to=editor)
    (mail,) = mails("newsletter-test")
    assert (mail.to, mail.subject) == (editor.email, "[Proef] Minder voorraad")
    assert not mails()


def test_a_batch_costs_a_number_that_its_size_alone_decides(portal: Portal) -> None:
    def statements(number: int) -> int:
        Subscription.objects.all().delete()
        readers(number)
        edition = make_edition(f"Van {number}")
        start_sending(edition, by=make_staff())
        with CaptureQueriesContext(connection) as queries:
            sending._lay_batch(edition.pk, [], TUESDAY)
        return len(queries)

    few = statements(3)
    assert statements(25) - few <= 22


def test_plain_text() -> None:
    assert as_text("<p>Een  &amp; <b>twee</b></p><ul><li>A</li><li>B</li></ul><p>C<br>D</p>") == (
        "Een & twee\n\n- A\n- B\n\nC\nD"
    )
