"""The ecosystems and working groups that a person takes part in or manages, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task


def own_ecosystems(user: User) -> list[Task]:
    today = timezone.localdate()
    managed = set(Ecosystem.objects.managed_by(user, today).values_list("pk", flat=True))
    rows = Ecosystem.objects.inside(user, today).select_related("parent").order_by("name")
    return [
        Task(
            label=row.name,
            hint=_("Werkgroep van %(parent)s") % {"parent": row.parent.name} if row.parent else "",
            url=reverse("ecosystems:home", args=[row.slug]),
            status=_("beheerder") if row.pk in managed else _("deelnemer"),
            kind="done",
        )
        for row in rows
    ]


register(
    OwnSection(
        title=gettext_lazy("Mijn ecosystemen"),
        lines=own_ecosystems,
        empty=gettext_lazy("Je doet nog nergens mee. Bekijk welke kringen van bedrijven er zijn."),
        more=lambda: Link(label=_("Naar de ecosystemen"), url=reverse("ecosystems:list")),
        order=20,
    )
)
