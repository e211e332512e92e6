"""Asking, choosing answers, having the same question, closing."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.conversations.models import Post, Reading
from network.conversations.services import choose_wants, lock_conversation, set_post_state
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.questions.models import AcceptedAnswer, Question, SameHere
from network.questions.services import (
    Locked,
    NotAllowed,
    Refused,
    accept_answer,
    close_question,
    join_same_here,
    leave_same_here,
    reopen_question,
    unaccept_answer,
)
from portal.taxonomy.models import Theme
from tests.network.ecosystems.conftest import Circle, person
from tests.network.moderation.conftest import make_moderator
from tests.network.questions.conftest import answer, ask, told

pytestmark = pytest.mark.django_db


def standing(question: Question) -> Question:
    return Question.objects.with_standing().get(pk=question.pk)


def test_the_same_form_twice_is_one_question(members: Circle) -> None:
    token = uuid.uuid4()
    first, second = ask(members.anna, token=token), ask(members.anna, token=token)
    assert first == second
    assert Question.objects.count() == Post.objects.count() == 1


def test_a_question_needs_a_theme_and_a_place_where_one_takes_part(members: Circle) -> None:
    with pytest.raises(Refused, match="Kies een thema"):
        ask(members.anna, theme=None)
    with pytest.raises(NotAllowed):
        ask(members.outsider, members.kring)
    assert not Question.objects.exists()


def test_an_answer_is_of_somebody_else(members: Circle) -> None:
    question = ask(members.anna)
    answer(question, members.anna, "Nog dit erbij.")
    assert list(Question.objects.unanswered()) == [question]
    first = answer(question, members.bram)
    assert standing(question).answer_count == 1
    assert not Question.objects.unanswered().exists()
    set_post_state(first.pk, Post.State.HIDDEN)
    assert standing(question).answer_count == 0
    assert list(Question.objects.unanswered()) == [question]


def test_of_an_asker_who_is_gone_every_later_post_answers(members: Circle) -> None:
    question = ask(members.anna)
    answer(question, members.bram)
    members.anna.delete()
    question = standing(question)
    assert (question.answer_count, question.conversation.started_by) == (1, None)
    members.bram.delete()
    assert standing(question).answer_count == 1


def test_who_asked_chooses_several_answers_and_their_authors_hear_once(members: Circle) -> None:
    question = ask(members.anna, members.kring)
    one, other = answer(question, members.bram), answer(question, members.guest, "Of met een lijst.")
    for post in (one, other, one):
        accept_answer(question, post=post, by=members.anna)
    assert question.accepted_answers.count() == 2
    assert standing(question).has_accepted
    assert told("accepted", one.pk) == {"Bram"}
    unaccept_answer(question, post=one, by=members.anna)
    accept_answer(question, post=one, by=members.anna)
    assert told("accepted", one.pk) == {"Bram"}
    assert list(Question.objects.answered()) == [question]
    assert not Question.objects.open().exists()


def test_who_may_not_choose(members: Circle) -> None:
    question = ask(members.anna, members.kring)
    post = answer(question, members.bram)
    for somebody in (members.bram, members.guest, members.outsider):
        with pytest.raises(NotAllowed):
            accept_answer(question, post=post, by=somebody)
    accept_answer(question, post=post, by=members.host)
    for somebody in (members.bram, members.outsider):
        with pytest.raises(NotAllowed):
            unaccept_answer(question, post=post, by=somebody)
    end_participation(Participation.objects.get(user=members.anna, ecosystem=members.kring), by=members.host)
    with pytest.raises(NotAllowed):
        unaccept_answer(question, post=post, by=members.anna)


def test_moderators_of_the_portal_choose_of_what_is_for_everybody_alone(members: Circle) -> None:
    moderator = make_moderator()
    public, private = ask(members.anna), ask(members.anna, members.kring)
    accept_answer(public, post=answer(public, members.bram), by=moderator)
    with pytest.raises(NotAllowed):
        accept_answer(private, post=answer(private, members.bram), by=moderator)


def test_what_is_no_answer_is_not_chosen(members: Circle) -> None:
    question, other = ask(members.anna, members.kring), ask(members.anna, members.kring, title="Iets anders")
    opening = Post.objects.get(conversation=question.pk, number=1)
    own = answer(question, members.anna, "Het lukt al.")
    hidden = answer(question, members.bram)
    set_post_state(hidden.pk, Post.State.HIDDEN)
    for post in (opening, own, hidden):
        with pytest.raises(Refused, match="geen antwoord"):
            accept_answer(question, post=post, by=members.anna)
    with pytest.raises(NotAllowed):
        accept_answer(question, post=answer(other, members.bram), by=members.anna)
    of_host = answer(question, members.host, "Bij ons gaat het zo.")
    with pytest.raises(Refused, match="eigen antwoord"):
        accept_answer(question, post=of_host, by=members.host)
    assert not AcceptedAnswer.objects.exists()


def test_no_more_than_five_are_chosen(members: Circle) -> None:
    question = ask(members.anna)
    posts = [answer(question, members.bram, f"Manier {number}") for number in range(6)]
    for post in posts[:5]:
        accept_answer(question, post=post, by=members.anna)
    with pytest.raises(Refused, match="al 5 antwoorden"):
        accept_answer(question, post=posts[5], by=members.anna)


def test_a_chosen_answer_that_is_hidden_counts_no_more(members: Circle) -> None:
    question = ask(members.anna)
    post = answer(question, members.bram)
    accept_answer(question, post=post, by=members.anna)
    set_post_state(post.pk, Post.State.HIDDEN)
    assert not standing(question).has_accepted
    assert list(Question.objects.open()) == [question]


def test_the_same_question_is_counted_once_a_member_and_followed(members: Circle) -> None:
    question = ask(members.anna, members.kring)
    for _time in range(2):
        join_same_here(question, by=members.bram)
    assert standing(question).same_count == SameHere.objects.count() == 1
    wants = Reading.objects.get(user=members.bram, conversation=question.pk)
    assert wants.wants == Reading.Wants.FOLLOW
    leave_same_here(question, by=members.bram)
    assert standing(question).same_count == 0
    for somebody in (members.anna, members.outsider):
        with pytest.raises(NotAllowed):
            join_same_here(question, by=somebody)


def test_who_muted_it_stays_mute(members: Circle) -> None:
    question = ask(members.anna)
    choose_wants(question.conversation, by=members.bram, wants=Reading.Wants.MUTE)
    join_same_here(question, by=members.bram)
    assert Reading.objects.get(user=members.bram, conversation=question.pk).wants == Reading.Wants.MUTE


def test_the_database_keeps_it_once(members: Circle, theme: Theme) -> None:
    question = ask(members.anna)
    SameHere.objects.create(question=question, user=members.bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        SameHere.objects.create(question=question, user=members.bram)
    post = answer(question, members.bram)
    AcceptedAnswer.objects.create(question=question, post=post)
    with pytest.raises(IntegrityError), transaction.atomic():
        AcceptedAnswer.objects.create(question=ask(members.anna, title="Een andere"), post=post)


def test_who_asked_closes_and_opens_again(members: Circle) -> None:
    question = ask(members.anna)
    with pytest.raises(NotAllowed):
        close_question(question, by=members.bram)
    close_question(question, by=members.anna)
    with pytest.raises(Locked):
        answer(question, members.bram)
    with pytest.raises(NotAllowed):
        reopen_question(question, by=members.bram)
    reopen_question(question, by=members.anna)
    answer(question, members.bram)


def test_what_a_manager_closed_the_asker_does_not_open(members: Circle) -> None:
    question = ask(members.anna, members.kring)
    lock_conversation(question.conversation, by=members.host, at=timezone.now())
    with pytest.raises(Refused, match="beheerder"):
        reopen_question(question, by=members.anna)
    reopen_question(question, by=members.host)
    close_question(question, by=members.anna)
    reopen_question(question, by=members.host)
    assert Question.objects.get(pk=question.pk).closed_at is None


def test_the_first_question_of_a_new_member_waits_for_a_moderator(members: Circle) -> None:
    newcomer = person("nieuw")
    question = ask(newcomer)
    assert question.conversation.state == "held"
    assert list(Question.objects.visible_to(newcomer)) == [question]
    assert not Question.objects.visible_to(members.anna).exists()
