"""Forms at the door: signing in, making an account, codes by mail, a forgotten password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.dress import (
    CODE_HINT,
    PASSWORD_HINT,
    dress_code,
    dress_email,
    dress_new_password,
    dress_password,
)
from portal.accounts.models import User
from portal.accounts.services import release_address

CODE_LABEL = _("Code uit de mail")


class SignInForm(LoginForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_email(self.fields["login"], autocomplete="username")
        dress_password(self.fields["password"], label=_("Wachtwoord"), missing=_("Vul je wachtwoord in."))


class NewAccountForm(SignupForm):  # type: ignore[misc] # allauth is untyped
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Hierheen sturen we een code. Zonder die code kan niemand je account gebruiken.")
        dress_email(self.fields["email"], hint=hint)
        missing = _("Vul het wachtwoord in dat je wilt gaan gebruiken.")
        dress_password(
            self.fields["password1"], label=_("Kies een wachtwoord"), hint=PASSWORD_HINT, missing=missing
        )

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """Where there is an account already, the same work is done as where there is none: the password is hashed."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        user, response = super().try_save(request)
        return user, response


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_email(self.fields["email"], autocomplete="username")


class LoginCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self, label=CODE_LABEL, hint=CODE_HINT)


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_email(self.fields["email"], autocomplete="username")


class ForgottenCodeForm(ConfirmPasswordResetCodeForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self, label=CODE_LABEL, hint=CODE_HINT)


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_new_password(self.fields)


class AddressCodeForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self, label=CODE_LABEL, hint=CODE_HINT)

    def clean_code(self) -> str:
        """Who proves an address doesn't find an account in the way that somebody else began with it."""
        typed = self.cleaned_data["code"]
        if self.user and compare_user_code(actual=typed, expected=self.expected_code):
            release_address(self.email, to=self.user)
        code: str = super().clean_code()
        return code
