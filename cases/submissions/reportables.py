"""Readers' questions, as moderators need them: some wait for one, and their maker may report them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.submissions.models import ReaderQuestion
from cases.submissions.services import QUESTION, set_question_state
from network.moderation.reportables import VISIBLE, Item, Reportable, register


def _item(question: ReaderQuestion) -> Item:
    return Item(
        id=question.pk,
        title=_now("Vraag over “%(title)s”") % {"title": question.about},
        url=question.get_absolute_url(),
        text=question.text,
        author_id=question.asker_id,
        ecosystem_id=None,
        created_at=question.asked_at,
        state=question.state,
    )


def _visible(user: Any, pk: int) -> Item | None:
    rows = ReaderQuestion.objects.visible_to(user).filter(state=VISIBLE, pk=pk)
    found = rows.select_related("submission__page").first()
    return _item(found) if found is not None else None


def _items(pks: Sequence[int]) -> Mapping[int, Item]:
    rows = ReaderQuestion.objects.filter(pk__in=pks).select_related("submission__page")
    return {row.pk: _item(row) for row in rows}


register(
    Reportable(
        code=QUESTION,
        label=_("vraag over een praktijkvoorbeeld"),
        visible=_visible,
        items=_items,
        put=set_question_state,
    )
)
