"""Which answers helped, and who has the same question."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.models import Post, Reading
from network.questions import rules
from network.questions.models import AcceptedAnswer, Question, SameHere
from network.questions.services.refusals import NotAllowed, Refused
from network.questions.services.standing import locked_question
from network.questions.services.telling import tell_of_accepted
from portal.accounts.models import User


@transaction.atomic
def accept_answer(
    question: Question, *, post: Post, by: User, at: datetime.datetime | None = None
) -> AcceptedAnswer:
    """Put an answer above the others; twice is once. Its author hears of it. Raises NotAllowed, Refused."""
    row = locked_question(question, by=by)
    found = Post.objects.filter(pk=post.pk).first()
    if found is None or not rules.can_choose(by, row) or found.conversation_id != row.pk:
        raise NotAllowed
    if not rules.is_answer(found, row):
        raise Refused(_("Dit is geen antwoord. Kies een bericht van iemand anders dan de vrager."))
    if found.author_id == by.pk:
        raise Refused(_("Je kunt je eigen antwoord niet kiezen."))
    known = AcceptedAnswer.objects.filter(post=found, question=row).first()
    if known is not None:
        return known
    if row.accepted_answers.standing().count() >= rules.MOST_ACCEPTED:
        raise Refused(
            _("Er zijn al %(most)s antwoorden gekozen. Haal er eerst een weg.")
            % {"most": rules.MOST_ACCEPTED}
        )
    # A post that was moved here may have been accepted where it stood before.
    accepted, _created = AcceptedAnswer.objects.update_or_create(
        post=found, defaults={"question": row, "by": by, "at": at or timezone.now()}
    )
    tell_of_accepted(found, by=by)
    return accepted


@transaction.atomic
def unaccept_answer(question: Question, *, post: Post, by: User) -> None:
    """Raises NotAllowed."""
    row = locked_question(question, by=by)
    if not rules.can_choose(by, row):
        raise NotAllowed
    AcceptedAnswer.objects.filter(question=row, post=post).delete()


@transaction.atomic
def join_same_here(question: Question, *, by: User) -> None:
    """Say that one has the same question, once; who does hears of answers, unless they muted it. Raises NotAllowed."""
    row = locked_question(question, by=by)
    if not rules.can_join_same_here(by, row):
        raise NotAllowed
    SameHere.objects.bulk_create([SameHere(question=row, user=by)], ignore_conflicts=True)
    reading, _created = Reading.objects.get_or_create(user=by, conversation=row.conversation)
    if reading.wants == Reading.Wants.NOTHING:
        reading.wants = Reading.Wants.FOLLOW
        reading.save(update_fields=["wants"])


@transaction.atomic
def leave_same_here(question: Question, *, by: User) -> None:
    """Raises NotAllowed."""
    row = locked_question(question, by=by)
    SameHere.objects.filter(question=row, user=by).delete()
