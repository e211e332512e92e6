"""Saying that one is writing an answer, so that two don't write the same."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.questions import rules
from network.questions.models import AnswerClaim, Question
from network.questions.services.refusals import NotAllowed, Refused
from network.questions.services.standing import locked_question
from portal.accounts.models import User


@transaction.atomic
def claim_question(question: Question, *, by: User, at: datetime.datetime | None = None) -> AnswerClaim:
    """For a day, or until one answers or lets go. Nobody else is kept from answering. Raises NotAllowed, Refused."""
    moment = at or timezone.now()
    by = User.objects.select_for_update().get(pk=by.pk)
    row = locked_question(question, by=by)
    if not rules.can_answer(by, row):
        raise NotAllowed
    standing = AnswerClaim.objects.standing(moment)
    known = standing.filter(question=row).first()
    if known is not None and known.user_id == by.pk:
        return known
    if known is not None:
        raise Refused(_("Iemand anders schrijft al een antwoord. Je mag natuurlijk ook antwoorden."))
    if standing.filter(user=by).count() >= rules.MOST_CLAIMS:
        raise Refused(
            _("Je schrijft al aan %(most)s antwoorden. Maak er eerst een af, of laat er een los.")
            % {"most": rules.MOST_CLAIMS}
        )
    claim, _created = AnswerClaim.objects.update_or_create(
        question=row, defaults={"user": by, "claimed_at": moment, "until": moment + rules.CLAIM_TERM}
    )
    return claim


@transaction.atomic
def release_claim(question: Question, *, by: User) -> None:
    """One's own; nothing happens where there is none. Raises NotAllowed for what this person doesn't see."""
    row = locked_question(question, by=by)
    AnswerClaim.objects.filter(question=row, user=by).delete()
