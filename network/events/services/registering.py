"""Registering and withdrawing, and accepting a place from the waiting list."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems.rules import needs_rules
from network.events import rules
from network.events.models import Answer, Event, EventQuestion, Registration
from network.events.models.registering import MOST_ANSWER
from network.events.services.refusals import AnswersWrong, NotAllowed, Refused
from network.events.services.standing import locked, locked_seen
from network.events.services.telling import forget_registered, tell_registered
from network.events.services.waiting import move_up, put, release
from network.moderation.rules import may_write
from portal.accounts.models import User

State = Registration.State
YES, NO = "ja", "nee"


@transaction.atomic
def register(
    event: Event,
    *,
    by: User,
    answers: Mapping[int, str] | None = None,
    at: datetime.datetime | None = None,
) -> Registration:
    """A place, or one on the waiting list where there is none; twice is once. Who was offered a place has it now.

    `answers`: by number of the question. Raises NotAllowed, Refused, AnswersWrong.
    """
    at = at or timezone.now()
    row = locked_seen(event, by=by)
    mine = _own(row, by)
    if mine is not None and mine.state in (State.REGISTERED, State.WAITING):
        return mine
    if mine is not None and rules.can_accept(mine, row, at):
        _refuse_blocked(row, by)
        put(mine, State.REGISTERED, at)
        tell_registered(mine, at)
        return mine
    _require_open(row, by, at)
    if mine is not None and mine.removals.filter(ended_at=None).exists():
        raise Refused(_("De organisator haalde je aanmelding weg. Op deze pagina lees je waarom."))
    given = _checked(row, answers or {})
    if mine is not None and mine.state == State.OFFERED:
        put(mine, State.EXPIRED, at)
    # Who waits comes first: a place that came free is theirs.
    move_up(row, at)
    is_free = row.free is None or row.free > 0
    is_next = not Registration.objects.filter(event=row).waiting().exists()
    registration = mine or Registration(event=row, user=by, created_at=at)
    put(registration, State.REGISTERED if is_free and is_next else State.WAITING, at, queued_at=at)
    Answer.objects.filter(registration=registration).delete()
    Answer.objects.bulk_create(
        Answer(registration=registration, question_id=pk, text=text) for pk, text in given.items()
    )
    tell_registered(registration, at)
    return registration


@transaction.atomic
def withdraw(event: Event, *, by: User, at: datetime.datetime | None = None) -> bool:
    """Also of what one may not see any more; who waits longest is offered the place. False where there was none."""
    at = at or timezone.now()
    row = locked(event)
    mine = _own(row, by)
    if mine is None:
        raise NotAllowed
    if mine.state not in Registration.IN:
        return False
    if not rules.can_withdraw(mine, row, at):
        raise Refused(_("De bijeenkomst is al begonnen."))
    release(mine, State.CANCELLED, at)
    forget_registered(mine, at)
    return True


@transaction.atomic
def accept_offer(event: Event, *, by: User, at: datetime.datetime | None = None) -> Registration:
    """Twice is once. Raises NotAllowed, Refused where the term is over."""
    at = at or timezone.now()
    row = locked_seen(event, by=by)
    mine = _own(row, by)
    if mine is None:
        raise NotAllowed
    if mine.state == State.REGISTERED:
        return mine
    _refuse_blocked(row, by)
    if not rules.can_accept(mine, row, at):
        raise Refused(_("Deze plek is niet meer vrij: de termijn is om. Je kunt je opnieuw aanmelden."))
    put(mine, State.REGISTERED, at)
    tell_registered(mine, at)
    return mine


@transaction.atomic
def decline_offer(event: Event, *, by: User, at: datetime.datetime | None = None) -> None:
    """The next one is asked. Raises NotAllowed."""
    at = at or timezone.now()
    row = locked_seen(event, by=by)
    mine = _own(row, by)
    if mine is None:
        raise NotAllowed
    if mine.state == State.OFFERED:
        release(mine, State.DECLINED, at)


def _own(event: Event, by: User) -> Registration | None:
    mine = Registration.objects.filter(event=event, user=by).first()
    if mine is not None:
        mine.event = event
    return mine


def _require_open(event: Event, by: User, at: datetime.datetime) -> None:
    if event.state == Event.State.CANCELLED:
        raise Refused(_("Deze bijeenkomst gaat niet door."))
    if not rules.takes_registrations(event, at):
        raise Refused(_("Aanmelden kan niet meer."))
    _refuse_blocked(event, by)
    if event.ecosystem is not None and event.stays_inside:
        for each in (event.ecosystem.parent, event.ecosystem):
            if each is not None and needs_rules(by, each) is not None:
                raise Refused(_("Accepteer eerst de huisregels van dit ecosysteem."))


def _refuse_blocked(event: Event, by: User) -> None:
    blocked = may_write(by, event.ecosystem_id)
    if blocked is not None:
        raise Refused(_("Je kunt je nu niet aanmelden. %(why)s") % {"why": blocked})


def _checked(event: Event, answers: Mapping[int, str]) -> dict[int, str]:
    """What was answered, by question. Raises AnswersWrong."""
    given: dict[int, str] = {}
    problems: dict[int, str] = {}
    for question in EventQuestion.objects.filter(event=event):
        text = answers.get(question.pk, "").replace("\x00", "").strip()
        problem = _problem(question, text)
        if problem:
            problems[question.pk] = problem
        elif text:
            given[question.pk] = text
    if problems:
        raise AnswersWrong(problems)
    return given


def _problem(question: EventQuestion, text: str) -> str:
    if not text:
        return _("Beantwoord deze vraag.") if question.is_required else ""
    if len(text) > MOST_ANSWER:
        return _("Maak je antwoord korter: hoogstens %(most)s tekens.") % {"most": MOST_ANSWER}
    offered = {EventQuestion.Kind.CHOICE: question.choices, EventQuestion.Kind.YES_NO: [YES, NO]}
    possible = offered.get(EventQuestion.Kind(question.kind))
    return _("Kies een antwoord uit de lijst.") if possible is not None and text not in possible else ""
