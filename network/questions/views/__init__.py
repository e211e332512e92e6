"""The screens of questions."""

from network.questions.views.answering import (
    answer_choose,
    answer_claim,
    expert_invite,
    question_stand,
    same_here,
)
from network.questions.views.asking import question_alike, question_ask, question_trail
from network.questions.views.feed import question_feed
from network.questions.views.listing import question_list
from network.questions.views.reading import question_detail

__all__ = [
    "answer_choose",
    "answer_claim",
    "expert_invite",
    "question_alike",
    "question_ask",
    "question_detail",
    "question_feed",
    "question_list",
    "question_stand",
    "question_trail",
    "same_here",
]
