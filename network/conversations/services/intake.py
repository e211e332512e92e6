"""What moderation says of a text before it can be seen."""

from __future__ import annotations

import datetime

from network.conversations.models import Post
from network.conversations.services.refusals import Refused
from network.ecosystems.models import Ecosystem
from network.moderation import intake
from network.moderation.rules import may_write
from portal.accounts.models import User

POST = "post"  # the code under which posts can be reported


def judge(
    author: User,
    text: str,
    *,
    ecosystem: Ecosystem | None,
    kind: str,
    address: str,
    at: datetime.datetime,
) -> intake.Assessment:
    """Whether a moderator must look first. Raises Refused for who may not write now or writes too much."""
    _let_through(author, ecosystem=ecosystem, kind=kind, address=address, at=at)
    return intake.assess(author, text, at=at, ecosystem_id=ecosystem.pk if ecosystem is not None else None)


def judge_change(
    author: User, text: str, *, ecosystem: Ecosystem | None, address: str, at: datetime.datetime
) -> intake.Assessment:
    """The same for a text that was there before."""
    _let_through(author, ecosystem=ecosystem, kind="edit", address=address, at=at)
    return intake.assess_change(author, text, at=at)


def _let_through(
    author: User, *, ecosystem: Ecosystem | None, kind: str, address: str, at: datetime.datetime
) -> None:
    blocked = may_write(author, ecosystem.pk if ecosystem is not None else None)
    if blocked is not None:
        raise Refused(str(blocked))
    try:
        intake.check_limits(author, kind=kind, address=address, at=at)
    except intake.TooMuch as much:
        raise Refused(str(much)) from None


def hold_back(post: Post, judged: intake.Assessment, *, at: datetime.datetime) -> None:
    """Lay it before a moderator."""
    if post.author is not None:
        intake.hold(POST, post.pk, author=post.author, reasons=judged.reasons, at=at)
