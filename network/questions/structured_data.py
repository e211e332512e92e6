"""A question that everybody may read, as schema.org's QAPage; in the words and names that everybody sees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from network.conversations.models import Conversation
from network.conversations.shapes import PostLine
from network.questions.shapes import QuestionLines
from portal.pages.structured_data import as_script_content
from portal.text import strip_markup


def qa_page(conversation: Conversation, lines: QuestionLines, *, answers: int) -> SafeString:
    """For a reader without an account; nothing for what isn't for everybody."""
    is_public = conversation.ecosystem_id is None and conversation.state == Conversation.State.VISIBLE
    if not is_public or lines.opening is None or lines.opening.view is None:
        return SafeString()
    address = f"{settings.BASE_URL}{conversation.get_absolute_url()}"
    thing: dict[str, Any] = {
        "@type": "Question",
        "name": conversation.title,
        **_written(lines.opening),
        "url": address,
        "answerCount": answers,
    }
    accepted = [_answer(each.line) for each in lines.accepted if each.line.view is not None]
    others = [_answer(each.line) for each in lines.others if each.line.view is not None]
    if accepted:
        thing["acceptedAnswer"] = accepted
    if others:
        thing["suggestedAnswer"] = others
    page = {"@context": "https://schema.org", "@type": "QAPage", "url": address, "inLanguage": "nl"}
    return as_script_content({**page, "mainEntity": thing})


def _answer(line: PostLine) -> dict[str, Any]:
    return {"@type": "Answer", **_written(line)}


def _written(line: PostLine) -> dict[str, Any]:
    view = line.view
    assert view is not None  # noqa: S101 - the callers left out what isn't shown
    return {
        "text": strip_markup(view.body),
        "dateCreated": view.posted_at.isoformat(),
        "upvoteCount": line.votes,
        "author": {"@type": "Person", "name": view.author},
        "url": f"{settings.BASE_URL}{view.permalink}",
    }
