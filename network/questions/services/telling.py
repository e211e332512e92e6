"""Who hears of what happens to questions beside the posts themselves."""

from __future__ import annotations

from collections.abc import Iterable

from network.conversations.models import Post
from network.questions.models import Question
from portal.accounts.models import User
from portal.notifications.services import notify

ACCEPTED = "questions.accepted"  # of a post
INVITED = "questions.invited"  # of a question
REMINDED = "questions.reminded"  # of a question


def tell_of_accepted(post: Post, *, by: User) -> None:
    """Once: who is chosen, put back and chosen again hears of it one time."""
    if post.author_id is not None:
        notify(ACCEPTED, recipients=[post.author_id], object_id=post.pk, actor=by)


def tell_invited(question: Question, *, expert: User, by: User) -> None:
    notify(INVITED, recipients=[expert], object_id=question.pk, actor=by)


def tell_reminded(question: Question, *, people: Iterable[int]) -> None:
    """Not who was invited to it already."""
    notify(REMINDED, recipients=list(people), object_id=question.pk, unless=(INVITED,))
