from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.saved_searches.models import MOST_NAME, SavedSearch

WRONG = _("Kies elke dag, elke week of niet.")


class SavedSearchForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"),
        max_length=MOST_NAME,
        help_text=_("Zo herken je hem in je lijst en in je mail."),
        error_messages={
            "required": _("Geef de zoekopdracht een naam."),
            "max_length": _("Maak de naam korter: hoogstens %(limit_value)d tekens."),
        },
    )
    frequency = forms.ChoiceField(
        label=_("Wil je horen wat er nieuw is?"),
        help_text=_(
            "We kijken 's nachts. Is er iets nieuws, dan staat het 's ochtends bij je meldingen en in je mail."
        ),
        choices=SavedSearch.Frequency.choices,
        initial=SavedSearch.Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": WRONG, "invalid_choice": WRONG},
    )

    def clean_name(self) -> str:
        name: Any = " ".join(self.cleaned_data["name"].split())
        return str(name)
