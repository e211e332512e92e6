"""Who has a role that needs a second step sets one up before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.rules import must_set_up_second_step

# Where a second step is set up, where one proves again who one is for that, and the ways out.
OPEN_PREFIXES = (
    "/account/tweede-stap/",
    "/account/bevestigen/",
    "/inloggen/",
    "/uitloggen/",
    "/beheer/logout/",
)


class SecondStepMiddleware:
    """Sends people whose role needs a second step to where they set it up, as long as they have none.

    Who has one is asked for it at every sign-in, since there is one door, and a new second step ends all other
    sessions; so whoever passes here and has one has passed both steps.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.MFA_REQUIRED and lacks_second_step(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


def lacks_second_step(request: HttpRequest) -> bool:
    if request.path_info.startswith(OPEN_PREFIXES):
        return False
    user = request.user
    at_staff_admin = request.path_info.startswith(settings.STAFF_ADMIN_PREFIX)
    return isinstance(user, User) and must_set_up_second_step(user, at_staff_admin=at_staff_admin)
