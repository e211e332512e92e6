"""Questions as screens show them to one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.conversations.models import Conversation, Post
from network.conversations.shapes import PostLine, post_lines, thread_views
from network.questions import rules
from network.questions.models import AcceptedAnswer, Question
from portal.design.shapes import ThreadView


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A post below a question. `refers_to`: it was chosen and stands on top, on another page; here is its place."""

    line: PostLine
    is_accepted: bool = False
    may_accept: bool = False
    may_withdraw: bool = False
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class QuestionLines:
    """A page of a question. The question itself and what was chosen stand on the first page alone."""

    opening: PostLine | None
    accepted: list[AnswerLine]
    others: list[AnswerLine]
    last_number: int


def question_lines(question: Question, page: Page[Post], reader: Any, *, may_choose: bool) -> QuestionLines:
    """Twenty posts are a page by their number, so that a link to one finds it wherever votes put it; within the page
    come the most useful first. What was chosen is lifted to the top of the first page, from whatever page it is of."""
    conversation = question.conversation
    here = list(page.object_list)
    chosen = _chosen(question, reader)
    known = {post.pk for post in here}
    posts = here + ([post for post in chosen if post.pk not in known] if page.number == 1 else [])
    marks = dict.fromkeys([post.pk for post in chosen], _("Gekozen antwoord"))
    lines = {line.pk: line for line in post_lines(posts, conversation, reader, marked=marks)}
    by_pk = {post.pk: post for post in posts}

    def answer_line(pk: int) -> AnswerLine:
        is_chosen = pk in marks
        may = may_choose and rules.is_answer(by_pk[pk], question)
        return AnswerLine(
            line=lines[pk],
            is_accepted=is_chosen,
            may_accept=may and not is_chosen and by_pk[pk].author_id != reader.pk,
            may_withdraw=may and is_chosen,
            refers_to=f"{conversation.get_absolute_url()}#bericht-{pk}"
            if is_chosen and page.number > 1
            else "",
        )

    opening = next((lines[post.pk] for post in here if post.number == 1), None)
    others = [post for post in here if post.number > 1 and (page.number > 1 or post.pk not in marks)]
    others.sort(key=lambda post: (-lines[post.pk].votes, post.number))
    return QuestionLines(
        opening=opening,
        accepted=[answer_line(post.pk) for post in chosen] if page.number == 1 else [],
        others=[answer_line(post.pk) for post in others],
        last_number=here[-1].number if here else 0,
    )


def _chosen(question: Question, reader: Any) -> list[Post]:
    """What was accepted, in the order in which it was."""
    accepted = AcceptedAnswer.objects.standing().filter(question=question)
    rows = Post.objects.visible_to(reader).filter(accepted__in=accepted).with_votes(reader)
    return list(rows.order_by("accepted__at", "pk"))


def question_threads(pks: Sequence[int], reader: Any) -> list[ThreadView]:
    """Questions in a list, in this order, each with how it stands."""
    rows = Conversation.objects.filter(pk__in=pks).with_post_count().with_unread(reader)
    conversations = {each.pk: each for each in rows.select_related("ecosystem")}
    standing = Question.objects.filter(pk__in=pks).with_standing().select_related("theme")
    questions: Mapping[int, Any] = {each.pk: each for each in standing}
    present = [pk for pk in pks if pk in conversations and pk in questions]
    views = thread_views([conversations[pk] for pk in present], reader, nothing_yet="")
    return [
        _with_standing(view, conversations[pk], questions[pk])
        for view, pk in zip(views, present, strict=True)
    ]


def _with_standing(view: ThreadView, conversation: Any, question: Any) -> ThreadView:
    who, _replies, day = view.meta
    meta = [
        conversation.ecosystem.name if conversation.ecosystem is not None else "",
        question.theme.name if question.theme is not None else "",
        who,
        answers_counted(question.answer_count) if question.answer_count else "",
        same_counted(question.same_count) if question.same_count else "",
        day,
    ]
    badge, kind = badge_of(conversation, question)
    return replace(view, meta=tuple(part for part in meta if part), badge=badge, badge_kind=kind)


def badge_of(conversation: Conversation, question: Any) -> tuple[str, str]:
    """How a question stands, in a word; loaded `.with_standing()`."""
    if conversation.state != Conversation.State.VISIBLE:
        return _("Wacht op een moderator"), "wait"
    if question.has_accepted:
        return _("Beantwoord"), "good"
    if conversation.locked_at is not None:
        return _("Gesloten"), "neutral"
    if not question.answer_count:
        return _("Nog geen antwoord"), "wait"
    return _("Open"), "neutral"


def answers_counted(number: int) -> str:
    return ngettext("%(number)s antwoord", "%(number)s antwoorden", number) % {"number": number}


def same_counted(number: int) -> str:
    return ngettext(
        "%(number)s lid heeft hier ook iets aan", "%(number)s leden hebben hier ook iets aan", number
    ) % {"number": number}
