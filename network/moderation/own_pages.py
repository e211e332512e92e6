"""What was decided about a person's texts, and the queue of who moderates, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.moderation.models import Decision, ModerationCase
from network.moderation.rules import moderates_somewhere
from network.moderation.shapes import day_text
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register, register_waiting
from portal.design.shapes import Link, Task

MOST = 5


def own_decisions(user: User) -> list[Task]:
    about = Decision.objects.about(user).filter(undoes=None).select_related("undone_by")
    lines = [
        Task(
            label=_("Een besluit over wat je schreef"),
            hint=day_text(row.at),
            url=row.get_absolute_url(),
            status=_("teruggedraaid") if hasattr(row, "undone_by") else _("geldt"),
            kind="done" if hasattr(row, "undone_by") else "open",
        )
        for row in about[:MOST]
        if row.takes_away
    ]
    return lines


def waiting_here(user: User) -> list[Task]:
    """The queue, also where it is empty: who moderates finds the way to it here."""
    if not moderates_somewhere(user):
        return []
    waiting = ModerationCase.objects.open().visible_to(user)
    number = waiting.count()
    late = bool(number) and waiting.overdue(timezone.now()).exists()
    status = ngettext("%(number)s zaak", "%(number)s zaken", number) % {"number": number}
    return [
        Task(
            label=_("Moderatie"),
            hint=_("Wat gemeld of vastgehouden is"),
            url=reverse("moderation:queue"),
            status=status if number else _("niets te doen"),
            kind="problem" if late else "wait" if number else "done",
        )
    ]


register_waiting(waiting_here, order=5)
register(
    OwnSection(
        title=gettext_lazy("Regels en besluiten"),
        lines=own_decisions,
        empty=gettext_lazy("Er is niets besloten over wat je schreef."),
        more=lambda: Link(label=_("Lees de gedragsregels"), url=reverse("moderation:rules")),
        order=90,
        place=Place.SIDE,
    )
)
