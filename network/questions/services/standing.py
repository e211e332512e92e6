"""The question that a change begins with: its conversation locked, so that two changes at once come after each other."""

from __future__ import annotations

from network.conversations.models import Conversation
from network.conversations.services.standing import locked_conversation
from network.questions.models import Question
from network.questions.services.refusals import NotAllowed
from portal.accounts.models import User


def locked_question(question: Question, *, by: User) -> Question:
    """Raises NotAllowed where it is gone or this person doesn't see it."""
    conversation = locked_conversation(Conversation(pk=question.pk))
    row = Question.objects.visible_to(by).filter(pk=conversation.pk).first()
    if row is None:
        raise NotAllowed
    row.conversation = conversation
    return row
