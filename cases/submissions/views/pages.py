"""What the views of this room share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.submissions.models import CaseSubmission
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    for_members_of_the_portal,
    person,
)
from portal.design.shapes import Link

__all__ = [
    "FORM_METHODS",
    "address_of_client",
    "for_members_of_the_portal",
    "go",
    "own_submission",
    "person",
    "seen_submission",
    "trail",
]


def seen_submission(request: HttpRequest, pk: int) -> CaseSubmission:
    """One that the reader sees; else a 404."""
    return _one(CaseSubmission.objects.visible_to(request.user), pk)


def own_submission(request: HttpRequest, pk: int) -> CaseSubmission:
    return _one(CaseSubmission.objects.of(request.user), pk)


def _one(rows: Any, pk: int) -> CaseSubmission:
    found: CaseSubmission | None = (
        rows.select_related("organisation", "theme", "page", "author", "answer__conversation", "unapproved")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def go(view: str, *arguments: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"submissions:{view}", args=arguments))


def trail(submission: CaseSubmission | None = None) -> list[Link]:
    links = [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Praktijkvoorbeeld insturen"), url=reverse("submissions:start")),
    ]
    if submission is not None:
        links.append(Link(label=submission.shown_title, url=submission.get_absolute_url()))
    return links
