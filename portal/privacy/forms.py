"""What somebody fills in to leave."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

STAY, GO = "blijven", "weg"
TEXTS = [
    (STAY, _("Ze blijven staan, zonder mij. Er staat dan “Oud-lid”.")),
    (GO, _("Ze gaan ook weg. Antwoorden van anderen blijven.")),
]


class ErasureForm(forms.Form):
    texts = forms.ChoiceField(
        label=_("Wat doen we met wat je schreef?"),
        choices=TEXTS,
        widget=forms.RadioSelect,
        help_text=_("Vragen, antwoorden en andere berichten."),
        error_messages={"required": _("Kies of je berichten blijven staan.")},
    )
    sure = forms.BooleanField(
        label=_("Ja, wis mijn account. Ik weet dat ik het na een week niet terug kan krijgen."),
        error_messages={"required": _("Zet hier een vinkje als je je account wilt wissen.")},
    )

    @property
    def texts_go(self) -> bool:
        return self.cleaned_data["texts"] == GO


class StaffErasureForm(forms.Form):
    texts = forms.ChoiceField(
        label=_("Wat gebeurt er met wat zij schreef?"),
        choices=[(STAY, _("Blijft staan als “Oud-lid”")), (GO, _("Gaat ook weg"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vraag wat zij wil, en kies dat.")},
    )
    reason = forms.CharField(
        label=_("Waarom, en hoe weet je dat zij het zelf vraagt?"),
        max_length=300,
        help_text=_("Noem geen naam: dit blijft in het logboek staan."),
        error_messages={"required": _("Schrijf op waarom.")},
    )

    @property
    def texts_go(self) -> bool:
        return self.cleaned_data["texts"] == GO
