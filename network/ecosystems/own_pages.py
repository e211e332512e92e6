"""The ecosystems and working groups that a person takes part in or manages, on their own page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.ecosystems.models import Ecosystem, EcosystemInvitation, JoinRequest
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register, register_waiting
from portal.design.shapes import Link, Task
from portal.joining.shapes import Waiting, decision_task, invitation_task, waiting_for


def own_ecosystems(user: User) -> list[Task]:
    """Where one takes part or manages, and then where a manager still decides whether one may."""
    here = {"pk": OuterRef("pk")}
    asked = JoinRequest.objects.open().filter(user=user, ecosystem=OuterRef("pk"))
    today = timezone.localdate()
    rows = Ecosystem.objects.visible_to(user).annotate(
        is_managed=Exists(Ecosystem.objects.managed_by(user, today).filter(**here)),
        is_inside=Exists(Ecosystem.objects.inside(user, today).filter(**here)),
        has_asked=Exists(asked),
    )
    rows = rows.filter(Q(is_inside=True) | Q(has_asked=True)).select_related("parent")
    return [_own_task(row) for row in rows.order_by("-is_inside", "name")]


def _own_task(row: Any) -> Task:
    hint = _("Werkgroep van %(parent)s") % {"parent": row.parent.name} if row.parent else ""
    if not row.is_inside:
        url = reverse("ecosystems:join", args=[row.slug])
        return Task(label=row.name, hint=hint, url=url, status=_("aangevraagd"), kind="wait")
    status = _("beheerder") if row.is_managed else _("deelnemer")
    return Task(
        label=row.name,
        hint=hint,
        url=reverse("ecosystems:home", args=[row.slug]),
        status=status,
        kind="done",
    )


def waiting_here(user: User) -> list[Task]:
    """Invitations to this person, and who asks to take part where they manage."""
    asked = JoinRequest.objects.visible_to(user).exclude(user=user)
    rows = waiting_for(user, invitations=EcosystemInvitation.objects.all(), requests=asked, place="ecosystem")
    return [_task(row) for row in rows]


def _task(row: Waiting) -> Task:
    if row.until is not None:
        return invitation_task(_("Je bent uitgenodigd voor %(name)s") % {"name": row.name}, row.until)
    label = ngettext(
        "%(number)d verzoek om mee te doen aan %(name)s",
        "%(number)d verzoeken om mee te doen aan %(name)s",
        row.number,
    )
    url = reverse("ecosystems:manage", args=[row.slug])
    return decision_task(label % {"number": row.number, "name": row.name}, url)


register_waiting(waiting_here, order=20)
register(
    OwnSection(
        title=gettext_lazy("Mijn ecosystemen"),
        lines=own_ecosystems,
        empty=gettext_lazy("Je doet nog nergens mee. Bekijk welke kringen van bedrijven er zijn."),
        more=lambda: Link(label=_("Naar de ecosystemen"), url=reverse("ecosystems:list")),
        order=20,
        place=Place.SIDE,
    )
)
