"""The queue of staff in the staff admin, and pages of members that belong to it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.submissions import services
from cases.submissions.models import CaseSubmission, State
from cases.submissions.post_links import cases_of
from network.conversations.models import Conversation
from network.ecosystems.services import found_ecosystem
from network.questions.services import accept_answer
from portal.http.page_cache import forget_pages
from portal.taxonomy.models import Theme
from tests.cases.submissions.conftest import House, online, sent, taken_up, told, write
from tests.network.ecosystems.conftest import read, send
from tests.network.questions.conftest import answer, ask
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
QUEUE = "/beheer/inzendingen/"


def admin(user: Any, address: str, **values: Any) -> str:
    browser = browser_of(user)
    response = browser.post(address, values, follow=True) if values else browser.get(address)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def test_the_queue_holds_what_was_sent_in(house: House) -> None:
    write(house, title="Nog een concept")
    sent(house, title="=Klaar om te lezen")
    page = admin(house.editor, QUEUE)
    assert "=Klaar om te lezen" in page
    assert "Nog een concept" not in page
    assert "=Klaar" not in admin(house.editor, f"{QUEUE}?state=refused")
    file = browser_of(house.editor).get(f"{QUEUE}?export=csv").getvalue().decode()
    assert "'=Klaar om te lezen" in file
    assert "Metaal BV" in file
    assert browser_of(house.writer).get(QUEUE).status_code == 302


def test_the_queue_asks_as_much_for_many_as_for_few(house: House) -> None:
    counted = []
    for number in (3, 22):
        rows = CaseSubmission.objects.bulk_create(
            [
                CaseSubmission(
                    author=house.writer, organisation=house.metaal, theme=Theme.objects.get(), title=f"Nr {each}",
                    situation="x", approach="y", state=State.REFUSED,
                )
                for each in range(number)
            ]
        )  # fmt: skip
        assert rows
        browser = browser_of(house.editor)
        browser.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            browser.get(QUEUE)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_an_editor_asks_refuses_and_makes_a_page(house: House) -> None:
    submission = sent(house)
    address = f"{QUEUE}{submission.pk}/"
    page = admin(house.editor, address)
    assert "Wij zochten elke dag gereedschap." in page
    empty = admin(house.editor, address, actie="ask", **{"ask-text": "", "ask-token": token_in(page)})
    assert "Schrijf je vraag op." in empty
    admin(
        house.editor, address, actie="ask", **{"ask-text": "Hoe telden jullie?", "ask-token": token_in(page)}
    )
    services.answer_staff(submission, by=house.writer, text="Met een lijst.")
    assert "Met een lijst." in admin(house.editor, address)
    response = browser_of(house.editor).post(address, {"actie": "take-up"})
    submission.refresh_from_db()
    assert response.headers["Location"] == f"/beheer/pages/{submission.page_id}/edit/"
    other = sent(house, title="Reclame")
    admin(house.expert, f"{QUEUE}{other.pk}/", actie="refuse", **{"refuse-reason": "Dit is reclame."})
    assert "Dit is reclame." in read(house.writer, other.get_absolute_url())


def token_in(page: str) -> str:
    return page.split('name="ask-token" value="')[1].split('"')[0]


def test_an_answer_is_proposed_and_its_writer_says_yes(house: House) -> None:
    question = ask(house.stranger, title="Hoe vind je gereedschap terug?")
    post = answer(question, house.boss, "Hang het aan een bord.")
    accept_answer(question, post=post, by=house.stranger)
    assert "Hoe vind je gereedschap terug?" in admin(house.editor, f"{QUEUE}antwoorden/")
    address = f"{QUEUE}antwoorden/{post.pk}/"
    form = admin(house.editor, address)
    assert "Hang het aan een bord." in form
    given = {
        "title": "Alles aan een bord",
        "theme": Theme.objects.get().pk,
        "approach": "Hang het op.",
        "result": "",
    }
    assert "Vertel hoe het was." in admin(
        house.editor, address, **given, organisation=house.metaal.pk, situation=""
    )
    admin(house.editor, address, **given, organisation=house.metaal.pk, situation="Men zocht.")
    submission = CaseSubmission.objects.get()
    assert told(house.boss)[-1].startswith("De redactie wil van je antwoord")
    page = read(house.boss, submission.get_absolute_url())
    assert "Mag de redactie hier een praktijkvoorbeeld van maken?" in page
    act = f"{submission.get_absolute_url()}doe/"
    send(house.boss, act, actie="ja", naam="ja", akkoord="ja")
    submission.refresh_from_db()
    assert (submission.state, submission.names_author) == (State.SENT_IN, True)


MAKE = "Maak hier een praktijkvoorbeeld van"
ASKED = "Mag de redactie hier een praktijkvoorbeeld van maken?"
STANDING = "Zo staat het met je praktijkvoorbeeld"
CAME_OF_IT = "Lees het praktijkvoorbeeld dat hiervan kwam"


def readers_of(house: House) -> dict[str, Any]:
    return {"visitor": None, "stranger": house.stranger, "writer": house.writer, "editor": house.editor}


def who_reads(words: str, house: House, address: str) -> list[str]:
    return [name for name, user in readers_of(house).items() if words in read(user, address)]


def propose(house: House, post: Any) -> CaseSubmission:
    return services.propose_case(
        post, by=house.editor, title="Bord", situation="x", approach="y", result="z", theme=Theme.objects.get(),
        organisation=house.metaal,
    )  # fmt: skip


def test_at_an_accepted_answer_staff_make_a_case_and_its_writer_sees_where_it_stands(house: House) -> None:
    question = ask(house.stranger)
    post = answer(question, house.writer, "Hang het aan een bord.")
    here = question.conversation.get_absolute_url()
    assert who_reads(MAKE, house, here) == []
    accept_answer(question, post=post, by=house.stranger)
    assert who_reads(MAKE, house, here) == ["editor"]
    assert f'href="{QUEUE}antwoorden/{post.pk}/"' in read(house.editor, here)
    submission = propose(house, post)
    assert who_reads(MAKE, house, here) == []
    assert who_reads(ASKED, house, here) == ["writer"]
    assert f'href="{submission.get_absolute_url()}"' in read(house.writer, here)
    assert who_reads("Praktijkvoorbeeld: gevraagd aan de schrijver", house, here) == ["editor"]
    services.accept_proposal(submission, by=house.writer, with_name=True)
    assert who_reads(STANDING, house, here) == ["writer"]
    assert who_reads(ASKED, house, here) == who_reads(CAME_OF_IT, house, here) == []


@pytest.mark.parametrize("named", [True, False])
def test_readers_find_the_page_that_came_of_an_answer_unless_its_writer_is_not_named(
    house: House, named: bool
) -> None:
    question = ask(house.stranger)
    post = answer(question, house.writer, "Hang het aan een bord.")
    submission = online(house)
    CaseSubmission.objects.filter(pk=submission.pk).update(answer=post, names_author=named)
    here = question.conversation.get_absolute_url()
    assert who_reads(CAME_OF_IT, house, here) == (["visitor", "stranger"] if named else [])
    assert who_reads(STANDING, house, here) == ["writer"]
    submission.refresh_from_db()
    assert submission.page is not None
    submission.page.unpublish()
    assert who_reads(CAME_OF_IT, house, here) == []


def test_nothing_is_made_of_what_is_said_in_an_ecosystem(house: House) -> None:
    question = ask(house.stranger)
    post = answer(question, house.writer, "Hang het aan een bord.")
    accept_answer(question, post=post, by=house.stranger)
    kring = found_ecosystem(organisation=house.elders, name="Kring", by=house.stranger)
    conversation = question.conversation
    assert MAKE in str(cases_of(conversation, [post], house.editor))
    Conversation.objects.filter(pk=conversation.pk).update(ecosystem=kring)
    conversation.refresh_from_db()
    assert cases_of(conversation, [post], house.editor) == {}


def test_the_writer_of_an_answer_may_write_it_over(house: House) -> None:
    question = ask(house.stranger)
    post = answer(question, house.writer, "Hang het aan een bord.")
    accept_answer(question, post=post, by=house.stranger)
    submission = services.propose_case(
        post, by=house.editor, title="Bord", situation="x", approach="y", theme=Theme.objects.get(),
        organisation=house.metaal,
    )  # fmt: skip
    page = send(house.writer, f"{submission.get_absolute_url()}doe/", actie="zelf")
    assert "Schrijf verder" in page


def test_the_author_changes_the_page_and_sees_what_an_editor_saved(house: House) -> None:
    submission = taken_up(house)
    address = f"{submission.get_absolute_url()}pagina/"
    form = read(house.writer, address)
    assert "1. Tel wat er ligt" in form
    revision = form.split('name="revision" value="')[1].split('"')[0]
    page: Any = submission.page
    page.title = "Titel van de redactie"
    page.save_revision(user=house.editor)
    given = {
        "revision": revision, "title": "Mijn titel", "summary": "Kort.", "reason": "Waarom dan.", "approach": "1. Tellen",
        "result": "Minder.", "lessons": "", "tomorrow": "",
    }  # fmt: skip
    both = send(house.writer, address, **given)
    for words in (
        "wijzigde de pagina intussen",
        "Titel van de redactie",
        'value="Mijn titel"',
        "Waarom dan.",
    ):
        assert words in both, words
    latest = both.split('name="revision" value="')[1].split('"')[0]
    assert "Bewaard. De redactie leest" in send(house.writer, address, **{**given, "revision": latest})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Mijn titel"
    assert "Geef je voorbeeld een titel." in send(house.writer, address, **{**given, "title": ""})


def test_a_reader_asks_from_the_page_and_the_maker_switches_it_off(house: House) -> None:
    submission = online(house)
    page: Any = submission.page
    case = read(house.stranger, page.get_url())
    assert f"/vraag-het-de-maker/{page.pk}/" in case
    assert "Stuur je eigen praktijkvoorbeeld in" in case
    assert "vraag-het-de-maker" not in read(house.writer, page.get_url())
    form = read(house.stranger, f"/vraag-het-de-maker/{page.pk}/")
    token = form.split('name="token" value="')[1].split('"')[0]
    empty = send(house.stranger, f"/vraag-het-de-maker/{page.pk}/", text="", token=token)
    assert "Schrijf je vraag op." in empty
    asked = send(house.stranger, f"/vraag-het-de-maker/{page.pk}/", text="Hoe lang?", token=token)
    assert "Je vraag is verstuurd." in asked
    question = submission.reader_questions.get()
    for reader in (house.writer, house.stranger):
        shown = read(reader, question.get_absolute_url())
        assert "Hoe lang?" in shown
        assert "@voorbeeld.example" not in shown
    send(house.writer, question.get_absolute_url(), text="Twee middagen.")
    assert "Twee middagen." in read(house.stranger, question.get_absolute_url())
    act = f"{submission.get_absolute_url()}doe/"
    send(house.writer, act, actie="vragen", vragen="nee")
    assert "vraag-het-de-maker" not in read(house.stranger, page.get_url())
    read(house.stranger, f"/vraag-het-de-maker/{page.pk}/", status=404)


def test_who_is_named_says_so_on_a_page_of_their_own(house: House) -> None:
    submission = sent(house, people=[house.colleague.pk])
    address = f"/praktijkvoorbeeld-insturen/naam/{submission.credits.get().pk}/"
    assert "Kies ja of nee." in send(house.colleague, address, agrees="")
    assert "Je kunt dit hier altijd veranderen" in send(house.colleague, address, agrees="ja")
    assert submission.credits.get().agrees is True
    read(house.stranger, address, status=404)


def test_a_case_page_asks_one_question_more_at_most(house: House) -> None:
    page: Any = online(house).page
    browser = browser_of(house.stranger)
    browser.get(page.get_url())
    forget_pages()
    with CaptureQueriesContext(connection) as queries:
        browser.get(page.get_url())
    mine = [
        query for query in queries if "submissions_" in query["sql"] or "cases_casecredit" in query["sql"]
    ]
    assert len(mine) == 2
