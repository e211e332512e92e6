"""Whether a member gets the newsletter, beside their account."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register
from portal.design.shapes import Link, Task
from portal.newsletters.models import Subscription


def own_newsletter(user: User) -> list[Task]:
    if not Subscription.objects.filter(user=user).exists():
        return []
    return [
        Task(
            label=_("Je krijgt de nieuwsbrief"), url=reverse("newsletters:own"), status=_("Aan"), kind="done"
        )
    ]


register(
    OwnSection(
        title=gettext_lazy("Nieuwsbrief"),
        lines=own_newsletter,
        empty=gettext_lazy("Nieuwe voorbeelden en bijeenkomsten in je mail, over wat jij kiest."),
        more=lambda: Link(label=_("Kies je nieuwsbrief"), url=reverse("newsletters:own")),
        order=30,
        place=Place.ACCOUNT,
    )
)
