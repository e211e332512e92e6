"""Deciding about a case, and undoing a decision. Everybody it concerns hears of it in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.moderation import rules
from network.moderation.models import Decision, ModerationCase
from network.moderation.reportables import HIDDEN, REMOVED, VISIBLE, Item, find, registered
from network.moderation.services.refusals import AlreadyDecided, NotAllowed, Refused
from network.moderation.services.telling import tell_of_decision, tell_of_undoing
from portal.accounts.models import User
from portal.privacy.services import actor_number

Action, Measure, Ground = Decision.Action, Decision.Measure, Decision.Ground


@dataclass(frozen=True, slots=True)
class Choice:
    """What a moderator decides. `block_days` and `in_portal` are for a block alone: how long, and where."""

    action: str
    measure: str = Measure.NONE
    block_days: int = 0
    in_portal: bool = False
    ground: str = Ground.NONE
    rule: str = ""
    facts: str = ""
    reason: str = ""
    template: str = ""

    @property
    def takes_away(self) -> bool:
        return self.action in (Action.HIDE, Action.REMOVE) or self.measure != Measure.NONE


def current_item(case: ModerationCase) -> Item | None:
    """The thing as it is now; None where its author removed it, or its room isn't there any more."""
    if case.code not in registered():
        return None
    return find(case.code).items([case.object_id]).get(case.object_id)


def locked(case: ModerationCase) -> ModerationCase:
    return ModerationCase.objects.select_for_update(of=("self",)).select_related("author").get(pk=case.pk)


@transaction.atomic
def decide(case: ModerationCase, *, choice: Choice, by: User, at: datetime) -> Decision:
    """Raises NotAllowed, AlreadyDecided where somebody was first, and Refused for what can't be decided so."""
    row = locked(case)
    if not rules.can_decide(by, row):
        raise NotAllowed
    if row.state != ModerationCase.State.OPEN:
        raise AlreadyDecided(row.decisions.first())
    if rules.must_open_first(by, row.code, row.object_id, row.audience):
        raise Refused(_("Open eerst wat er staat. Pas daarna kun je besluiten."))
    item = current_item(row)
    _refuse_odd(choice, row, item, by)
    decision = Decision.objects.create(
        case=row,
        person=row.author,
        person_number=actor_number(row.author) if row.author is not None else None,
        audience=_where(choice, row),
        action=choice.action,
        measure=choice.measure,
        blocked_until=_until(choice, at),
        ground=choice.ground if choice.takes_away else Ground.NONE,
        rule=choice.rule if choice.takes_away else "",
        facts=choice.facts,
        reason=choice.reason,
        template=choice.template,
        was_reported=row.reports.exists(),
        was_detected=row.is_held,
        by=by,
        by_number=actor_number(by),
        at=at,
    )
    if item is not None:
        _change(row, choice.action)
    row.state, row.decided_at = ModerationCase.State.DECIDED, at
    row.save(update_fields=["state", "decided_at"])
    tell_of_decision(decision, item)
    return decision


def _where(choice: Choice, case: ModerationCase) -> str:
    return "" if choice.measure == Measure.BLOCK and choice.in_portal else case.audience


def _until(choice: Choice, at: datetime) -> date | None:
    """The last day of a block: today is its first."""
    if choice.measure != Measure.BLOCK:
        return None
    return timezone.localdate(at) + timedelta(days=choice.block_days - 1)


def _change(case: ModerationCase, action: str) -> None:
    states = {Action.HIDE: HIDDEN, Action.REMOVE: REMOVED, Action.RESTORE: VISIBLE}
    if action in states:
        find(case.code).put(case.object_id, states[Action(action)])


def _refuse_odd(choice: Choice, case: ModerationCase, item: Item | None, by: User) -> None:
    if choice.action not in rules.actions_for(item.state if item is not None else None):
        raise Refused(_("Dit kan niet meer: wat er staat, is intussen veranderd. Kijk nog eens."))
    if choice.measure != Measure.NONE and case.author is None:
        raise Refused(_("Het account van de schrijver is er niet meer."))
    if choice.takes_away and not (choice.ground and choice.rule and choice.facts and choice.reason):
        raise Refused(
            _("Wie iets kwijtraakt, moet lezen waarom. Vul de grond, de regel, de feiten en de reden in.")
        )
    if choice.measure == Measure.BLOCK:
        if not 1 <= choice.block_days <= rules.MOST_BLOCK_DAYS:
            raise Refused(_("Een blokkade duurt minstens een dag en hoogstens een jaar."))
        if (choice.in_portal or not case.audience) and not rules.can_block_in_portal(by):
            raise Refused(_("Je kunt alleen blokkeren in je eigen ecosysteem."))


@transaction.atomic
def undo(decision: Decision, *, by: User, reason: str, at: datetime) -> Decision:
    """What was taken away comes back, and its author hears so. Raises NotAllowed, and Refused where it was undone."""
    case = locked(decision.case)
    if not rules.can_decide(by, case) or not decision.takes_away:
        raise NotAllowed
    return give_back(decision, case, by=by, reason=reason, at=at)


def give_back(decision: Decision, case: ModerationCase, *, by: User, reason: str, at: datetime) -> Decision:
    """The same for who was found to be allowed; the case's row is locked."""
    if rules.is_undone(decision):
        raise Refused(_("Dit besluit is al teruggedraaid."))
    took_thing = decision.action in (Action.HIDE, Action.REMOVE)
    again = Decision.objects.create(
        case=case,
        person=decision.person,
        person_number=decision.person_number,
        audience=decision.audience,
        action=Action.RESTORE if took_thing else Action.NONE,
        reason=reason,
        by=by,
        by_number=actor_number(by),
        at=at,
        undoes=decision,
    )
    item = current_item(case)
    if took_thing and item is not None and not _taken_otherwise(case):
        find(case.code).put(case.object_id, VISIBLE)
    tell_of_undoing(again, item)
    return again


def _taken_otherwise(case: ModerationCase) -> bool:
    """Does another decision that stands keep the same thing away?"""
    others = Decision.objects.standing().filter(case__code=case.code, case__object_id=case.object_id)
    return bool(others.filter(action__in=[Action.HIDE, Action.REMOVE]).exists())
