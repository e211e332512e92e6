"""Where allauth asks the portal: who asks by the network, where to go afterwards, what may be linked."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.roles import needs_second_step
from portal.http.client_address import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    def get_client_ip(self, request: HttpRequest) -> str:
        """For the rate limits: never what a visitor's own header says. What has no address shares one count."""
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a key to count by, nothing listens

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin in the staff admin, everybody else with what is theirs."""
        user: Any = request.user
        return reverse("wagtailadmin_home" if user.is_staff else settings.LOGIN_REDIRECT_URL)

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is untyped
    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last one of who needs a second step is replaced, not removed."""
        if not settings.MFA_REQUIRED or not needs_second_step(authenticator.user):
            return True
        others = authenticator.user.authenticator_set.exclude(pk=authenticator.pk)
        return bool(others.exclude(type=authenticator.Type.RECOVERY_CODES).exists())


class CompanySignInAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True
