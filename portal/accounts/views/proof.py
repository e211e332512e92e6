"""Who changes what protects an account has just proved who he is."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    is_reauthentication_required,
)
from allauth.account.views import reauthenticate as by_password
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import User
from portal.accounts.services import end_sessions
from portal.accounts.signed_in import user_of

__all__ = [
    "by_password",
    "end_other_sessions",
    "fresh_sign_in_required",
    "proof_required",
    "safe_next",
    "sign_in_again",
]
View = Callable[..., HttpResponseBase]


def fresh_sign_in_required(view: View) -> View:
    """For people without password and second step: allauth asks them for nothing, so they sign in again.

    All others are asked for what they have, by allauth itself.
    """

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        user = request.user
        if (
            isinstance(user, User)
            and not get_reauthentication_flows(user)
            and not signed_in_recently(request)
        ):
            target = urlencode({"next": request.path})
            return HttpResponseRedirect(f"{reverse('account:sign-in-again')}?{target}")
        return view(request, *arguments, **named)

    return asked


def proof_required(view: View) -> View:
    """Proof before a form that holds a password: allauth's own would keep what was posted in the session meanwhile."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        ways = get_adapter().get_reauthentication_methods(request.user)
        if ways and is_reauthentication_required(request, app="allauth.account"):
            return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': request.path})}")
        return view(request, *arguments, **named)

    return asked


def signed_in_recently(request: HttpRequest) -> bool:
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type] # signed in, or none
    return any(record["at"] > since for record in records)


@login_required
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Says why; the form ends this session and leads to a code by mail."""
    target = safe_next(request) or reverse("account:overview")
    if request.method != "POST":
        return render(request, "accounts/sign_in_again.html", {"next": target})
    logout(request, show_message=False)
    return HttpResponseRedirect(f"{reverse('account_request_login_code')}?{urlencode({'next': target})}")


def safe_next(request: HttpRequest) -> str:
    """Where the visitor wants to go afterwards; empty for what isn't on this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def end_other_sessions(request: HttpRequest) -> None:
    """All sessions of who asks end but this one, which gets a new id."""
    user = user_of(request)
    end_sessions(user)
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)
