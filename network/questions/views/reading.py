"""One question with its answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.conversations.views.pages import (
    breadcrumb,
    page_of_posts,
    rules_before,
    seen_conversation,
)
from network.conversations.views.replying import reply_form
from network.questions import rules
from network.questions.models import QUESTION, Question
from network.questions.shapes import badge_of, question_lines
from network.questions.structured_data import qa_page
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link
from portal.people.shapes import shown_people


def seen_question(request: HttpRequest, pk: int) -> Any:
    """One that the reader sees, with how it stands; else a 404."""
    conversation = seen_conversation(request, pk, QUESTION)
    rows = Question.objects.with_standing().with_mine(request.user, timezone.now())
    question = get_object_or_404(rows.select_related("theme", "sector"), pk=conversation.pk)
    question.conversation = conversation
    return question


@never_cache
@require_safe
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what was chosen, and the other answers; with a form to answer under it."""
    question = seen_question(request, pk)
    conversation, reader = question.conversation, request.user
    if (first := rules_before(request, conversation)) is not None:
        return first
    page = page_of_posts(request, conversation)
    may_choose = rules.can_choose(reader, question)
    lines = question_lines(question, page, reader, may_choose=may_choose)
    may_reply = rules.can_reply(reader, conversation)

    def url_for(number: int) -> str:
        return f"{request.path}?pagina={number}" if number > 1 else request.path

    number, last = page.number, page.paginator.num_pages
    badge, badge_kind = badge_of(conversation, question)
    is_private = conversation.ecosystem is not None
    context = {
        "question": question,
        "conversation": conversation,
        "lines": lines,
        "badge": badge,
        "badge_kind": badge_kind,
        "form": reply_form(request, conversation) if may_reply else None,
        "wants": question.wants,
        "pages": page_numbers(number, last, url_for) if last > 1 else None,
        "is_first_page": number == 1,
        "is_asker": rules.is_asker(reader, question),
        "may_choose": may_choose,
        "may_reopen": may_choose and rules.can_reopen(reader, question),
        "may_join": may_reply and not rules.is_asker(reader, question),
        "claim": _claim(request, question),
        "breadcrumb": breadcrumb(*_trail(question)),
        "robots": "noindex" if is_private or conversation.state != "visible" else "",
        "structured_data": ""
        if reader.is_authenticated or number > 1
        else qa_page(conversation, lines, answers=question.answer_count),
    }
    return render(request, "questions/question.html", context)


def _trail(question: Question) -> list[Link]:
    ecosystem, links = question.conversation.ecosystem, []
    if ecosystem is not None:
        links.append(Link(label=ecosystem.name, url=ecosystem.get_absolute_url()))
    return [*links, Link(label=_("Vragen"), url=reverse("questions:list"))]


def _claim(request: HttpRequest, question: Any) -> dict[str, Any] | None:
    """Who is writing an answer; for members alone."""
    if question.claimed_by is None:
        return None
    is_own = question.claimed_by == request.user.pk
    name = "" if is_own else shown_people([question.claimed_by], request.user)[question.claimed_by].name
    return {"is_own": is_own, "name": name, "until": timezone.localtime(question.claimed_until)}
