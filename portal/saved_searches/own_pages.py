"""A person's saved searches, on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task
from portal.saved_searches.models import SavedSearch
from portal.saved_searches.shapes import saved_tasks
from search.facets import read_vocabulary

MOST = 5


def own_searches(user: User) -> list[Task]:
    rows = list(SavedSearch.objects.visible_to(user)[:MOST])
    return saved_tasks(user, rows, read_vocabulary()) if rows else []


register(
    OwnSection(
        title=gettext_lazy("Mijn zoekopdrachten"),
        lines=own_searches,
        empty=gettext_lazy(
            "Zoek iets, en bewaar de zoekopdracht onder de resultaten. Dan hoor je wat er nieuw is."
        ),
        more=lambda: Link(label=_("Al mijn zoekopdrachten"), url=reverse("saved-searches:list")),
        order=50,
    )
)
