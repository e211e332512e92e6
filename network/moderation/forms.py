"""What people report, and what moderators fill in. Every rule is in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.moderation.models import Decision, ReasonTemplate, Report
from network.moderation.services import Choice, Told
from portal.http.forms import offer_choices

BLOCK_DAYS = (
    ("1", _("een dag")),
    ("7", _("een week")),
    ("30", _("een maand")),
    ("90", _("drie maanden")),
    ("365", _("een jaar")),
)


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    category = forms.ChoiceField(
        label=_("Wat is er mis?"),
        widget=forms.RadioSelect,
        choices=Report.Category.choices,
        error_messages={"required": _("Kies wat er mis is.")},
    )
    text = forms.CharField(
        label=_("Leg uit wat je ziet"),
        max_length=3000,
        widget=_text(5),
        help_text=_("Noem de zin waar het om gaat, en waarom die niet kan."),
        error_messages={"required": _("Leg in een zin uit wat er mis is.")},
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_("Alleen als je wilt horen wat we besluiten. We gebruiken het nergens anders voor."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_sincere = forms.BooleanField(
        label=_("Wat ik hier schrijf klopt, voor zover ik weet"),
        error_messages={"required": _("Vink aan dat klopt wat je schrijft.")},
    )

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["email"]

    def told(self) -> Told:
        found = self.cleaned_data
        return Told(found["category"], found["text"], found.get("email", "").lower())


class TemplateForm(forms.Form):
    """Which text to begin with; a page of its own address, so that it works without script."""

    sjabloon = forms.ModelChoiceField(
        ReasonTemplate.objects.filter(is_active=True),
        label=_("Begin met een standaardtekst"),
        required=False,
        empty_label=_("Geen"),
    )

    def chosen(self) -> ReasonTemplate | None:
        found: ReasonTemplate | None = self.cleaned_data.get("sjabloon") if self.is_valid() else None
        return found


class DecideForm(forms.Form):
    action = forms.ChoiceField(
        label=_("Wat gebeurt er met wat er staat?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er mee gebeurt.")},
    )
    measure = forms.ChoiceField(
        label=_("En met wie het schreef?"),
        widget=forms.RadioSelect,
        required=False,
        choices=Decision.Measure.choices,
        initial=Decision.Measure.NONE,
    )
    block_days = forms.ChoiceField(
        label=_("Hoe lang?"),
        required=False,
        choices=BLOCK_DAYS,
        initial="7",
        help_text=_("Alleen voor een blokkade."),
    )
    in_portal = forms.BooleanField(label=_("Blokkeer in het hele portaal"), required=False)
    ground = forms.ChoiceField(
        label=_("Wat is de grond?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[choice for choice in Decision.Ground.choices if choice[0]],
    )
    rule = forms.CharField(
        label=_("Welke regel of wet?"),
        required=False,
        max_length=200,
        help_text=_("Bijvoorbeeld: regel 4 van de gedragsregels, “geen reclame”."),
    )
    facts = forms.CharField(
        label=_("Wat gebeurde er?"),
        required=False,
        max_length=3000,
        widget=_text(3),
        help_text=_("De feiten. Noem niet wie het meldde."),
    )
    reason = forms.CharField(
        label=_("Waarom besluit je dit?"),
        required=False,
        max_length=3000,
        widget=_text(4),
        help_text=_("Feiten en reden komen in de mail aan de schrijver."),
    )
    template = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, actions: Sequence[str], may_block_in_portal: bool, has_author: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "action", [each for each in Decision.Action.choices if each[0] in actions])
        if not may_block_in_portal:
            del self.fields["in_portal"]
        if not has_author:
            del self.fields["measure"], self.fields["block_days"]
            self.fields.pop("in_portal", None)

    def choice(self) -> Choice:
        found = self.cleaned_data
        measure = found.get("measure", "")
        return Choice(
            action=found["action"],
            measure=measure,
            block_days=int(found.get("block_days") or 0),
            in_portal=bool(found.get("in_portal")),
            **{name: found[name].strip() for name in ("ground", "rule", "facts", "reason", "template")},
        )


class ReasonForm(forms.Form):
    """Why something private is opened, or a decision undone."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=500,
        widget=_text(2),
        error_messages={"required": _("Schrijf op waarom.")},
    )


class OpenForm(forms.Form):
    """A moderator's look at what was reported: no words needed, but a click."""


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Waarom klopt het besluit niet?"),
        max_length=3000,
        widget=_text(6),
        help_text=_("Vertel wat we over het hoofd zagen."),
        error_messages={"required": _("Schrijf op waarom het niet klopt.")},
    )


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Wat besluit je?"),
        widget=forms.RadioSelect,
        choices=[
            ("refused", _("Het besluit blijft")),
            ("granted", _("Het bezwaar klopt: draai het besluit terug")),
        ],
        error_messages={"required": _("Kies wat je besluit.")},
    )
    text = forms.CharField(
        label=_("Waarom?"),
        max_length=3000,
        widget=_text(4),
        help_text=_("Komt in de mail aan wie bezwaar maakte."),
        error_messages={"required": _("Schrijf op waarom.")},
    )
