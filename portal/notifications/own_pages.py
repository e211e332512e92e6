"""The newest notifications on a person's own page, and the way to all of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task
from portal.notifications.showing import newest_and_noted

MOST_HERE = 5


def own_notifications(user: User) -> list[Task]:
    return [
        Task(label=view.text, hint=view.context, url=view.url, status="")
        for view in newest_and_noted(user, MOST_HERE)
    ]


register(
    OwnSection(
        title=gettext_lazy("Nieuwe meldingen"),
        lines=own_notifications,
        empty=gettext_lazy("Er is niets nieuws."),
        more=lambda: Link(
            label=_("Alle meldingen, en hoe vaak je mail krijgt"), url=reverse("notifications:list")
        ),
        order=5,
    )
)
