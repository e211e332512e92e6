"""News as its readers see it: in the home of the ecosystem, in its room, in the forum; and the form to write it."""

from __future__ import annotations

import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.conversations.models import Conversation
from network.conversations.services import set_post_state
from network.ecosystems.models import Participation
from network.ecosystems.services import close_ecosystem, end_participation, set_role
from portal.accounts.models import User
from tests.network.conversations.conftest import picture, reply, topic_in
from tests.network.ecosystems.conftest import Circle, read, send
from tests.network.forum.conftest import news_in, own_words
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
ROOM = "/forum/elektrokring-nieuws/"
WRITE = "/forum/ecosysteem/elektrokring/nieuws/"
HOME = "/ecosystemen/elektrokring/"


def headings(page: str, level: str) -> list[str]:
    return [each.get_text(strip=True) for each in BeautifulSoup(page, "html.parser").main.find_all(level)]


def section(page: str, title: str) -> str:
    """The words of a section of the home."""
    soup = BeautifulSoup(page, "html.parser")
    found = next(
        each for each in soup.find_all("section") if each.h2 and each.h2.get_text(strip=True) == title
    )
    return " ".join(found.get_text(" ", strip=True).split())


def test_as_long_as_there_is_none_only_managers_hear_of_it(members: Circle) -> None:
    page = read(members.host, HOME)
    assert headings(page, "h2")[0] == "Nieuws" and WRITE in page
    assert "Vertel wat iedereen moet weten" in section(page, "Nieuws")
    for reader in (members.anna, members.guest):
        assert "Nieuws" not in headings(read(reader, HOME), "h2")
    assert "Nieuws" not in headings(read(members.anna, "/forum/ecosysteem/elektrokring/"), "h2")


def test_it_is_written_read_and_reacted_to_without_script(members: Circle) -> None:
    page = read(members.host, WRITE)
    assert "Schrijf nieuws voor ElektroKring" in page and "3 mensen krijgen een melding." in page
    form = BeautifulSoup(page, "html.parser").select_one("main form")
    assert form is not None
    token = form.select_one("[name=token]")["value"]
    typed = {"title": "We beginnen in januari", "text": "Kom **allemaal**.", "token": token}
    preview = send(members.host, WRITE, **typed, actie="voorbeeld")
    assert "Zo ziet het eruit" in preview and "3 mensen krijgen een melding." in preview
    assert not Conversation.objects.exists()
    page = send(members.host, WRITE, **typed)
    assert "Je nieuws staat er. Wie meedoet, krijgt een melding." in page
    news = Conversation.objects.get()
    assert headings(page, "h1") == ["We beginnen in januari"] and "Zet bovenaan" not in page
    assert HOME in page and ROOM in page
    page = send(members.anna, f"/gesprekken/{news.pk}/antwoord/", text="Ik kom", token=str(uuid.uuid4()))
    assert "Ik kom" in page and "Nieuws van ElektroKring" in page
    words = section(read(members.bram, HOME), "Nieuws")
    assert "Host 1 reactie We beginnen in januari Kom allemaal. Al het nieuws" in words
    assert "Schrijf nieuws" not in words


def test_what_is_wrong_comes_back_with_what_was_typed(members: Circle) -> None:
    page = send(members.host, WRITE, title="", text="Een lang verhaal", token=str(uuid.uuid4()))
    assert "Geef je bericht een titel." in page and "Een lang verhaal" in page
    assert "3 mensen krijgen een melding." in page and not Conversation.objects.exists()


def test_who_may_no_longer_write_it_keeps_what_was_typed(members: Circle) -> None:
    row = Participation.objects.get(user=members.anna, ecosystem=members.kring)
    typed = {"title": "Een titel", "text": "Mijn lange verhaal", "token": str(uuid.uuid4())}
    set_role(row, role="manager", by=members.host)
    assert "Schrijf nieuws voor" in read(members.anna, WRITE)
    set_role(row, role="member", by=members.host)
    page = send(members.anna, WRITE, 404, **typed)
    assert "Je bent hier geen beheerder meer" in page and "Mijn lange verhaal" in page
    close_ecosystem(members.kring, by=members.host)
    page = send(members.host, WRITE, 404, **typed)
    assert "het is gesloten" in page and "Mijn lange verhaal" in page
    assert not Conversation.objects.exists()


def test_the_number_of_who_hears_is_that_of_today(members: Circle) -> None:
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    User.objects.filter(pk=members.guest.pk).update(is_active=False)
    assert "1 persoon krijgt een melding." in read(members.host, WRITE)
    end_participation(Participation.objects.get(user=members.anna, ecosystem=members.kring), by=members.host)
    assert "niemand krijgt een melding" in read(members.host, WRITE)


