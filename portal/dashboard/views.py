"""One home for a member: what waits for them, what they follow and do, and the way to what they set."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.accounts.own_pages import Place, lifted, sections_of, waiting_for
from portal.accounts.rules import enters_staff_admin
from portal.accounts.signed_in import user_of
from portal.design.shapes import WayIn


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Made of what rooms offer in their `own_pages.py`; it changes nothing."""
    user = user_of(request)
    waiting, main = lifted(sections_of(user, Place.MAIN))
    context = {
        "first_name": user.get_short_name() if user.name else "",
        "waiting": [*waiting_for(user), *waiting],
        "main": main,
        "side": sections_of(user, Place.SIDE),
        "settings_ways": _ways_to_settings(user),
    }
    return render(request, "dashboard/home.html", context)


def _ways_to_settings(user: User) -> list[WayIn]:
    ways = [
        (_("Mijn profiel"), "people:edit"),
        (_("Waarover je mail krijgt"), "notifications:preferences"),
        (_("Mijn nieuwsbrief"), "newsletters:own"),
        (_("Mijn account en inloggen"), "account:overview"),
    ]
    if user.is_staff and enters_staff_admin(user):
        ways.append((_("Naar het beheer"), "wagtailadmin_home"))
    return [WayIn(label=label, url=reverse(name)) for label, name in ways]
