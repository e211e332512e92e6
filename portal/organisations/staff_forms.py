"""What staff fill in about one organisation in their admin: always with a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.organisations.models import Organisation


class StaffReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Komt in het logboek. Noem geen namen van mensen."),
    )  # fmt: skip


class AppointForm(StaffReasonForm):
    email = forms.EmailField(label=_("E-mailadres van de nieuwe beheerder"))
    field_order = ["email", "reason"]

    def clean_email(self) -> User:
        user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Er is geen account met dit adres."))
        return user


class OtherForm(StaffReasonForm):
    """Another organisation, by name."""

    other = forms.CharField(label=_("Naam van de andere organisatie"), max_length=200)
    field_order = ["other", "reason"]

    def clean_other(self) -> Organisation:
        found = Organisation.objects.standing().named(self.cleaned_data["other"]).first()
        if found is None:
            raise forms.ValidationError(_("Er is geen organisatie die zo heet."))
        return found


class HoldingForm(OtherForm):
    """No name: no holding."""

    other = forms.CharField(
        label=_("Holding"), max_length=200, required=False, help_text=_("Leeg: geen holding.")
    )

    def clean_other(self) -> Organisation | None:  # type: ignore[override]
        return super().clean_other() if self.cleaned_data["other"].strip() else None
