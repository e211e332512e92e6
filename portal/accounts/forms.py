"""Forms about people: what an account asks, and Wagtail's own for staff, with one name instead of two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.accounts.models import User

TAKEN = _("Er is al een account met dit e-mailadres.")


class SignupDetailsForm(forms.Form):
    """What is asked besides address and password when somebody makes an account."""

    name = forms.CharField(
        label=_("Je naam"),
        max_length=150,
        help_text=_("Zo zien anderen je, als jij dat wilt."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


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
