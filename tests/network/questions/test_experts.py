"""Inviting who knows, saying that one writes an answer, and reminding of what nobody answered."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from network.conversations.models import Reading
from network.conversations.services import choose_wants
from network.questions.models import AnswerClaim, AskingDay, ExpertInvitation, Question
from network.questions.services import (
    NotAllowed,
    Refused,
    claim_question,
    experts_for,
    forget_old_days,
    invite_expert,
    note_asked,
    note_opened,
    note_shown,
    release_claim,
    remind_those_who_know,
)
from portal.taxonomy.models import Theme
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, person
from tests.network.questions.conftest import answer, ask, expert, told

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(days=3, hours=1)


def test_only_who_knows_the_theme_and_wants_questions_can_be_invited(members: Circle, theme: Theme) -> None:
    wise, silent, shy, other = (person(name) for name in ("wies", "stil", "schuw", "ander"))
    expert(wise, theme)
    expert(silent, theme, is_open=False)
    expert(shy, theme, shows="nobody")
    question = ask(members.anna)
    assert experts_for(question, by=members.anna) == [wise.pk]
    for somebody in (silent, shy, other, members.anna):
        with pytest.raises(Refused):
            invite_expert(question, expert=somebody, by=members.anna)
    invite_expert(question, expert=wise, by=members.anna)
    assert told("invited", question.pk) == {"Wies"}
    assert experts_for(question, by=members.anna) == []


def test_nobody_outside_is_invited_to_a_private_question(members: Circle, theme: Theme) -> None:
    expert(members.outsider, theme)
    expert(members.bram, theme)
    question = ask(members.anna, members.kring)
    assert experts_for(question, by=members.anna) == [members.bram.pk]
    with pytest.raises(Refused):
        invite_expert(question, expert=members.outsider, by=members.anna)
    with pytest.raises(NotAllowed):
        invite_expert(question, expert=members.bram, by=members.outsider)
    assert told("invited", question.pk) == set()


def test_one_a_question_and_three_a_day(members: Circle, theme: Theme) -> None:
    experts = [expert(person(f"wijs{number}"), theme) for number in range(5)]
    questions = [ask(members.bram, title=f"Vraag {number}") for number in range(5)]
    invite_expert(questions[0], expert=experts[0], by=members.anna)
    again = invite_expert(questions[0], expert=experts[0], by=members.anna)
    assert ExpertInvitation.objects.get() == again
    with pytest.raises(Refused, match="al iemand"):
        invite_expert(questions[0], expert=experts[1], by=members.anna)
    for number in (1, 2):
        invite_expert(questions[number], expert=experts[number], by=members.anna)
    with pytest.raises(Refused, match="vandaag al 3"):
        invite_expert(questions[3], expert=experts[3], by=members.anna)
    tomorrow = timezone.now() + datetime.timedelta(hours=25)
    invite_expert(questions[3], expert=experts[3], by=members.anna, at=tomorrow)


def test_an_expert_is_asked_no_more_than_three_times_a_day(members: Circle, theme: Theme) -> None:
    wise = expert(person("wies"), theme)
    for number, by in enumerate((members.anna, members.bram, members.guest)):
        invite_expert(ask(members.host, title=f"Vraag {number}"), expert=wise, by=by)
    assert experts_for(ask(members.host, title="De vierde"), by=members.outsider) == []


def test_one_writes_and_the_others_know(members: Circle) -> None:
    question, now = ask(members.anna), timezone.now()
    claim_question(question, by=members.bram, at=now)
    with pytest.raises(Refused, match="Iemand anders schrijft"):
        claim_question(question, by=members.guest, at=now)
    with pytest.raises(NotAllowed):
        claim_question(question, by=members.anna, at=now)
    release_claim(question, by=members.guest)
    assert AnswerClaim.objects.standing(now).exists()
    release_claim(question, by=members.bram)
    claim_question(question, by=members.guest, at=now)
    # A day later it has lapsed, and another takes over.
    claim_question(question, by=members.bram, at=now + datetime.timedelta(hours=24))
    assert AnswerClaim.objects.get().user == members.bram


def test_a_claim_ends_with_the_answer(members: Circle) -> None:
    question = ask(members.anna)
    claim_question(question, by=members.bram)
    answer(question, members.guest)
    assert AnswerClaim.objects.standing(timezone.now()).exists()
    answer(question, members.bram)
    assert not AnswerClaim.objects.standing(timezone.now()).exists()
    assert claim_question(question, by=members.guest).user == members.guest


def test_nobody_writes_four_answers_at_once(members: Circle) -> None:
    for number in range(3):
        claim_question(ask(members.anna, title=f"Vraag {number}"), by=members.bram)
    with pytest.raises(Refused, match="al aan 3"):
        claim_question(ask(members.anna, title="De vierde"), by=members.bram)


def test_those_who_know_hear_once_of_what_nobody_answered(members: Circle, theme: Theme) -> None:
    expert(members.bram, theme)
    expert(members.outsider, theme)
    expert(members.guest, theme, is_open=False)
    public, private = ask(members.anna), ask(members.anna, members.kring, title="Onder ons")
    answered, young = ask(members.anna, title="Beantwoord"), ask(members.anna, title="Jong")
    answer(answered, members.host)
    now = timezone.now()
    Question.objects.get(pk=young.pk).conversation.save()
    type(young.conversation).objects.filter(pk=young.pk).update(created_at=now + LATER)
    assert remind_those_who_know(now) == 0
    assert remind_those_who_know(now + LATER) == 2
    assert told("reminded", public.pk) == {"Bram", "Buiten"}
    assert told("reminded", private.pk) == {"Bram"}
    assert told("reminded", answered.pk) == told("reminded", young.pk) == set()
    assert remind_those_who_know(now + LATER) == 0


def test_who_was_invited_or_muted_it_is_not_reminded(members: Circle, theme: Theme) -> None:
    expert(members.bram, theme)
    expert(members.guest, theme)
    known(members.guest)
    question = ask(members.anna)
    invite_expert(question, expert=members.bram, by=members.anna)
    choose_wants(question.conversation, by=members.guest, wants=Reading.Wants.MUTE)
    assert remind_those_who_know(timezone.now() + LATER) == 1
    assert told("reminded", question.pk) == set()


def test_what_asking_spared_is_counted_without_anybody(db: None) -> None:
    for _time in range(3):
        note_shown()
    note_opened()
    note_opened()
    note_asked(was_shown=True, was_opened=True)
    note_asked(was_shown=True, was_opened=False)
    note_asked(was_shown=False, was_opened=False)
    day = AskingDay.objects.get()
    assert (day.shown, day.opened, day.asked, day.asked_after_shown, day.asked_after_opening) == (
        3,
        2,
        3,
        2,
        1,
    )
    assert day.spared == 1
    assert forget_old_days(timezone.now()) == 0
    assert forget_old_days(timezone.now() + datetime.timedelta(days=400)) == 1
