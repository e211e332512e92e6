"""Many at the same moment, with real transactions: what must hold, holds."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from network.conversations.models import Conversation, Post
from network.questions.models import AcceptedAnswer, AnswerClaim, ExpertInvitation, Question, SameHere
from network.questions.services import (
    Refused,
    accept_answer,
    claim_question,
    invite_expert,
    join_same_here,
)
from portal.notifications.models import Notification
from portal.taxonomy.models import Theme
from tests.at_once import at_once
from tests.factories.taxonomy import ThemeFactory
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, person
from tests.network.questions.conftest import answer, ask, expert

pytestmark = pytest.mark.django_db(transaction=True)


def errors(outcomes: list[Any]) -> list[Any]:
    return [each for each in outcomes if isinstance(each, Exception)]


def test_twenty_of_the_same_form_are_one_question(members: Circle) -> None:
    theme: Theme = ThemeFactory.create(slug="proces")
    token = uuid.uuid4()
    outcomes = at_once(*[partial(ask, members.anna, text="Wij lopen vast.", token=token, theme=theme)] * 20)
    assert errors(outcomes) == []
    assert len({question.pk for question in outcomes}) == 1
    assert Question.objects.count() == Conversation.objects.count() == Post.objects.count() == 1


def test_two_accept_at_once_and_the_limit_holds(members: Circle) -> None:
    """Who asked and who runs the place: the same answer once, and never more than five."""
    with transaction.atomic():
        question = ask(members.anna, members.kring)
        posts = [answer(question, members.bram, f"Manier {word}") for word in "abcdefg"]
    same = [partial(accept_answer, question, post=posts[0], by=by) for by in (members.anna, members.host)]
    assert errors(at_once(*same)) == []
    assert AcceptedAnswer.objects.count() == 1
    assert Notification.objects.filter(kind="questions.accepted").count() == 1
    rest = [partial(accept_answer, question, post=post, by=members.anna) for post in posts[1:]]
    outcomes = at_once(*rest)
    assert AcceptedAnswer.objects.count() == 5
    assert [type(each) for each in errors(outcomes)] == [Refused, Refused]


def test_twenty_have_the_same_question_at_once(members: Circle) -> None:
    with transaction.atomic():
        question = ask(members.anna)
        people = [person(f"lid{number}") for number in range(10)]
    outcomes = at_once(*[partial(join_same_here, question, by=each) for each in people * 2])
    assert errors(outcomes) == []
    assert SameHere.objects.count() == Question.objects.with_standing().get().same_count == 10


def test_one_of_many_writes_the_answer(members: Circle) -> None:
    with transaction.atomic():
        question = ask(members.anna)
    people = (members.bram, members.guest, members.host, members.outsider)
    outcomes = at_once(*[partial(claim_question, question, by=each) for each in people])
    assert [type(each) for each in errors(outcomes)] == [Refused] * 3
    assert AnswerClaim.objects.count() == 1


def test_nobody_invites_more_than_three_a_day(members: Circle) -> None:
    with transaction.atomic():
        theme: Theme = ThemeFactory.create(slug="proces")
        experts = [expert(person(f"wijs{number}"), theme) for number in range(6)]
        known(*experts)
        questions = [ask(by, title=f"Hoe {word}?") for by, word in zip(experts, "abcdef", strict=True)]
    pairs = zip(questions, [*experts[1:], experts[0]], strict=True)
    deeds = [partial(invite_expert, question, expert=who, by=members.anna) for question, who in pairs]
    outcomes = at_once(*deeds)
    assert ExpertInvitation.objects.count() == 3
    assert [type(each) for each in errors(outcomes)] == [Refused] * 3


def test_without_the_lock_more_would_be_accepted(members: Circle) -> None:
    """The control: what counts and writes without waiting for the others passes the limit."""
    import threading

    with transaction.atomic():
        question = ask(members.anna)
        posts = [answer(question, members.bram, f"Manier {word}") for word in "abcdefg"]
    all_counted = threading.Barrier(len(posts))

    def careless(post: Post) -> None:
        if AcceptedAnswer.objects.filter(question=question).count() < 5:
            all_counted.wait(10)
            AcceptedAnswer.objects.create(question=question, post=post)

    assert errors(at_once(*[partial(careless, post) for post in posts])) == []
    assert AcceptedAnswer.objects.count() == 7
