"""A person's saved searches, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register
from portal.design.shapes import Link, Task
from portal.saved_searches.models import SavedSearch

MOST = 5


def own_searches(user: User) -> list[Task]:
    """Each leads to its results of now; what was new stands with the notifications."""
    results = reverse("search:results")
    return [
        Task(
            label=row.name,
            url=f"{results}?{row.question}",
            status=str(row.get_frequency_display()) if row.next_look_at else "",
        )
        for row in SavedSearch.objects.visible_to(user).order_by("-created_at", "-pk")[:MOST]
    ]


register(
    OwnSection(
        title=gettext_lazy("Mijn zoekopdrachten"),
        lines=own_searches,
        empty=gettext_lazy(
            "Zoek iets, en bewaar de zoekopdracht onder de resultaten. Dan hoor je wat er nieuw is."
        ),
        more=lambda: Link(label=_("Al mijn zoekopdrachten"), url=reverse("saved-searches:list")),
        order=50,
        place=Place.SIDE,
    )
)
