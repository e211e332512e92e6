"""The ecosystems and working groups that a person takes part in or manages, on their own page."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
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
    today = timezone.localdate()
    managed = Ecosystem.objects.managed_by(user, today).filter(pk=OuterRef("pk"))
    rows = Ecosystem.objects.inside(user, today).annotate(is_managed=Exists(managed))
    return [
        Task(
            label=row.name,
            hint=_("Werkgroep van %(parent)s") % {"parent": row.parent.name} if row.parent else "",
            url=reverse("ecosystems:home", args=[row.slug]),
            status=_("beheerder") if row.is_managed else _("deelnemer"),
            kind="done",
        )
        for row in rows.select_related("parent").order_by("name")
    ]


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
