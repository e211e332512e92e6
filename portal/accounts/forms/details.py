"""What is asked besides address and password when somebody makes an account, by whichever way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.agreements import accept_all, fields
from portal.accounts.models import User
from portal.text import names_a_site, one_line


def clean_name(typed: str) -> str:
    """One line that can be read, and no advertisement: a name stands in mail to others. Raises ValidationError."""
    name = one_line(typed)
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("Vul je naam in."))
    if names_a_site(name):
        raise ValidationError(_("In je naam hoort geen adres van een website."))
    return name


class SignupDetailsForm(forms.Form):
    name = forms.CharField(
        label=_("Je naam"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields())

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Of an account that is really made: where there is one already, allauth doesn't come here."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        accept_all(user)
