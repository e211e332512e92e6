"""Questions, what is chosen among their answers, who knows about them, and what asking spared."""

from network.questions.models.experts import AnswerClaim, ExpertInvitation
from network.questions.models.measuring import AskingDay
from network.questions.models.questions import QUESTION, AcceptedAnswer, Question, SameHere

__all__ = [
    "QUESTION",
    "AcceptedAnswer",
    "AnswerClaim",
    "AskingDay",
    "ExpertInvitation",
    "Question",
    "SameHere",
]
