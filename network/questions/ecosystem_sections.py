"""What is asked in an ecosystem, in its home: what nobody answered first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from network.ecosystems.models import Ecosystem
from network.ecosystems.sections import Section, register
from network.questions.models import Question
from network.questions.shapes import question_threads
from portal.design.library import render_component

MOST = 5


@register(rank=10)
def questions_of(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    here = Question.objects.visible_to(user).filter(conversation__ecosystem=ecosystem)
    waiting = Question.objects.unanswered().order_by().values("pk")
    first = Case(When(pk__in=waiting, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = here.annotate(answered_last=first).order_by("answered_last", "-conversation__created_at", "-pk")
    views = question_threads(list(ordered.values_list("pk", flat=True)[:MOST]), user)
    body = render_component("thread_list", {"items": views, "level": 3}) if views else ""
    if not views and ecosystem.closed_at is not None:
        return
    asking = format_html(
        '<p class="actions"><a href="{}?voor={}">{}</a></p>',
        reverse("questions:ask"),
        ecosystem.slug,
        _("Stel een vraag"),
    )
    link = asking if ecosystem.closed_at is None else ""
    yield Section(_("Wat we elkaar vragen"), mark_safe(body + link))  # noqa: S308 - by a component and escaped
