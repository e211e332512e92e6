"""The organisations that a person belongs to, on their own page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register, register_waiting
from portal.design.shapes import Link, Task
from portal.joining.shapes import Waiting, decision_task, invitation_task, waiting_for
from portal.organisations.models import Invitation, JoinRequest, Membership, Organisation


def own_organisations(user: User) -> list[Task]:
    """Where one belongs, and then where a manager still decides whether one does."""
    here = {"user": user, "organisation": OuterRef("pk")}
    role = Membership.objects.current(timezone.localdate()).filter(**here).values("role")[:1]
    rows = Organisation.objects.visible_to(user).annotate(
        role=Subquery(role), has_asked=Exists(JoinRequest.objects.open().filter(**here))
    )
    rows = rows.filter(Q(role__isnull=False) | Q(has_asked=True))
    return [_own_task(row) for row in rows.order_by("has_asked", "name")]


def _own_task(row: Any) -> Task:
    url = reverse("organisations:page", args=[row.slug])
    if row.role is None:
        return Task(label=row.name, url=url, status=_("aangevraagd"), kind="wait")
    return Task(label=row.name, url=url, status=str(Membership.Role(row.role).label), kind="done")


def waiting_here(user: User) -> list[Task]:
    """Invitations to this person, and who asks to belong to an organisation that they manage."""
    asked = JoinRequest.objects.visible_to(user).exclude(user=user)
    rows = waiting_for(user, invitations=Invitation.objects.all(), requests=asked, place="organisation")
    return [_task(row) for row in rows]


def _task(row: Waiting) -> Task:
    if row.until is not None:
        return invitation_task(_("Je bent uitgenodigd door %(name)s") % {"name": row.name}, row.until)
    label = ngettext(
        "%(number)d verzoek om bij %(name)s te horen",
        "%(number)d verzoeken om bij %(name)s te horen",
        row.number,
    )
    url = reverse("organisations:manage", args=[row.slug])
    return decision_task(label % {"number": row.number, "name": row.name}, url)


register_waiting(waiting_here, order=10)
register(
    OwnSection(
        title=gettext_lazy("Mijn organisaties"),
        lines=own_organisations,
        empty=gettext_lazy("Je hoort nog niet bij een organisatie. Zoek je bedrijf op, of maak het."),
        more=lambda: Link(label=_("Naar de organisaties"), url=reverse("organisations:list")),
        order=10,
        place=Place.SIDE,
    )
)
