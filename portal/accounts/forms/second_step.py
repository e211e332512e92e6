"""Forms of the second step: setting it up, using it, taking it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.dress import dress, dress_code
from portal.accounts.totp import use_code

APP_LABEL = _("Code uit je app, of een noodcode")
APP_HINT = _(
    "Zes cijfers uit je authenticator-app. Geen telefoon bij je? Gebruik een noodcode van acht cijfers."
)
# What reading a made-up answer of a passkey ends in, in allauth, in fido2 or in the database.
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError)
NAME_HINT = _("Zo herken je haar later, bijvoorbeeld: laptop op kantoor.")


class CodeOnce:
    """A code of an app or a recovery code, each good for one time."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        clear_rate_limit = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        # Each is locked while it is looked at. In one order, or two requests would wait for each other.
        for authenticator in Authenticator.objects.filter(user=self.user).order_by("pk"):
            if is_taken(authenticator, code):
                authenticator.user = self.user
                self.authenticator = authenticator
                clear_rate_limit()
                return code
        raise get_adapter().validation_error("incorrect_code")


def is_taken(authenticator: Authenticator, code: str) -> bool:
    if authenticator.type == Authenticator.Type.TOTP:
        return use_code(authenticator, code)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(code))
    return False


class SecondStepForm(CodeOnce, AuthenticateForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self, label=APP_LABEL, hint=APP_HINT)


class ProveBySecondStepForm(CodeOnce, ReauthenticateForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self, label=APP_LABEL, hint=APP_HINT)


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Past allauth's own, which makes another secret each time the page is shown: what was scanned would be wrong."""
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        self.secret = get_totp_secret()
        dress_code(self, label=_("Code uit je app"), hint=_("De zes cijfers die je app nu toont."))


class AnyCredential:
    """What a script posts as a passkey's answer may be anything at all: a sentence, never a broken page."""

    def read(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_credential") from error


class AddPasskeyForm(AnyCredential, AddWebAuthnForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self.fields["name"],
            label=_("Naam van deze passkey"),
            hint=NAME_HINT,
            missing=_("Vul een naam in."),
        )
        self.fields["name"].max_length = 100
        dress(
            self.fields["passwordless"],
            label=_("Ook gebruiken om in te loggen zonder wachtwoord"),
            missing="",
        )
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = str(
            _("Je apparaat gaf geen passkey. Probeer het opnieuw, of kies een authenticator-app.")
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.read(super().clean)
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(
            self.fields["name"],
            label=_("Naam van deze passkey"),
            hint=NAME_HINT,
            missing=_("Vul een naam in."),
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > 100:
            raise ValidationError(_("Neem een naam van ten hoogste 100 tekens."))
        return name


class SecondStepPasskeyForm(AnyCredential, AuthenticateWebAuthnForm):  # type: ignore[misc] # allauth is untyped
    def clean_credential(self) -> Any:
        return self.read(super().clean_credential)


class SignInPasskeyForm(AnyCredential, LoginWebAuthnForm):  # type: ignore[misc] # allauth is untyped
    def clean_credential(self) -> Any:
        return self.read(super().clean_credential)


class ProveByPasskeyForm(AnyCredential, ReauthenticateWebAuthnForm):  # type: ignore[misc] # allauth is untyped
    def clean_credential(self) -> Any:
        return self.read(super().clean_credential)
