"""A person's own questions, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.questions.models import Question
from network.questions.shapes import answers_counted, badge_of
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task

MOST = 5
KINDS = {"good": "done", "wait": "wait"}


def own_questions(user: User) -> list[Task]:
    rows = Question.objects.visible_to(user).filter(conversation__started_by=user).with_standing()
    newest = rows.select_related("conversation__ecosystem").order_by("-conversation__created_at", "-pk")[
        :MOST
    ]
    return [_line(row) for row in newest]


def _line(question: Question) -> Task:
    conversation = question.conversation
    badge, kind = badge_of(conversation, question)
    number: int = question.answer_count  # type: ignore[attr-defined] # annotated by with_standing()
    return Task(
        label=conversation.title,
        url=conversation.get_absolute_url(),
        status=badge,
        kind=KINDS.get(kind, "open"),
        hint=answers_counted(number) if number else "",
    )


register(
    OwnSection(
        title=gettext_lazy("Mijn vragen"),
        lines=own_questions,
        empty=gettext_lazy("Loop je ergens tegenaan? Vraag het aan wie het al eens deed."),
        more=lambda: Link(label=_("Stel een vraag"), url=reverse("questions:ask")),
        order=30,
    )
)
