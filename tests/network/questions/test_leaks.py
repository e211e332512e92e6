"""A question in a hidden ecosystem, with a word that nobody else may hear, looked for everywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from network.conversations.services import set_post_state
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.questions.models import Question
from network.questions.services import accept_answer, experts_for, invite_expert, remind_those_who_know
from portal.accounts.models import User
from portal.notifications.models import Notification
from search.indexing.relay import relay_all
from tests.factories.taxonomy import DivisionFactory, ThemeFactory
from tests.network.ecosystems.conftest import Circle, change, read
from tests.network.questions.conftest import answer, ask, expert
from tests.network.questions.test_experts import LATER
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "index")]
# One word is asked for and comes back in headings; the other is never typed.
CANARY, BESIDE = "kwartelkoning", "zonnedauw"
JSON = {"Accept": "application/json"}


@pytest.fixture
def secret(members: Circle) -> Question:
    """Everything of it holds the word, and its theme and sector are used nowhere else."""
    change(members.kring, visibility="hidden", joining="invitation")
    theme = ThemeFactory.create(slug="vogels", name="Vogels")
    question = ask(
        members.anna,
        members.kring,
        title=f"Wie kent de {CANARY} bij {BESIDE}?",
        text=f"De {CANARY} broedt in onze hal, naast {BESIDE}.",
        theme=theme,
        sector=DivisionFactory.create(code="01", name="Landbouw"),
    )
    accept_answer(
        question, post=answer(question, members.bram, f"Onze {CANARY} ook, met {BESIDE}."), by=members.anna
    )
    ask(members.anna, title="Wie kent de merel?")
    relay_all()
    return question


def places(question: Question) -> list[str]:
    """Where its word could stand."""
    posts = [f"/berichten/{pk}/" for pk in question.conversation.posts.values_list("pk", flat=True)]
    return [
        "/",
        "/vragen/",
        "/vragen/?stand=beantwoord",
        "/vragen/?thema=vogels",
        "/vragen/?sector=01",
        "/vragen/?sorteer=onbeantwoord",
        "/vragen/feed/",
        "/vragen/feed/?thema=vogels",
        f"/vragen/{question.pk}/",
        f"/zoeken/?q={CANARY}",
        f"/zoeken/?q={CANARY}&type=question",
        "/zoeken/?thema=vogels",
        f"/zoeken/feed/?q={CANARY}",
        f"/api/zoeken?q={CANARY}",
        *posts,
    ]


def heard(reader: User | None, question: Question) -> list[str]:
    """Where this reader meets the word that they didn't type."""
    browser, found = browser_of(reader), []
    extra = [f"/vragen/stel/vergelijkbaar/?title={CANARY}+broedt+in+de+hal", "/meldingen/", "/mijn/"]
    for path in [*places(question), *(extra if reader is not None else [])]:
        text = browser.get(path).content.decode().lower()
        if BESIDE in re.sub("</?mark>", "", text):
            found.append(path)
    for part in (CANARY[:5], CANARY):
        lines = browser.get(f"/zoeken/suggesties/?q={part}", headers=JSON).json()["suggesties"]
        found += [f"suggestion {part}" for line in lines if BESIDE in line["tekst"].lower()]
    return found


def test_who_is_inside_hears_it(members: Circle, secret: Question) -> None:
    found = heard(members.bram, secret)
    wanted = ["/vragen/", "/vragen/?thema=vogels", f"/vragen/{secret.pk}/", f"/zoeken/?q={CANARY}"]
    assert set(wanted) <= set(found), found
    assert any("vergelijkbaar" in path for path in found), found
    assert "/meldingen/" in found
    # A feed and the API are for everybody, whoever asks.
    assert not [path for path in found if "feed" in path or "/api/" in path]


@pytest.mark.parametrize("who", ["outsider", None])
def test_nobody_else_hears_it(members: Circle, secret: Question, who: str | None) -> None:
    assert heard(getattr(members, who) if who else None, secret) == []


def test_neither_do_who_left_and_who_runs_the_portal(members: Circle, secret: Question) -> None:
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    staff = User.objects.create_superuser("staf@voorbeeld.example")
    for reader in (members.bram, staff):
        assert heard(reader, secret) == []


def test_counts_and_filters_are_as_if_it_were_not_there(members: Circle, secret: Question) -> None:
    inside, outside = read(members.bram, "/vragen/?mijn=on"), read(members.outsider, "/vragen/")
    assert "Vogels (1)" in inside and "Landbouw (1)" in inside
    assert "Vogels" not in outside and "Landbouw" not in outside
    for reader in (members.outsider, None):
        assert "1 vraag" in read(reader, "/vragen/")
        assert "Geen vragen met deze filters" in read(reader, "/vragen/?stand=beantwoord")
        assert "Niets gevonden" in read(reader, f"/zoeken/?q={CANARY}")


def test_its_held_back_parts_are_seen_by_their_author_alone(members: Circle, secret: Question) -> None:
    opening = secret.conversation.posts.get(number=1)
    set_post_state(opening.pk, "hidden")
    relay_all()
    assert heard(members.bram, secret) == []
    assert f"/vragen/{secret.pk}/" in heard(members.anna, secret)


def test_nobody_outside_is_told(members: Circle, secret: Question, theme: Any) -> None:
    lonely = ask(members.anna, members.kring, title=f"Nog een {CANARY}?", theme=secret.theme)
    for somebody in (members.outsider, members.bram):
        expert(somebody, lonely.theme)
    assert experts_for(lonely, by=members.anna) == [members.bram.pk]
    remind_those_who_know(timezone.now() + LATER)
    assert not Notification.objects.filter(recipient=members.outsider).exists()
    assert Notification.objects.filter(recipient=members.bram, kind="questions.reminded").exists()


def test_what_was_told_is_gone_for_who_left(members: Circle, secret: Question) -> None:
    lonely = ask(members.anna, members.kring, title=f"Nog een {CANARY}?", theme=secret.theme)
    expert(members.bram, lonely.theme)
    invite_expert(lonely, expert=members.bram, by=members.anna)
    assert CANARY in read(members.bram, "/meldingen/")
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    assert CANARY not in read(members.bram, "/meldingen/")


def test_a_question_that_is_moved_out_of_sight_leaves_the_index(
    members: Circle, secret: Question, index: Any
) -> None:
    from search.results import Query

    def ids(*terms: str) -> set[str]:
        return {hit.id for hit in index.search(Query(text=CANARY, audience=frozenset(terms))).hits}

    own = f"ecosystem:{members.kring.pk}"
    assert ids("public", "member") == set()
    assert ids(own) == {f"question:{secret.pk}"}
    set_post_state(secret.conversation.posts.get(number=1).pk, "removed")
    relay_all()
    assert ids(own) == set()
