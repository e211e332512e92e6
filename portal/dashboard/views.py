"""One home for a member: what waits for them, what they follow and do, and the way to what they set."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.accounts.own_pages import Place, lifted, sections_of, waiting_for
from portal.accounts.rules import enters_staff_admin


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Made of what rooms offer in their `own_pages.py`; it changes nothing."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - signed in
    waiting, main = lifted(sections_of(user, Place.MAIN))
    context = {
        "first_name": user.get_short_name() if user.name else "",
        "waiting": [*waiting_for(user), *waiting],
        "main": main,
        "side": sections_of(user, Place.SIDE),
        "works_in_staff_admin": user.is_staff and enters_staff_admin(user),
    }
    return render(request, "dashboard/home.html", context)
