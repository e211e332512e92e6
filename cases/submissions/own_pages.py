"""A person's own cases, and what waits for them as a manager, on their own page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.submissions.models import CaseSubmission, State
from cases.submissions.shapes import own_task
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task

MOST = 5


def own_submissions(user: User) -> list[Task]:
    """Before them what is said in the name of an organisation, which waits for who manages it."""
    waiting = CaseSubmission.objects.waiting_for(user).order_by()
    rows = CaseSubmission.objects.filter(Q(author=user) | Q(pk__in=waiting.values("pk"))).exclude(
        state="withdrawn"
    )
    marked = rows.annotate(waits=Exists(waiting.filter(pk=OuterRef("pk")))).select_related("page")
    return [_line(row) for row in marked.order_by("-waits", "-changed_at", "-pk")[:MOST]]


def _line(row: Any) -> Task:
    """`waits`: annotated. What was taken up waits again where its author changed the page."""
    if row.waits and row.state == State.TAKEN_UP:
        return replace(own_task(row), waits=True, kind="wait", status=_("Een wijziging wacht op akkoord"))
    return replace(own_task(row), waits=row.waits)


register(
    OwnSection(
        title=gettext_lazy("Mijn praktijkvoorbeelden"),
        lines=own_submissions,
        empty=gettext_lazy("Heb je iets slimmer aangepakt? Vertel het, dan kan een ander het ook."),
        more=lambda: Link(label=_("Stuur je praktijkvoorbeeld in"), url=reverse("submissions:start")),
        order=40,
    )
)
