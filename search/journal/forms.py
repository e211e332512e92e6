"""The verdict that a visitor gives on what was found."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from search.journal.rules import LONGEST_REMARK, names_somebody

YES, NO = "ja", "nee"


class VerdictForm(forms.Form):
    """`zoekvraag` is the signed query that the page handed out."""

    zoekvraag = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    oordeel = forms.ChoiceField(
        label=_("Vond je wat je zocht?"),
        choices=[(YES, _("Ja")), (NO, _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee."), "invalid_choice": _("Kies ja of nee.")},
    )
    opmerking = forms.CharField(
        label=_("Wat zocht je, of wat kan beter?"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Houd het korter: hoogstens %(limit_value)d tekens.")},
        help_text=_("Noem geen namen, adressen of nummers van mensen."),
    )

    def clean_opmerking(self) -> str:
        remark: str = self.cleaned_data["opmerking"]
        if names_somebody(remark):
            raise forms.ValidationError(
                _("Hier staat een mailadres of een lang nummer in. Dat bewaren we niet. Haal het weg.")
            )
        return remark
