"""The pages that a member keeps, on their own page."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register
from portal.design.shapes import Link, Task
from portal.pages.querysets import visible_pages
from portal.visitors.models import KeptPage

MOST = 5


def own_kept(user: User) -> list[Task]:
    mine = KeptPage.objects.filter(user=user)
    kept_at = mine.filter(page=OuterRef("pk")).values("kept_at")
    pages = (
        visible_pages(user).filter(pk__in=mine.order_by().values("page")).annotate(kept_at=Subquery(kept_at))
    )
    return [
        Task(label=page.title, url=page.get_url() or "", status="")
        for page in pages.order_by("-kept_at")[:MOST]
    ]


register(
    OwnSection(
        title=gettext_lazy("Wat je bewaarde"),
        lines=own_kept,
        empty=gettext_lazy("Kies 'Bewaar' onder een praktijkvoorbeeld. Dan vind je het hier terug."),
        more=lambda: Link(label=_("Alles wat je bewaarde"), url=reverse("kept:list")),
        order=60,
        place=Place.SIDE,
    )
)
