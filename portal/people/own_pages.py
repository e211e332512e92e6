"""One's profile on one's own page: what is filled in, and who sees it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, Place, register
from portal.design.shapes import Link, Task
from portal.people.models import Profile


def own_profile_lines(user: User) -> list[Task]:
    profile = Profile.objects.filter(user=user).first()
    if profile is None:
        return []
    return [
        Task(
            label=_("Wat je over jezelf vertelt"),
            hint=_("Je rol, je thema's en wie wat van je ziet."),
            url=reverse("people:edit"),
            status=_("Ingevuld") if profile.about or profile.role_at_work else _("Nog leeg"),
            kind="done" if profile.about or profile.role_at_work else "open",
        ),
        Task(
            label=_("Je foto"),
            url=reverse("people:photo"),
            status=_("Staat erop") if profile.photo_id else _("Geen foto"),
            kind="done" if profile.photo_id else "open",
        ),
    ]


register(
    OwnSection(
        title=gettext_lazy("Mijn profiel"),
        lines=own_profile_lines,
        empty=gettext_lazy("Vertel wie je bent en waar je iets van weet. Jij kiest wie dat ziet."),
        more=lambda: Link(label=_("Naar mijn profiel"), url=reverse("people:edit")),
        order=5,
        place=Place.ACCOUNT,
    )
)
