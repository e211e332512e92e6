"""Passkeys: added, named and removed."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth_views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.accounts.rules import can_lose
from portal.accounts.views.proof import fresh_sign_in_required
from portal.accounts.views.second_step import EndsOtherSessions, KeepsTheLast


class AddPasskeyView(EndsOtherSessions, allauth_views.AddWebAuthnView):  # type: ignore[misc] # allauth is untyped
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth leaves the form with its errors out."""
        return {**super().get_context_data(**kwargs), **kwargs}


class RemovePasskeyView(KeepsTheLast, EndsOtherSessions, allauth_views.RemoveWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "can_remove": can_lose(self.object)}


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    passkeys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    return render(request, "mfa/webauthn/authenticator_list.html", {"passkeys": passkeys.order_by("pk")})


add = login_required(fresh_sign_in_required(AddPasskeyView.as_view()))
remove = login_required(RemovePasskeyView.as_view())
rename = login_required(allauth_views.edit_webauthn)
sign_in = allauth_views.login_webauthn
prove = allauth_views.reauthenticate_webauthn
