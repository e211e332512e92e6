"""Signing in by one's company (eHerkenning through a broker): only where there is an issuer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount import views as allauth_views
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from portal.accounts.provider import UNREADABLE, CompanyConnection
from portal.accounts.views.proof import fresh_sign_in_required, safe_next

View = Callable[..., HttpResponseBase]


def company_doors(request: HttpRequest) -> list[Any]:
    """The providers that are set up: name and address of each."""
    return list(get_adapter().list_providers(request))


def with_issuer(view: View) -> View:
    """Without an issuer there is nothing here."""

    @wraps(view)
    def found(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if not company_doors(request):
            raise Http404
        return view(request, *arguments, **named)

    return found


def sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return leave(request, provider_id, "login")


@login_required
@fresh_sign_in_required
def connect(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The same, to add this way in to the account that one is signed in to."""
    return leave(request, provider_id, "connect")


def leave(request: HttpRequest, provider_id: str, process: str) -> HttpResponseBase:
    """Leads to the issuer, by a page of ours.

    Not by a redirect: our policy lets forms go to this site alone, and a browser holds that against every next step.
    """
    provider = provider_or_404(request, provider_id)
    try:
        response = provider.redirect(request, process, next_url=safe_next(request) or None)
    except (RequestException, OAuth2Error, *UNREADABLE) as error:
        return refuse(request, provider, error)
    if not isinstance(response, HttpResponseRedirect):
        return response  # type: ignore[no-any-return] # allauth is untyped
    return render(request, "socialaccount/leaving.html", {"provider": provider, "target": response.url})


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    provider = provider_or_404(request, provider_id)
    view = OAuth2CallbackView.adapter_view(CompanyConnection(request, provider_id))
    try:
        return view(request)  # type: ignore[no-any-return] # allauth is untyped
    except UNREADABLE as error:  # an answer that is no answer
        return refuse(request, provider, error)


def provider_or_404(request: HttpRequest, provider_id: str) -> Any:
    try:
        return CompanyConnection(request, provider_id).get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def refuse(request: HttpRequest, provider: Any, error: Exception) -> HttpResponseBase:
    return render_authentication_error(request, provider, exception=error)  # type: ignore[no-any-return]


class ConnectionsView(allauth_views.ConnectionsView):  # type: ignore[misc] # allauth is untyped
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "company_doors": company_doors(self.request)}


sign_up = with_issuer(allauth_views.signup)
cancelled = with_issuer(allauth_views.login_cancelled)
failed = with_issuer(allauth_views.login_error)
connections = with_issuer(ConnectionsView.as_view())
