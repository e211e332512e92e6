"""The list of questions that somebody sees."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.conversations.views.pages import breadcrumb
from network.ecosystems.views.pages import page_number
from network.questions.forms import FilterForm
from network.questions.models import Question
from network.questions.querysets import QuestionQuerySet
from network.questions.shapes import question_threads
from portal.design.components.finding import page_numbers

QUESTIONS_A_PAGE = 20


@never_cache
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """Twenty a page, narrowed by what one chose."""
    visible: QuestionQuerySet = Question.objects.visible_to(request.user)
    form = FilterForm(
        request.GET,
        themes=_counted(visible, "theme__slug", "theme__name"),
        sectors=_counted(visible, "sector__code", "sector__name"),
        is_member=request.user.is_authenticated,
    )
    chosen = form.chosen()
    paginator = Paginator(
        _narrowed(visible, chosen, request.user).values_list("pk", flat=True), QUESTIONS_A_PAGE
    )
    number = page_number(request, paginator)
    asked = {name: "on" if value is True else value for name, value in chosen.items()}

    def url_for(number: int) -> str:
        query: dict[str, Any] = {**asked, **({"pagina": number} if number > 1 else {})}
        return f"{request.path}?{urlencode(query)}" if query else request.path

    feed = {name: value for name, value in asked.items() if name in ("thema", "sector")}
    context = {
        "form": form,
        "is_narrowed": bool(set(chosen) - {"sorteer"}),
        "total": paginator.count,
        "threads": question_threads(list(paginator.page(number)), request.user),
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "feed_url": reverse("questions:feed") + (f"?{urlencode(feed)}" if feed else ""),
        "feed_title": _("Nieuwe vragen"),
        "breadcrumb": breadcrumb(),
        "robots": "noindex, follow" if asked else "",
    }
    return render(request, "questions/list.html", context)


def _counted(visible: QuestionQuerySet, code: str, name: str) -> dict[str, str]:
    """The terms of what this reader sees, each with how many there are."""
    rows = visible.exclude(**{code: None}).order_by(name).values_list(code, name)
    return {slug: f"{label} ({number})" for slug, label, number in rows.annotate(number=Count("pk"))}


def _narrowed(rows: QuestionQuerySet, chosen: dict[str, Any], user: Any) -> QuestionQuerySet:
    if "thema" in chosen:
        rows = rows.filter(theme__slug=chosen["thema"])
    if "sector" in chosen:
        rows = rows.filter(sector__code=chosen["sector"])
    if "mijn" in chosen:
        rows = rows.of_ecosystems_of(user)
    stands = {
        "onbeantwoord": QuestionQuerySet.unanswered,
        "open": QuestionQuerySet.open,
        "beantwoord": QuestionQuerySet.answered,
        "gesloten": QuestionQuerySet.closed,
    }
    if chosen.get("stand") in stands:
        rows = stands[chosen["stand"]](rows)
    newest = ("-conversation__created_at", "-pk")
    if chosen.get("sorteer") != "onbeantwoord":
        return rows.order_by(*newest)
    waiting = Question.objects.unanswered().order_by().values("pk")
    first = Case(When(pk__in=waiting, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(answered_last=first).order_by("answered_last", *newest)
