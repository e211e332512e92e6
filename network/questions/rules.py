"""Who may do what with a question. The caller knows that this person sees it.

An answer is every post of somebody else than the asker, below the question; what the asker writes there explains it.
"""

from __future__ import annotations

import datetime
from typing import Any

from network.conversations.models import Post
from network.conversations.rules import can_reply, can_start, can_steer
from network.moderation.rules import may_write
from network.questions.models import Question
from portal.organisations.querysets import is_person

MOST_ACCEPTED = 5  # of one question; so many stand above the others
MOST_INVITED_A_DAY = 3  # by one person
MOST_RECEIVED_A_DAY = 3  # by one expert, from whomever
MOST_CLAIMS = 3  # of one person at once
CLAIM_TERM = datetime.timedelta(hours=24)
REMIND_AFTER = datetime.timedelta(days=3)
MOST_REMINDED = 50  # people, of one question

__all__ = [
    "can_accept",
    "can_answer",
    "can_choose",
    "can_close",
    "can_invite",
    "can_join_same_here",
    "can_reopen",
    "can_reply",
    "is_answer",
    "is_asker",
]


def is_asker(user: Any, question: Question) -> bool:
    return is_person(user) and question.conversation.started_by_id == user.pk


def is_answer(post: Post, question: Question) -> bool:
    """Something that everybody sees, and that somebody else wrote than who asked."""
    if post.conversation_id != question.pk or post.number == 1 or post.state != Post.State.VISIBLE:
        return False
    return post.author_id is None or post.author_id != question.conversation.started_by_id


def can_choose(user: Any, question: Question) -> bool:
    """Accept answers and take that back: who asked, as long as they take part, and who runs the place; also when it is
    closed."""
    conversation = question.conversation
    if conversation.state != conversation.State.VISIBLE:
        return False
    if is_asker(user, question):
        return can_start(user, conversation.ecosystem)
    return can_steer(user, conversation)


def can_accept(user: Any, post: Post, question: Question) -> bool:
    """An answer, and never one's own."""
    return is_answer(post, question) and post.author_id != user.pk and can_choose(user, question)


def can_close(user: Any, question: Question) -> bool:
    return question.conversation.locked_at is None and can_choose(user, question)


def can_reopen(user: Any, question: Question) -> bool:
    """Who runs the place anything; who asked only what they closed themselves."""
    conversation = question.conversation
    if conversation.locked_at is None or not can_choose(user, question):
        return False
    return conversation.locked_at == question.closed_at or can_steer(user, conversation)


def can_join_same_here(user: Any, question: Question) -> bool:
    """Who could have asked it there, but for who did."""
    conversation = question.conversation
    if conversation.state != conversation.State.VISIBLE or is_asker(user, question):
        return False
    return can_start(user, conversation.ecosystem)


def can_answer(user: Any, question: Question) -> bool:
    return can_reply(user, question.conversation) and not is_asker(user, question)


def can_invite(user: Any, question: Question) -> bool:
    """Who may write there; of what has a theme."""
    conversation = question.conversation
    if question.theme_id is None or not can_reply(user, conversation):
        return False
    return may_write(user, conversation.ecosystem_id) is None
