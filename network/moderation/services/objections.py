"""Objecting to a decision, and answering an objection."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.moderation import rules
from network.moderation.models import Decision, Objection
from network.moderation.services.cases import open_case
from network.moderation.services.deciding import current_item, give_back, locked
from network.moderation.services.refusals import NotAllowed, Refused
from network.moderation.services.telling import tell_of_answer, tell_of_objection
from portal.accounts.models import User

Outcome = Objection.Outcome


@transaction.atomic
def object_to(decision: Decision, *, by: User, text: str, at: datetime) -> Objection:
    """Once a person. Raises NotAllowed where it isn't theirs to object to, and Refused where it is too late."""
    known = Objection.objects.filter(decision=decision, by=by).first()
    if known is not None:
        return known
    if not rules.can_object(by, decision, at):
        if Decision.objects.visible_to(by).filter(pk=decision.pk).exists():
            raise Refused(_("Bezwaar maken kan hier niet meer."))
        raise NotAllowed
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                decision=decision, by=by, text=text, at=at, term_at=at + rules.OBJECTION_TERM
            )
    except IntegrityError:  # the same form at the same moment
        return Objection.objects.get(decision=decision, by=by)
    tell_of_objection(objection, by)
    return objection


@transaction.atomic
def answer(objection: Objection, *, is_granted: bool, text: str, by: User, at: datetime) -> Objection:
    """Granted undoes the decision, or opens the case anew where nothing was taken away. Raises NotAllowed, Refused."""
    case = locked(objection.decision.case)
    rows = Objection.objects.select_for_update(of=("self",)).select_related("decision", "by")
    row = rows.get(pk=objection.pk)
    row.decision.case = case
    if not rules.can_answer(by, row):
        raise NotAllowed
    if row.outcome != Outcome.OPEN:
        raise Refused(_("Iemand anders beantwoordde dit bezwaar al."))
    if not text.strip():
        raise Refused(_("Schrijf op waarom."))
    if is_granted:
        _grant(row.decision, by=by, text=text, at=at)
    row.outcome = Outcome.GRANTED if is_granted else Outcome.REFUSED
    row.answer, row.decided_by, row.decided_at = text, by, at
    row.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    tell_of_answer(row)
    return row


def _grant(decision: Decision, *, by: User, text: str, at: datetime) -> None:
    if decision.takes_away:
        if not rules.is_undone(decision):
            give_back(decision, decision.case, by=by, reason=text, at=at)
        return
    item = current_item(decision.case)
    if item is not None:
        open_case(decision.case.code, item, at=at, term=rules.REPORT_TERM)
