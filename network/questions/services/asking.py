"""Asking, and closing what needs no more answers."""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.services import start_conversation
from network.ecosystems.models import Ecosystem
from network.questions import rules
from network.questions.models import QUESTION, Question
from network.questions.services.refusals import NotAllowed, Refused
from network.questions.services.standing import locked_question
from portal.accounts.models import User
from portal.taxonomy.models import Sector, Theme


@transaction.atomic
def ask_question(
    *,
    by: User,
    ecosystem: Ecosystem | None,
    title: str,
    text: str,
    theme: Theme | None,
    token: uuid.UUID,
    sector: Sector | None = None,
    address: str = "",
    draft: str = "",
    at: datetime.datetime | None = None,
) -> tuple[Question, bool]:
    """The question, and whether it is new: the same form sent twice is one question. Raises NotAllowed, Refused."""
    if theme is None:
        raise Refused(_("Kies een thema. Dan vinden de mensen die er iets van weten je vraag."))
    conversation, is_new = start_conversation(
        QUESTION, by=by, ecosystem=ecosystem, title=title, text=text, token=token, address=address,
        draft=draft, at=at,
    )  # fmt: skip
    if is_new:
        return Question.objects.create(conversation=conversation, theme=theme, sector=sector), True
    # The form may have been used for something else: then there is no question of it.
    known = Question.objects.filter(conversation=conversation).select_related("conversation").first()
    if known is None:
        raise NotAllowed
    return known, False


@transaction.atomic
def close_question(question: Question, *, by: User, at: datetime.datetime | None = None) -> None:
    """No more answers; what was said stays. Raises NotAllowed."""
    row = locked_question(question, by=by)
    if row.conversation.locked_at is not None and rules.can_choose(by, row):
        return
    if not rules.can_close(by, row):
        raise NotAllowed
    moment = at or timezone.now()
    row.conversation.locked_at = moment
    row.conversation.save(update_fields=["locked_at"])
    if rules.is_asker(by, row):
        row.closed_at = moment
        row.save(update_fields=["closed_at"])


@transaction.atomic
def reopen_question(question: Question, *, by: User) -> None:
    """Raises NotAllowed, Refused where somebody who runs the place closed it."""
    row = locked_question(question, by=by)
    if row.conversation.locked_at is None and rules.can_choose(by, row):
        return
    if not rules.can_reopen(by, row):
        if rules.can_choose(by, row):
            raise Refused(_("Een beheerder sloot deze vraag. Vraag die om haar weer te openen."))
        raise NotAllowed
    row.conversation.locked_at = None
    row.conversation.save(update_fields=["locked_at"])
    row.closed_at = None
    row.save(update_fields=["closed_at"])
