"""Who has a role that needs a second step sets one up before anything else."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import needs_second_step

# Where a second step is set up, and the way out.
OPEN_PREFIXES = ("/account/", "/inloggen/", "/uitloggen/", "/static/")


class SecondStepMiddleware:
    """Sends people whose role needs a second step to where they set it up, as long as they have none.

    Who has one is asked for it at every sign-in, since there is one door; so a session of theirs has passed both steps.
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
    return isinstance(user, User) and user.is_active and needs_second_step(user) and not is_mfa_enabled(user)
