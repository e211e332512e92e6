"""A profile can be reported from its own page, by members."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.moderation.profiles import PROFILE
from portal.design.shapes import Link
from portal.people.circles import is_person
from portal.people.models import Profile
from portal.people.person_links import register


@register
def report_profile(profile: Profile, reader: Any) -> Link | None:
    if not is_person(reader):
        return None
    return Link(label=_("Meld dit profiel"), url=reverse("moderation:report", args=[PROFILE, profile.pk]))
