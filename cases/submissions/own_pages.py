"""A person's own cases, and what waits for them as a manager, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.submissions.models import CaseSubmission
from cases.submissions.shapes import own_task
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register, register_waiting
from portal.design.shapes import Link, Task

MOST = 5


def own_submissions(user: User) -> list[Task]:
    rows = CaseSubmission.objects.filter(author=user).exclude(state="withdrawn")
    return [own_task(row) for row in rows.select_related("page").order_by("-changed_at", "-pk")[:MOST]]


def waiting_here(user: User) -> list[Task]:
    """What is said in the name of an organisation waits for who manages it."""
    rows = CaseSubmission.objects.waiting_for(user).select_related("page")
    return [own_task(row) for row in rows.order_by("-changed_at", "-pk")[:MOST]]


register_waiting(waiting_here, order=25)
register(
    OwnSection(
        title=gettext_lazy("Mijn praktijkvoorbeelden"),
        lines=own_submissions,
        empty=gettext_lazy("Heb je iets slimmer aangepakt? Vertel het, dan kan een ander het ook."),
        more=lambda: Link(label=_("Stuur je praktijkvoorbeeld in"), url=reverse("submissions:start")),
        order=40,
    )
)
