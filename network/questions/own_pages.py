"""A person's own questions, on their own page."""

from __future__ import annotations

from django.db.models import Case, Value, When
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
    """The newest; before them those that somebody answered while nothing is chosen, which wait for their asker."""
    rows = Question.objects.visible_to(user).filter(conversation__started_by=user).with_standing()
    waits = Case(
        When(answer_count__gt=0, has_accepted=False, conversation__locked_at=None, then=Value(0)),
        default=Value(1),
    )
    ordered = rows.select_related("conversation__ecosystem").order_by(
        waits, "-conversation__created_at", "-pk"
    )
    return [_line(row) for row in ordered[:MOST]]


def _line(question: Question) -> Task:
    conversation = question.conversation
    badge, kind = badge_of(conversation, question)
    number: int = question.answer_count  # type: ignore[attr-defined] # annotated by with_standing()
    answered = answers_counted(number) if number else ""
    waits = bool(number) and not question.has_accepted and conversation.locked_at is None  # type: ignore[attr-defined]
    helps = _("%(answers)s. Heb je er iets aan? Kies het antwoord dat helpt.") % {"answers": answered}
    return Task(
        label=conversation.title,
        url=conversation.get_absolute_url(),
        status=_("kies een antwoord") if waits else badge,
        kind="wait" if waits else KINDS.get(kind, "open"),
        hint=helps if waits else answered,
        waits=waits,
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
