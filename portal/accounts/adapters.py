"""Where allauth asks the portal: who asks by the network, where to go afterwards, what it says and by which mail."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.accounts.arrivals import arrive
from portal.accounts.letters import written
from portal.accounts.rules import can_lose, enters_staff_admin
from portal.http.client_address import client_address
from portal.mail.services import queue_mail

# Mails that let their reader in.
SECRET_MAILS = {
    "account/email/login_code",
    "account/email/password_reset_code",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
}
PASSWORD_WORDS = {
    "password_too_short": _("Kies een wachtwoord van ten minste 12 tekens."),
    "password_too_similar": _("Je wachtwoord lijkt te veel op je e-mailadres. Kies iets anders."),
    "password_too_common": _(
        "Dit wachtwoord gebruiken veel mensen. Kies iets anders, bijvoorbeeld vier losse woorden."
    ),
}
WAYS = {
    "reauthenticate": _("Met je wachtwoord"),
    "mfa_reauthenticate": _("Met een code uit je app, of een noodcode"),
    "mfa_reauthenticate:webauthn": _("Met je passkey"),
}
TOO_OFTEN = _("Je probeert het te vaak. Wacht een paar minuten en probeer het dan opnieuw.")
WRONG_CODE = _("Deze code klopt niet. Kijk of je de laatste code hebt, en typ haar precies over.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account is gesloten."),
        "duplicate_email": _("Dit e-mailadres heb je nu al. Vul een ander adres in."),
        "email_password_mismatch": _(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk of je ze goed hebt getypt."
        ),
        "email_taken": _("Er is al een account met dit e-mailadres. Log daarmee in."),
        "enter_current_password": _("Dit is niet je wachtwoord van nu. Typ het opnieuw."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Dit wachtwoord klopt niet. Typ het opnieuw."),
        "invalid_login": _("Vul je e-mailadres in."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "same_as_current": _("Dit e-mailadres heb je nu al. Vul een ander adres in."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """For the rate limits: never what a visitor's own header says. What has no address shares one count."""
        return client_address(request).partition("/")[0] or "0.0.0.0"  # noqa: S104 - a key, nothing listens

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By the address alone: the portal answers to more than one name, and each would have its own count."""
        return str(credentials.get("email", "")).lower()

    def get_login_stages(self) -> list[str]:
        theirs = "allauth.mfa.stages.AuthenticateStage"
        ours = "portal.accounts.stages.SecondStepStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the passkey script asks for JSON. Elsewhere an answer in JSON would repeat what was typed."""
        wants_json = request.headers.get("Accept") == "application/json"
        return wants_json and request.path == reverse("mfa_login_webauthn")

    def is_safe_url(self, url: str) -> bool:
        """This very host and nothing else: the names that the portal answers to include one's own machine."""
        request = current.request
        hosts = {request.get_host()}
        return url_has_allowed_host_and_scheme(url, hosts, require_https=request.is_secure())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin in the staff admin, everybody else with what is theirs."""
        user: Any = request.user
        return reverse("wagtailadmin_home" if enters_staff_admin(user) else settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: Any, **values: Any) -> Any:
        """Signed in for good, second step and all."""
        response = super().post_login(request, user, **values)
        arrive(request, user, response)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [{**way, "description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account_email")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account:overview")

    def clean_password(self, password: str, user: Any = None) -> str:
        """Django's rules in words that say what to do."""
        try:
            checked: str = super().clean_password(password, user)
        except ValidationError as error:
            found = [PASSWORD_WORDS.get(one.code or "", one) for one in error.error_list]
            raise ValidationError(found) from error
        return checked

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Laid ready in the transaction of what it tells about."""
        subject, text = written(template_prefix, email, context)
        kind = template_prefix.rpartition("/")[2]
        queue_mail(to=email, subject=subject, text=text, kind=kind, is_secret=template_prefix in SECRET_MAILS)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is untyped
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Je rol vraagt een tweede stap. Voeg eerst een andere toe; daarna kun je deze weghalen."
        ),
        "cannot_generate_recovery_codes": _("Zet eerst een tweede stap aan. Daarna kun je noodcodes maken."),
        "incorrect_code": WRONG_CODE,
        "incorrect_credential": _(
            "Deze passkey herkennen we niet. Probeer het opnieuw, of kies een andere manier."
        ),
        "unverified_email": _(
            "Bevestig eerst je nieuwe e-mailadres. Daarna kun je een tweede stap aanzetten."
        ),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return can_lose(authenticator)

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return f"Passkey {number}"
