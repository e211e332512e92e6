"""The ecosystems and working groups that a person takes part in or manages, on their own page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.ecosystems.models import Ecosystem, EcosystemInvitation, JoinRequest
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register, register_waiting
from portal.design.shapes import Link, Task

NEVER = Cast(Value(None), DateTimeField())


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
    columns = ("ecosystem__name", "ecosystem__slug")
    invited = EcosystemInvitation.objects.open(timezone.now()).filter(email__iexact=user.email)
    asked = JoinRequest.objects.open().visible_to(user).exclude(user=user)
    counted = asked.order_by().values(*columns).annotate(number=Count("pk"), until=NEVER)
    dated = invited.order_by().annotate(number=Value(0), until=F("expires_at"))
    rows = dated.values_list(*columns, "number", "until").union(
        counted.values_list(*columns, "number", "until"), all=True
    )
    return [_asked(*row[:3]) if row[2] else _invited(row[0], row[3]) for row in rows]


def _invited(name: str, until: datetime) -> Task:
    told = _("Klik op de link in de mail. De uitnodiging geldt tot %(day)s.")
    return Task(
        label=_("Je bent uitgenodigd voor %(name)s") % {"name": name},
        hint=told % {"day": date_format(timezone.localdate(until), "j F")},
        status=_("uitnodiging"),
        kind="wait",
    )


def _asked(name: str, slug: str, number: int) -> Task:
    label = ngettext(
        "%(number)d verzoek om mee te doen aan %(name)s",
        "%(number)d verzoeken om mee te doen aan %(name)s",
        number,
    )
    return Task(
        label=label % {"number": number, "name": name},
        url=reverse("ecosystems:manage", args=[slug]),
        status=_("beslis"),
        kind="wait",
    )


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
