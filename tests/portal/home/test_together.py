"""The page of what people do together: each reader sees theirs, at a bounded price; the front page leads there."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.conversations.services import set_post_state
from network.ecosystems.services import found_ecosystem
from portal.accounts.models import User
from portal.notifications.models import Notification
from tests.network.conversations.conftest import known, open_topic, topic_in
from tests.network.ecosystems.conftest import Circle, change, circle, person, portal, read
from tests.network.events.conftest import plan
from tests.network.questions.conftest import answer, ask
from tests.portal.organisations.people import browser_of

__all__ = ["circle", "portal"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
PAGE = "/meedoen/"
# Of the menu; kept by every process until something is published, but never within a test's own transaction.
KEPT = ('"wagtailcore_', '"pages_navigationsettings"')


@pytest.fixture
def members(circle: Circle) -> Circle:
    cache.clear()
    known(circle.host, circle.anna, circle.bram, circle.guest, circle.outsider)
    return circle


@pytest.fixture
def full(members: Circle) -> Circle:
    """Of each something for everybody, and something in the ecosystem."""
    change(members.kring, visibility="members")
    ask(members.outsider, title="Vraag voor allen")
    ask(members.anna, members.kring, title="Vraag in de kring")
    open_topic(members.outsider, "Gesprek voor allen")
    topic_in(members, members.anna, "Gesprek in de kring")
    staff = person("redactie")
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    staff.refresh_from_db()
    plan(staff, audience="public", title="Webinar voor allen")
    plan(members.host, members.kring, title="Bezoek in de kring")
    return members


FOR_ALL = ("Vraag voor allen", "Gesprek voor allen", "Webinar voor allen")
IN_THE_CIRCLE = ("Vraag in de kring", "Gesprek in de kring", "Bezoek in de kring")


def test_each_reader_sees_what_is_theirs(full: Circle) -> None:
    shown = {who: read(getattr(full, who) if who else None, PAGE) for who in (None, "outsider", "bram")}
    for page in shown.values():
        assert all(title in page for title in FOR_ALL)
    assert all(title in shown["bram"] for title in (*IN_THE_CIRCLE, "ElektroKring", "Je doet mee"))
    for who in (None, "outsider"):
        assert not any(title in shown[who] for title in IN_THE_CIRCLE)
    # Members know that the ecosystem is there; visitors don't.
    assert "ElektroKring" in shown["outsider"] and "ElektroKring" not in (shown[None] or "")


def test_working_groups_stand_with_what_they_are_part_of(full: Circle) -> None:
    assert "Lassen" not in read(full.anna, PAGE)


def test_ones_own_ecosystem_comes_first_and_a_closed_one_not_at_all(full: Circle) -> None:
    for name in ("Aardkring", "Bouwkring", "Dichtkring"):
        change(found_ecosystem(organisation=full.stroomhuis, name=name, by=full.host), visibility="members")
    page = read(full.bram, PAGE)
    assert page.index("ElektroKring") < page.index("Aardkring") < page.index("Bouwkring")
    assert "Dichtkring" not in page
    change(full.kring, closed_at=timezone.now())
    assert f'href="{full.kring.get_absolute_url()}"' not in read(full.bram, PAGE)


def test_what_a_moderator_hid_is_gone_at_once(members: Circle) -> None:
    question = ask(members.outsider, title="Gevonden antwoord")
    visitor = Client()
    assert "Gevonden antwoord" in visitor.get(PAGE).content.decode()
    set_post_state(question.conversation.posts.get(number=1).pk, "hidden")
    assert "Gevonden antwoord" not in visitor.get(PAGE).content.decode()


def test_where_nothing_is_yet_it_says_what_to_do(members: Circle) -> None:
    change(members.kring, visibility="hidden", joining="invitation")
    for reader in (None, members.outsider):
        page = read(reader, PAGE)
        for words in ("Nog geen vragen", "Nog geen gesprekken", "Er staat nu niets op de agenda"):
            assert words in page
        assert 'href="/vragen/stel/"' in page
    assert 'href="/aanmelden/"' in read(None, PAGE)
    assert 'href="/aanmelden/"' not in read(members.outsider, PAGE)


def test_the_front_page_leads_there_and_holds_nothing_of_what_is_said(full: Circle) -> None:
    page = read(None, "/")
    for way in (PAGE, "/vragen/", "/forum/", "/bijeenkomsten/", "/ecosystemen/"):
        assert f'href="{way}"' in page
    assert not any(title in page for title in (*FOR_ALL, *IN_THE_CIRCLE))


@pytest.mark.parametrize("who", ["anna", None])
def test_it_costs_the_same_with_three_and_twenty_five(full: Circle, who: str | None) -> None:
    reader, counts = getattr(full, who) if who else None, []
    for first, last in ((0, 3), (3, 25)):
        with transaction.atomic():
            for each in range(first, last):
                something_of_each(full, each)
        counts.append(queries_of(reader))
    assert counts[0] == counts[1] <= 20, counts


def something_of_each(circle: Circle, number: int) -> None:
    by, word = person(f"lid{number}"), f"{chr(97 + number)}aak"
    known(by)
    answer(ask(by, title=f"Vraag {word}"), circle.bram, f"Antwoord {word}")
    open_topic(by, f"Gesprek {word}")
    plan(circle.host, circle.kring, title=f"Bezoek {word}")
    found_ecosystem(organisation=circle.stroomhuis, name=f"Kring {word}", by=circle.host)


def queries_of(reader: Any) -> int:
    Notification.objects.update(
        seen_at=timezone.now(), mail_due_at=None
    )  # the header's count is another's work
    browser = browser_of(reader)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(PAGE).status_code == 200
    return len([each for each in captured if not any(name in each["sql"] for name in KEPT)])
