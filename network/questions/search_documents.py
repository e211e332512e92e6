"""Questions, as search finds them: with their theme and sector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from network.conversations.found import ConversationSource
from network.conversations.models import Conversation
from network.conversations.querysets import ConversationQuerySet
from network.questions.models import QUESTION, Question
from portal.taxonomy.models import Sector, Theme
from search.documents import register


class QuestionSource(ConversationSource):
    code = "question"
    label = _("vraag")
    plural = _("vragen")
    order = 50
    kind = QUESTION
    model: ClassVar[type[Model]] = Question

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {**super().watches(), Theme: _with("theme"), Sector: _with("sector")}

    def rows(self) -> ConversationQuerySet:
        found: ConversationQuerySet = (
            super()
            .rows()
            .filter(question__isnull=False)
            .select_related("question__theme", "question__sector__parent")
        )
        return found

    def more_of(self, conversation: Conversation) -> dict[str, Any]:
        question = conversation.question
        sectors, sector = [], question.sector
        while sector is not None:
            sectors.append(sector)
            sector = sector.parent if sector.parent_id is not None else None
        theme = question.theme
        return {
            "facets": {
                "theme": (theme.slug,) if theme is not None else (),
                "sector": tuple(each.code for each in sectors),
            },
            "keywords": tuple(each.name for each in (theme, *sectors) if each is not None),
        }

    def meta_of(self, conversation: Conversation) -> tuple[str, ...]:
        replies = max(conversation.post_count - 1, 0)  # type: ignore[attr-defined] # the hit counted them
        said = ngettext("%(number)s reactie", "%(number)s reacties", replies) % {"number": replies}
        return (*super().meta_of(conversation), *([said] if replies else []))


def _with(name: str) -> Callable[[Any], Iterable[int]]:
    def find(term: Any) -> Iterable[int]:
        return list(Question.objects.filter(**{name: term}).order_by().values_list("pk", flat=True))

    return find


register(QuestionSource())