def test_the_home_shows_the_newest_three_and_talk_does_not_repeat_them(members: Circle) -> None:
    now = timezone.now()
    for day in range(4):
        news_in(members.kring, members.host, f"Bericht {day}", at=now - datetime.timedelta(days=day))
    oldest = Conversation.objects.get(title="Bericht 3")
    reply(oldest, members.anna)  # talk doesn't make news newer
    topic_in(members, members.anna, title="Gewoon gepraat")
    page = read(members.bram, HOME)
    assert headings(page, "h3")[:3] == ["Bericht 0", "Bericht 1", "Bericht 2"]
    assert headings(page, "h2").index("Nieuws") < headings(page, "h2").index("Waar we over praten")
    talk = section(page, "Waar we over praten")
    assert "Gewoon gepraat" in talk and "Bericht" not in talk
    room = read(members.bram, ROOM)
    assert headings(room, "h2") == ["Bericht 0", "Bericht 1", "Bericht 2", "Bericht 3"]
    assert "onderwerp" not in BeautifulSoup(room, "html.parser").main.get_text().lower()
    assert "/nieuw/" not in room and WRITE not in room and WRITE in read(members.host, ROOM)


def test_the_forum_lists_it_apart(members: Circle) -> None:
    news_in(members.kring, members.host, "Een besluit")
    topic_in(members, members.anna, title="Gewoon gepraat")
    page = read(members.anna, "/forum/ecosysteem/elektrokring/")
    assert headings(page, "h2") == ["Nieuws", "Ruimtes", "Laatst besproken"]
    assert "(1 bericht)" in page and "Een besluit" not in page and "Gewoon gepraat" in page
    page = read(members.anna, "/forum/")
    assert "ElektroKring: Nieuws" in page and "1 bericht" in page and "Een besluit" not in page


def test_ten_items_a_page(members: Circle) -> None:
    with transaction.atomic():
        for number in range(11):
            news_in(members.kring, members.host, f"Bericht {number:02}")
            cache.clear()
    assert headings(read(members.anna, ROOM), "h2")[-1] == "Bericht 01"
    assert headings(read(members.anna, f"{ROOM}?pagina=2"), "h2")[0] == "Bericht 00"
    read(members.anna, f"{ROOM}?pagina=3", 404)


def test_what_waits_for_a_moderator_is_seen_by_its_writer_alone(members: Circle) -> None:
    news = news_in(members.kring, members.host, "Eerst bekijken")
    set_post_state(news.posts.get().pk, "held")
    for path in (HOME, ROOM):
        assert "Wacht op een moderator" in read(members.host, path)
        assert "Eerst bekijken" not in read(members.anna, path)
    assert "Nieuws" not in headings(read(members.anna, HOME), "h2")
    assert "Er is nu geen nieuws" in read(members.anna, ROOM)
    for path in ("/forum/", "/forum/ecosysteem/elektrokring/"):
        assert ROOM not in read(members.anna, path)


def test_the_first_lines_are_words(members: Circle) -> None:
    User.objects.filter(pk=members.anna.pk).update(name="Anna <i>& co</i>")
    text = f"## Kop\n\n- Een [link](https://voorbeeld.example/)\n- @{'Anna <i>& co</i>'}\n\n{'woord ' * 80}"
    news_in(members.kring, members.host, text=text)
    words = section(read(members.bram, HOME), "Nieuws")
    assert "Kop Een link" in words and "voorbeeld.example" not in words
    assert "…" in words and len(words) < 400
    assert "<i>" not in browser_of(members.bram).get(HOME).content.decode()


@pytest.mark.usefixtures("member_files")
def test_pictures_go_along(members: Circle) -> None:
    picture(members.host, f"news:{members.kring.pk}", "Het nieuwe bord")
    send(members.host, WRITE, title="Kijk", text="Zo wordt het.", token=str(uuid.uuid4()))
    assert "Het nieuwe bord" in read(members.anna, Conversation.objects.get().get_absolute_url())


def queries_of(reader: User, path: str) -> int:
    cache.clear()
    client = browser_of(reader)
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_queries_do_not_grow(members: Circle) -> None:
    """Of what one manages too, where the home asks most."""
    paths, budgets = (HOME, ROOM, WRITE, "/forum/ecosysteem/elektrokring/"), (25, 10, 10, 10)
    counted: list[list[int]] = []
    for many in (3, 25):
        with transaction.atomic():
            while Conversation.objects.filter(topic__room__kind="news").count() < many:
                number = Conversation.objects.count()
                news = news_in(members.kring, members.host, f"Bericht {number}", f"Voor @Bram. {own_words()}")
                reply(news, members.anna, text=own_words())
                topic_in(members, members.bram, title=f"Gepraat {number}", text=own_words())
                cache.clear()  # of how much they write in how little time
        counted.append([queries_of(members.host, path) for path in paths])
    few, most = counted
    assert few == most and all(each <= budget for each, budget in zip(most, budgets, strict=True)), counted
