"""Forms about one's own account: address, password, proving again who one is, other ways in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import AddEmailForm, ChangePasswordForm, ReauthenticateForm, SetPasswordForm
from allauth.socialaccount.forms import DisconnectForm, SignupForm
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.dress import dress, dress_email, dress_new_password, dress_password


class OwnAddressForm(AddEmailForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Hierheen sturen we een code. Tot je die invult, blijft je adres van nu gelden.")
        dress_email(self.fields["email"], label=_("Nieuw e-mailadres"), hint=hint)


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_password(
            self.fields["oldpassword"],
            label=_("Wachtwoord van nu"),
            missing=_("Vul je wachtwoord van nu in."),
        )
        dress_new_password(self.fields)


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_new_password(self.fields)


class ProveForm(ReauthenticateForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_password(self.fields["password"], label=_("Wachtwoord"), missing=_("Vul je wachtwoord in."))


class CompanySignupForm(SignupForm):  # type: ignore[misc] # allauth is untyped
    """The first time by one's company: what the other party said is filled in, and the address is proved here."""

    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_email(self.fields["email"], hint=_("Hierheen sturen we een code."))


class CompanyDisconnectForm(DisconnectForm):  # type: ignore[misc] # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = _("Kies welke inlogmanier je wilt weghalen.")
        dress(self.fields["account"], label=_("Welke inlogmanier?"), missing=missing)
