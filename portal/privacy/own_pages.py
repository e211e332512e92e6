"""One's data on one's own page, and rules that one hasn't agreed to."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register, register_waiting
from portal.design.shapes import Link, Task
from portal.privacy.models import Leaving, Takeaway
from portal.privacy.services import terms_are_due


def own_data(user: User) -> list[Task]:
    lines = []
    ready = Takeaway.objects.filter(
        user=user, state=Takeaway.State.READY, expires_at__gt=timezone.now()
    ).first()
    if ready is not None:
        label, url = _("Het bestand met je gegevens"), reverse("privacy:overview")
        lines.append(Task(label=label, url=url, status=_("Staat klaar"), kind="done"))
    leaving = Leaving.objects.filter(user=user).first()
    if leaving is not None:
        day = date_format(timezone.localdate(leaving.due_at), "j F Y")
        lines.append(
            Task(
                label=_("Je account wordt gewist"),
                hint=_("Op %(day)s. Tot die dag kun je je bedenken.") % {"day": day},
                url=reverse("privacy:erase"),
                status=_("Loopt"),
                kind="problem",
            )
        )
    return lines


register(
    OwnSection(
        title=gettext_lazy("Je gegevens"),
        lines=own_data,
        empty=gettext_lazy("Neem mee wat het portaal van je weet, of verwijder je account."),
        more=lambda: Link(label=_("Naar je gegevens"), url=reverse("privacy:overview")),
        order=95,
        place=Place.ACCOUNT,
    )
)


def rules_to_read(user: User) -> list[Task]:
    if not terms_are_due(user):
        return []
    return [
        Task(
            label=_("Lees de regels van dit portaal"),
            hint=_("Ze zijn nieuw voor je. Zeg daarna of je akkoord gaat."),
            url=reverse("privacy:agree"),
            status=_("Nieuw"),
            kind="open",
        )
    ]


register_waiting(rules_to_read, order=5)
