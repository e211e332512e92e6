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
from portal.design.shapes import Task, WayIn


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Made of what rooms offer in their `own_pages.py`; it changes nothing."""
    user = user_of(request)
    waiting, main = lifted(sections_of(user, Place.MAIN))
    side = sections_of(user, Place.SIDE)
    all_waiting = [*waiting_for(user), *waiting]
    context = {
        "first_name": user.get_short_name() if user.name else "",
        "waiting": all_waiting,
        # Who has nothing yet reads where to begin.
        "beginning": []
        if all_waiting or any(section.lines for section in (*main, *side))
        else _first_steps(),
        "main": main,
        "side": side,
        "settings_ways": _ways_to_settings(user),
    }
    return render(request, "dashboard/home.html", context)


def _first_steps() -> list[Task]:
    steps = [
        (_("Zeg bij welk bedrijf je hoort"), _("Zoek het op, of maak het in een minuut."), "organisations:list"),
        (_("Vertel wie je bent"), _("Wat je doet en waar je iets van weet. Jij kiest wie het ziet."), "people:edit"),
        (_("Kies een ecosysteem"), _("Een vaste kring van bedrijven die van elkaar leren."), "ecosystems:list"),
    ]  # fmt: skip
    return [Task(label=label, hint=hint, url=reverse(name), status="") for label, hint, name in steps]


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
