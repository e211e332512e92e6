"""The screens: the list, asking, a question with its answers, and what one does there."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.conversations.models import Draft
from network.conversations.services import cast_vote, lock_conversation
from network.ecosystems.models import Ecosystem
from network.questions.models import AnswerClaim, AskingDay, Question, SameHere
from network.questions.services import accept_answer, claim_question
from portal.accounts.models import User
from portal.notifications.models import Notification
from portal.taxonomy.models import Theme
from tests.factories.pages import Portal, make_case
from tests.factories.taxonomy import DivisionFactory, ThemeFactory
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, change, person, read, send
from tests.network.questions.conftest import answer, ask, expert, told
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
HIT = 'class="thread-list"'


def form_of(**values: Any) -> dict[str, Any]:
    given = {"title": "Hoe plan je kleine series?", "text": "Wij lopen vast.", "theme": "proces"}
    return {"token": str(uuid.uuid4()), **given, **values}


def titles_in(page: str) -> list[str]:
    return re.findall(r'thread-list__title"><a href="[^"]+">([^<]+)<', page)


def address(question: Question, rest: str = "") -> str:
    return f"/vragen/{question.pk}/{rest}"


def anchors(page: str) -> list[int]:
    return [int(each) for each in re.findall(r'id="bericht-(\d+)"', page)]


# --- asking


def chosen_audience(page: str) -> list[str]:
    boxes = re.findall(r'<input type="radio" name="audience"[^>]*>', page)
    assert boxes
    return re.findall(r'value="([^"]+)"', " ".join(box for box in boxes if " checked" in box))


def test_asking_asks_who_may_read_it_and_chooses_nothing(members: Circle, theme: Theme) -> None:
    page = read(members.anna, "/vragen/stel/")
    assert "Wie mag je vraag lezen?" in page
    assert chosen_audience(page) == []
    assert chosen_audience(read(members.anna, f"/vragen/stel/?voor={members.kring.slug}")) == [
        members.kring.slug
    ]
    # Where one doesn't take part is no place to come from.
    assert chosen_audience(read(members.anna, f"/vragen/stel/?voor={members.sibling.slug}")) == []
    send(members.anna, "/vragen/stel/", **form_of())
    assert not Question.objects.exists()
    send(members.anna, "/vragen/stel/", **form_of(audience=members.sibling.slug))
    assert not Question.objects.exists()
    page = send(members.anna, "/vragen/stel/", **form_of(audience=members.kring.slug))
    assert "Je vraag staat erop" in page
    assert Question.objects.get().conversation.ecosystem == members.kring


def test_who_takes_part_nowhere_asks_everybody(members: Circle, theme: Theme) -> None:
    page = read(members.outsider, "/vragen/stel/")
    assert "Iedereen kan je vraag lezen" in page
    assert "Wie mag je vraag lezen?" not in page
    send(members.outsider, "/vragen/stel/", **form_of())
    assert Question.objects.get().conversation.ecosystem is None


def test_bad_input_comes_back_with_what_was_typed(members: Circle, theme: Theme) -> None:
    page = send(members.outsider, "/vragen/stel/", **form_of(theme="", title="Kwartel", text="Mus"))
    assert "Kies een thema" in page
    assert 'value="Kwartel"' in page
    assert "Mus</textarea>" in page
    assert (Draft.objects.get().title, Draft.objects.get().text) == ("Kwartel", "Mus")
    for values in (
        {"sector": "zz"},
        {"theme": "geen"},
        {"token": "geen"},
        {"title": "x" * 200},
        {"text": ""},
    ):
        assert 'class="error-summary"' in send(members.outsider, "/vragen/stel/", **form_of(**values))
    assert not Question.objects.exists()


def test_a_preview_and_a_draft_place_nothing(members: Circle, theme: Theme) -> None:
    page = send(members.outsider, "/vragen/stel/", **form_of(actie="voorbeeld", text="Dit is **vet**."))
    assert "<strong>vet</strong>" in page
    send(members.outsider, "/vragen/stel/", **form_of(actie="concept", title="Later"))
    assert not Question.objects.exists()
    assert 'value="Later"' in read(members.outsider, "/vragen/stel/")
    send(members.outsider, "/vragen/stel/", **form_of())
    assert not Draft.objects.exists()


# --- what is like it


@pytest.fixture
def found(portal: Portal, index: Any, theme: Theme) -> Callable[[], None]:
    """Brings the index up to date."""
    from search.indexing.relay import relay_all

    make_case(portal, "Kleine series plannen bij de lasserij", slug="lasserij")
    relay_all()
    return relay_all


def test_what_is_like_it_comes_first_once(members: Circle, found: Callable[[], None]) -> None:
    page = send(members.outsider, "/vragen/stel/", **form_of())
    assert "Misschien staat je antwoord hier al" in page
    assert "bij de lasserij" in re.sub("</?mark>", "", page)
    assert 'name="looked" value="on"' in page
    assert not Question.objects.exists()
    send(members.outsider, "/vragen/stel/", **form_of(looked="on"))
    assert Question.objects.count() == 1
    day = AskingDay.objects.get()
    assert (day.shown, day.asked, day.asked_after_shown, day.asked_after_opening) == (1, 1, 1, 0)


def test_every_kind_appears_while_typing(members: Circle, found: Callable[[], None]) -> None:
    ask(members.bram, title="Hoe plan je kleine series in de zomer?")
    found()
    page = read(members.outsider, "/vragen/stel/vergelijkbaar/?title=kleine+series+plannen")
    assert "praktijkvoorbeeld" in page
    assert "vraag" in page and "zomer" in page
    assert "<html" not in page
    assert HIT not in read(members.outsider, "/vragen/stel/vergelijkbaar/?title=kl")
    assert HIT not in read(members.outsider, "/vragen/stel/vergelijkbaar/?title=%00%FF")


def test_nobody_asks_what_is_like_it_without_end(members: Circle) -> None:
    browser = browser_of(members.outsider)
    answers = [browser.get("/vragen/stel/vergelijkbaar/?title=k").status_code for _time in range(62)]
    assert answers[:60] == [200] * 60
    assert answers[60:] == [429, 429]


def test_the_page_tells_what_was_shown_and_opened(members: Circle) -> None:
    browser = browser_of(members.anna)
    for what in ("getoond", "geopend", "onzin"):
        assert browser.post("/vragen/stel/spoor/", {"wat": what}).status_code == 204
    day = AskingDay.objects.get()
    assert (day.shown, day.opened, day.asked) == (1, 1, 0)


# --- the list


def test_the_list_is_narrowed(members: Circle) -> None:
    metal = DivisionFactory.create()
    planning = ThemeFactory.create(slug="planning", name="Planning")
    with transaction.atomic():
        public = ask(members.bram, title="Voor allen", sector=metal)
        private = ask(members.bram, members.kring, title="Onder ons", theme=planning)
        solved = ask(members.bram, title="Opgelost")
        accept_answer(solved, post=answer(solved, members.anna), by=members.bram)
        shut = ask(members.bram, title="Dicht")
        lock_conversation(shut.conversation, by=User.objects.create_superuser("b@voorbeeld.example"))
        talked = ask(members.bram, title="Besproken")
        answer(talked, members.anna)
    found = {
        "": ["Besproken", "Dicht", "Opgelost", "Onder ons", "Voor allen"],
        "?thema=planning": ["Onder ons"],
        "?sector=25": ["Voor allen"],
        "?stand=onbeantwoord": ["Onder ons", "Voor allen"],
        "?stand=open": ["Besproken", "Onder ons", "Voor allen"],
        "?stand=beantwoord": ["Opgelost"],
        "?stand=gesloten": ["Dicht"],
        "?mijn=on": ["Onder ons"],
        "?sorteer=onbeantwoord": ["Onder ons", "Voor allen", "Besproken", "Dicht", "Opgelost"],
        "?thema=geen&stand=onzin": ["Besproken", "Dicht", "Opgelost", "Onder ons", "Voor allen"],
    }
    for query, titles in found.items():
        assert titles_in(read(members.anna, f"/vragen/{query}")) == titles, query
    assert "Onder ons" not in read(None, "/vragen/")
    assert public.pk != private.pk
    for page in ("99", "0", "x"):
        read(members.anna, f"/vragen/?pagina={page}", 404)


def test_an_empty_list_says_what_to_do(members: Circle) -> None:
    assert "Nog geen vragen voor iedereen" in read(None, "/vragen/")
    assert "Waar loop jij tegenaan?" in read(members.anna, "/vragen/")
    assert "Geen vragen met deze filters" in read(members.anna, "/vragen/?stand=gesloten")


# --- a question


def test_chosen_answers_stand_on_top_and_then_the_most_useful(members: Circle) -> None:
    question = ask(members.anna)
    first, second, third = (
        answer(question, members.bram, f"Manier {word}") for word in ("een", "twee", "drie")
    )
    cast_vote(third, by=members.guest)
    accept_answer(question, post=second, by=members.anna)
    page = read(members.anna, address(question))
    opening = question.conversation.posts.get(number=1)
    assert anchors(page) == [opening.pk, second.pk, third.pk, first.pk]
    assert "Gekozen antwoord" in page
    assert "Toch niet het antwoord" in page
    # Who may not choose gets no button for it.
    assert "Dit is het antwoord" not in read(members.bram, address(question))


def long_question(members: Circle, answers: int = 44) -> tuple[Question, list[Any]]:
    with transaction.atomic():
        writers = [members.bram, members.guest, members.host, members.outsider]
        question = ask(members.anna)
        posts = [
            answer(question, writers[number % 4], f"Antwoord met {word_for(number)}")
            for number in range(answers)
        ]
    return question, posts


def word_for(number: int) -> str:
    return "".join(chr(97 + int(letter)) for letter in f"{number:04}") * 3


def test_a_link_to_a_post_finds_it_wherever_votes_put_it(members: Circle) -> None:
    question, posts = long_question(members)
    last = posts[-1]
    cast_vote(last, by=members.anna)
    accept_answer(question, post=posts[30], by=members.anna)
    browser = browser_of(members.anna)
    for post in (posts[0], posts[18], posts[19], posts[30], last):
        target = browser.get(f"/berichten/{post.pk}/", follow=False)["Location"]
        path, _hash, anchor = target.partition("#")
        page = read(members.anna, path)
        assert page.count(f'id="{anchor}"') == 1, target
    first = read(members.anna, address(question))
    assert anchors(first)[1] == posts[30].pk
    second = read(members.anna, address(question, "?pagina=2"))
    assert "Lees het bovenaan" in second
    assert f"Antwoord met {word_for(30)}" in first
    assert f"Antwoord met {word_for(30)}" not in second


def test_choosing_and_closing_by_the_buttons(members: Circle) -> None:
    question = ask(members.anna)
    post = answer(question, members.bram)
    assert "staat nu bovenaan" in send(members.anna, address(question, f"antwoord/{post.pk}/"), keuze="ja")
    assert told("accepted", post.pk) == {"Bram"}
    page = send(members.anna, address(question, f"antwoord/{post.pk}/"), keuze="weg")
    assert "staat niet meer bovenaan" in page
    send(members.bram, address(question, f"antwoord/{post.pk}/"), 404, keuze="ja")
    send(members.anna, address(question, "antwoord/987654/"), 404, keuze="ja")
    assert "is gesloten" in send(members.anna, address(question, "stand/"), stand="dicht")
    assert "Geef antwoord" not in read(members.bram, address(question))
    assert "weer open" in send(members.anna, address(question, "stand/"), stand="open")


def test_the_same_question_by_the_button(members: Circle) -> None:
    question = ask(members.anna)
    page = send(members.bram, address(question, "ook/"), ook="ja")
    assert "1 lid heeft hier ook iets aan" in page
    assert SameHere.objects.get().user == members.bram
    assert "heeft hier ook" not in send(members.bram, address(question, "ook/"), ook="nee")
    assert "Hier heb ik ook iets aan" not in read(members.anna, address(question))


def test_others_see_that_somebody_is_writing(members: Circle) -> None:
    question = ask(members.anna)
    send(members.bram, address(question, "ik-schrijf/"), schrijf="ja")
    assert "Bram schrijft een antwoord" in read(members.guest, address(question))
    assert "schrijft een antwoord" not in read(None, address(question))
    assert "Iemand anders schrijft al" in send(members.guest, address(question, "ik-schrijf/"), schrijf="ja")
    send(members.bram, address(question, "ik-schrijf/"), schrijf="nee")
    assert not AnswerClaim.objects.exists()


def test_inviting_somebody_who_knows(members: Circle, theme: Theme) -> None:
    question = ask(members.anna)
    assert "staat nu open voor vragen" in read_follow(members.anna, address(question, "uitnodigen/"))
    wise = expert(person("wies"), theme)
    assert "Wies" in read(members.anna, address(question, "uitnodigen/"))
    assert "Kies iemand" in send(members.anna, address(question, "uitnodigen/"))
    page = send(members.anna, address(question, "uitnodigen/"), expert=str(wise.pk))
    assert "Wies hoort van je vraag" in page
    assert told("invited", question.pk) == {"Wies"}
    assert "vraagt of jij hier iets van weet" in read(wise, "/meldingen/")


def read_follow(user: User, path: str) -> str:
    return browser_of(user).get(path, follow=True).content.decode()


def test_machines_read_a_public_question_and_no_other(members: Circle) -> None:
    question, private = ask(members.anna, title="</script><b>Mag dat?"), ask(members.anna, members.kring)
    post = answer(question, members.bram, "Ja, **dat** mag.")
    accept_answer(question, post=post, by=members.anna)
    page = browser_of(None).get(address(question)).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    thing = json.loads(block[1])["mainEntity"]
    assert thing["name"] == "</script><b>Mag dat?"
    assert thing["answerCount"] == 1
    assert thing["acceptedAnswer"][0]["text"] == "Ja, dat mag."
    # As everybody sees the name: this profile shows it to members alone.
    assert "Anna" not in block[1] and "Bram" not in block[1]
    assert 'content="noindex"' not in page
    page = read(members.bram, address(private))
    assert "ld+json" not in page
    assert 'content="noindex"' in page


def test_the_feed_holds_what_is_for_everybody(members: Circle) -> None:
    ask(members.anna, title="Voor <allen>")
    ask(members.anna, members.kring, title="Onder ons")
    ask(members.anna, title="Elders", theme=ThemeFactory.create(slug="planning"))
    for reader in (None, members.anna):
        response = browser_of(reader).get("/vragen/feed/")
        text = response.content.decode()
        assert response["Content-Type"].startswith("application/atom+xml")
        assert "Voor &lt;allen&gt;" in text and "Elders" in text
        assert "Onder ons" not in text
    assert "Voor" not in browser_of(None).get("/vragen/feed/?thema=planning").content.decode()


def test_ones_own_questions_and_those_of_an_ecosystem(members: Circle) -> None:
    question = ask(members.anna, members.kring, title="Kwartel in de kring")
    assert "Kwartel in de kring" in read(members.anna, "/mijn/")
    assert "Kwartel in de kring" not in read(members.bram, "/mijn/")
    page = read(members.bram, f"/ecosystemen/{members.kring.slug}/")
    assert "Kwartel in de kring" in page
    assert f"/vragen/stel/?voor={members.kring.slug}" in page
    # What waits for an answer comes first.
    later = ask(members.anna, members.kring, title="Later gevraagd")
    answer(later, members.bram)
    found = titles_in(read(members.bram, f"/ecosystemen/{members.kring.slug}/"))
    assert found.index("Kwartel in de kring") < found.index("Later gevraagd")
    assert question.pk != later.pk


# --- how much work


# Of the menu; kept by every process until something is published, but never within a test's own transaction.
KEPT = ('"wagtailcore_', '"pages_navigationsettings"')


def queries_of(reader: User | None, path: str) -> int:
    Notification.objects.update(
        seen_at=timezone.now(), mail_due_at=None
    )  # the header's count is another room's work
    browser = browser_of(reader)
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len([each for each in captured if not any(name in each["sql"] for name in KEPT)])


def many_questions(circle: Circle, number: int, ecosystem: Ecosystem | None) -> None:
    with transaction.atomic():
        for each in range(number):
            asker = person(f"vrager{each}{number}")
            known(asker)
            question = ask(asker, title=f"Vraag {word_for(each)}")
            answer(question, circle.bram, f"Antwoord {word_for(each)}")


@pytest.mark.parametrize("who", ["anna", None])
def test_the_list_costs_the_same_with_three_and_twenty_five(members: Circle, who: str | None) -> None:
    reader = getattr(members, who) if who else None
    many_questions(members, 3, members.kring)
    few = queries_of(reader, "/vragen/")
    many_questions(members, 22, members.kring)
    many = queries_of(reader, "/vragen/")
    assert few == many <= 12, (few, many)


@pytest.mark.parametrize("who", ["anna", "bram", "outsider"])
def test_a_question_costs_the_same_with_three_and_twenty_five(members: Circle, who: str) -> None:
    reader, counts = getattr(members, who), []
    for number in (3, 25):
        question, posts = long_question(members, number)
        accept_answer(question, post=posts[0], by=members.anna)
        accept_answer(question, post=posts[-1], by=members.anna)
        counts.append(queries_of(reader, address(question)))
    assert counts[1] <= 15, counts
    assert counts[1] - counts[0] <= 1, counts  # what was chosen from another page


def test_what_was_claimed_is_no_row_of_somebody_elses_page(members: Circle) -> None:
    question = ask(members.anna, members.kring)
    claim_question(question, by=members.bram)
    change(members.kring, closed_at=None)
    read(members.outsider, address(question), 404)
