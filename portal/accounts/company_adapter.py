"""What allauth asks the portal about a company's own sign-in."""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class CompanySignInAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth is untyped
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _(
            "Er is al een account met dit e-mailadres. Log daarmee in en koppel daarna je bedrijf."
        ),
        "no_password": _("Kies eerst een wachtwoord. Daarna kun je deze inlogmanier weghalen."),
        "no_verified_email": _("Bevestig eerst je e-mailadres. Daarna kun je deze inlogmanier weghalen."),
        "connected_other": _("Deze inlogmanier hoort al bij een ander account."),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The address that the other party names is a suggestion in a form, and no more."""
        sociallogin.email_addresses = []

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        claims = sociallogin.account.extra_data
        return {"email": claims.get("email", ""), "name": claims.get("name", "")[:150]}

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """The log says why; the page doesn't, since it may be somebody who tries."""
        reason = str(exception) if exception else str(error)
        logger.warning("company sign-in refused", extra={"data": {"reason": reason[:300]}})
