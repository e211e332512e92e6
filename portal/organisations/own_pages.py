"""The organisations that a person belongs to, on their own page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, DateTimeField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register, register_waiting
from portal.design.shapes import Link, Task
from portal.organisations.models import Invitation, JoinRequest, Membership

NEVER = Cast(Value(None), DateTimeField())


def own_organisations(user: User) -> list[Task]:
    rows = Membership.objects.filter(user=user).current(timezone.localdate())
    return [
        Task(
            label=row.organisation.name,
            url=reverse("organisations:page", args=[row.organisation.slug]),
            status=row.get_role_display(),
            kind="done",
        )
        for row in rows.select_related("organisation").order_by("organisation__name")
    ]


def waiting_here(user: User) -> list[Task]:
    """Invitations to this person, and who asks to belong to an organisation that they manage."""
    columns = ("organisation__name", "organisation__slug")
    invited = Invitation.objects.open(timezone.now()).filter(email__iexact=user.email)
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
        label=_("Je bent uitgenodigd door %(name)s") % {"name": name},
        hint=told % {"day": date_format(timezone.localdate(until), "j F")},
        status=_("uitnodiging"),
        kind="wait",
    )


def _asked(name: str, slug: str, number: int) -> Task:
    label = ngettext(
        "%(number)d verzoek om bij %(name)s te horen",
        "%(number)d verzoeken om bij %(name)s te horen",
        number,
    )
    return Task(
        label=label % {"number": number, "name": name},
        url=reverse("organisations:manage", args=[slug]),
        status=_("beslis"),
        kind="wait",
    )


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
