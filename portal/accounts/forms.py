"""Forms of the staff admin for people: Wagtail's own, with one name instead of two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.accounts.models import User

TAKEN = _("Er is al een account met dit e-mailadres.")


class StaffLoginForm(LoginForm):
    """Wagtail's, whose password field has no Dutch name, with what a password manager looks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Wachtwoord")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class OneName(forms.Form):
    """Shared by the forms below: drops first and last name, takes the address whatever its capitals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("first_name", "last_name"):
            self.fields.pop(field, None)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():  # type: ignore[attr-defined]
            raise forms.ValidationError(TAKEN)
        return email


class StaffUserCreationForm(OneName, UserCreationForm):
    name = forms.CharField(label=_("Naam"), max_length=150)

    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "is_superuser", "groups"]


class StaffUserEditForm(OneName, UserEditForm):
    name = forms.CharField(label=_("Naam"), max_length=150)

    class Meta(UserEditForm.Meta):
        fields = ["email", "name", "is_active", "is_superuser", "groups"]


class OwnNameForm(OneName, forms.ModelForm):  # type: ignore[type-arg]
    """A staff member's own name and address, on the page "Account"."""

    name = forms.CharField(label=_("Naam"), max_length=150)
    email = forms.EmailField(label=_("E-mailadres"))

    class Meta:
        model = User
        fields = ["name", "email"]
