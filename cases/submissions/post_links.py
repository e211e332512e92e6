"""At an answer: staff make a practice case of it, who wrote it sees where that stands, and readers find the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import CasePage
from cases.submissions.models import CaseSubmission, State
from cases.submissions.querysets import sees_queue
from cases.submissions.rules import can_decide, is_author
from cases.submissions.services import proposable
from network.conversations.models import Conversation, Post
from network.conversations.post_links import register
from network.questions.models import QUESTION
from portal.design.shapes import Link
from portal.organisations.querysets import is_person


@register
def cases_of(conversation: Conversation, posts: Sequence[Post], reader: Any) -> Mapping[int, Sequence[Link]]:
    """Only of questions for everybody: what is said in an ecosystem stays there."""
    answers = [post.pk for post in posts if post.number > 1]
    if conversation.kind != QUESTION or conversation.ecosystem_id is not None or not answers:
        return {}
    found = _pages(answers, reader)
    wrote_one = is_person(reader) and any(post.author_id == reader.pk for post in posts)
    if wrote_one or sees_queue(reader):
        found |= _standing(answers, reader)
    if can_decide(reader):
        found |= _to_make(answers)
    return {answer: [link] for answer, link in found.items()}


def _pages(answers: Sequence[int], reader: Any) -> dict[int, Link]:
    """Of who put their name to it: whoever wanted to be unnamed isn't found by their answer."""
    rows = CasePage.objects.visible_to(reader).filter(
        submission__answer__in=answers, submission__names_author=True
    )
    rows = rows.select_related("submission")
    label = _("Lees het praktijkvoorbeeld dat hiervan kwam")
    return {page.submission.answer_id: Link(label=label, url=page.get_url()) for page in rows}


def _standing(answers: Sequence[int], reader: Any) -> dict[int, Link]:
    rows = CaseSubmission.objects.visible_to(reader).filter(answer__in=answers)
    return {row.answer_id: _standing_link(row, reader) for row in rows if row.answer_id is not None}


def _standing_link(row: CaseSubmission, reader: Any) -> Link:
    if not is_author(reader, row):
        label = _("Praktijkvoorbeeld: %(state)s") % {"state": row.get_state_display()}
        return Link(label=label, url=reverse("submission_handle", args=[row.pk]))
    if row.state == State.PROPOSED:
        label = _("Mag de redactie hier een praktijkvoorbeeld van maken?")
    else:
        label = _("Zo staat het met je praktijkvoorbeeld")
    return Link(label=label, url=row.get_absolute_url())


def _to_make(answers: Sequence[int]) -> dict[int, Link]:
    label = _("Maak hier een praktijkvoorbeeld van")
    rows = proposable().filter(post__in=answers).values_list("post", flat=True)
    return {pk: Link(label=label, url=reverse("submission_propose", args=[pk])) for pk in rows}
