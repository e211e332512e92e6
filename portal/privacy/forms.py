"""What somebody fills in to agree to the rules, and to leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

STAY, GO = "blijven", "weg"
TEXTS = [
    (STAY, _("Ze blijven staan, zonder mij. Er staat dan “Oud-lid”.")),
    (GO, _("Ze gaan ook weg. Antwoorden van anderen blijven.")),
]


def terms_field() -> forms.BooleanField:
    """The rules, and where one reads what is kept of one. New tabs: what was typed beside it stays."""
    link = '<a href="{}" target="_blank" rel="noopener">{}</a>'
    rules = format_html(link, settings.TERMS_URL, _now("regels van dit portaal"))
    privacy = format_html(link, settings.PRIVACY_URL, _now("Privacy"))
    return forms.BooleanField(
        label=format_html(_now("Ik ga akkoord met de {rules}."), rules=rules),
        help_text=format_html(
            _now(
                "Wat we van je bewaren en waarom, lees je bij {privacy}. De links openen in een nieuw tabblad."
            ),
            privacy=privacy,
        ),
        error_messages={"required": _("Lees de regels en zet een vinkje als je akkoord gaat.")},
    )


class TermsForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"] = terms_field()


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
