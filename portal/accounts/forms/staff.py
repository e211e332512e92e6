"""Forms of the staff admin for people: Wagtail's own, with one name instead of two and without passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.accounts.models import User
from portal.accounts.rules import enters_staff_admin
from portal.accounts.services import note_staff, record_staff_address

TAKEN = _("Er is al een account met dit e-mailadres.")
NEW_HINT = _("Hiermee logt zij in, met een code per mail. Een wachtwoord kiest zij daarna zelf.")


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

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)  # type: ignore[misc] # of the form that this stands before
        if user.pk is None or not commit:
            return user
        record_staff_address(user)
        fresh = User.objects.get(pk=user.pk)  # whose rights nobody asked for yet
        note_staff(fresh, enters_staff_admin=enters_staff_admin(fresh))
        return user


class StaffUserCreationForm(OneName, UserCreationForm):
    name = forms.CharField(label=_("Naam"), max_length=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = NEW_HINT
        self.instance.set_unusable_password()

    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "is_superuser", "groups"]


class StaffUserEditForm(OneName, UserEditForm):
    name = forms.CharField(label=_("Naam"), max_length=150)

    class Meta(UserEditForm.Meta):
        fields = ["email", "name", "is_active", "is_superuser", "groups"]


class OwnNameForm(forms.ModelForm):  # type: ignore[type-arg]
    """A staff member's own name, on the page "Account"; the address is changed where everybody changes it."""

    name = forms.CharField(label=_("Naam"), max_length=150)

    class Meta:
        model = User
        fields = ["name"]
