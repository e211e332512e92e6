"""The organisations that a person belongs to, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task
from portal.organisations.models import Membership


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


register(
    OwnSection(
        title=gettext_lazy("Mijn organisaties"),
        lines=own_organisations,
        empty=gettext_lazy("Je hoort nog niet bij een organisatie. Zoek je bedrijf op, of maak het."),
        more=lambda: Link(label=_("Naar de organisaties"), url=reverse("organisations:list")),
        order=10,
    )
)
