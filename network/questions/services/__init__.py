"""What happens to questions: one verb a function, each all or nothing."""

from network.questions.services.asking import ask_question, close_question, reopen_question
from network.questions.services.choosing import (
    accept_answer,
    join_same_here,
    leave_same_here,
    unaccept_answer,
)
from network.questions.services.claiming import claim_question, release_claim
from network.questions.services.experts import experts_for, invite_expert, remind_those_who_know
from network.questions.services.measuring import forget_old_days, note_asked, note_opened, note_shown
from network.questions.services.refusals import Locked, NotAllowed, Refused

__all__ = [
    "Locked",
    "NotAllowed",
    "Refused",
    "accept_answer",
    "ask_question",
    "claim_question",
    "close_question",
    "experts_for",
    "forget_old_days",
    "invite_expert",
    "join_same_here",
    "leave_same_here",
    "note_asked",
    "note_opened",
    "note_shown",
    "release_claim",
    "remind_those_who_know",
    "reopen_question",
    "unaccept_answer",
]
