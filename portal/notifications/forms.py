"""How often somebody wants mail of each kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.notifications.kinds import Frequency, ordered
from portal.notifications.services import frequencies_of


class PreferencesForm(forms.Form):
    """A field for each kind that rooms offer, by its code."""

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial=frequencies_of(user))
        wrong = _("Kies meteen, elke dag, elke week of niet.")
        for kind in ordered():
            self.fields[kind.code] = forms.ChoiceField(
                label=capfirst(str(kind.label)),
                help_text=str(kind.help),
                choices=Frequency.choices,
                error_messages={"required": wrong, "invalid_choice": wrong},
            )
