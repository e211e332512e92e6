"""What every step's form shares, and the steps that are text alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from cases.models import CasePage
from cases.submissions.forms.fields import long_text, short_text
from cases.submissions.models import CaseSubmission
from network.conversations.models import MOST_TITLE
from portal.taxonomy.models import Theme


class StepForm(forms.Form):
    """`seen` is the version of this step that was shown, so that a second window overwrites nothing."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    use_required_attribute = False

    def __init__(self, *args: Any, submission: CaseSubmission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission = submission

    def values(self) -> dict[str, Any]:
        return self.cleaned_data

    def without_errors(self) -> None:
        """Show what was typed, before anything is said of it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def seen_version(self) -> int:
        return int(self.cleaned_data.get("seen", 0))


class SituationForm(StepForm):
    title = short_text(
        _("Je voorbeeld in één zin"), most=MOST_TITLE, lacks=_("Geef je voorbeeld een titel."),
        help_text=_("Bijvoorbeeld: Zo halveerden wij het zoeken naar gereedschap"),
    )  # fmt: skip
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Thema"), empty_label=_("Kies een thema"), to_field_name="slug",
        error_messages={"required": _("Kies een thema."), "invalid_choice": _("Kies een thema uit de lijst.")},
    )  # fmt: skip
    situation = long_text(
        _("Hoe was het, en waarom wilden jullie iets veranderen?"), lacks=_("Vertel hoe het was."),
        help_text=_("Wat maken of doen jullie, en wat liep niet goed? Laat een regel leeg voor een nieuwe alinea."),
        rows=8,
    )  # fmt: skip


class ApproachForm(StepForm):
    approach = long_text(
        _("Wat deden jullie, stap voor stap?"), lacks=_("Vertel wat jullie deden."), rows=10,
        help_text=_("Zet elke stap op een eigen regel en begin die met een nummer: 1. 2. 3."),
    )  # fmt: skip
    personnel_involved = forms.ChoiceField(
        label=_("Deden de mensen op de werkvloer mee?"), required=False, widget=forms.RadioSelect,
        choices=[
            (value, label) if value != CasePage.Involvement.NOT_STATED else (value, _("zeg ik liever niet"))
            for value, label in CasePage.Involvement.choices
        ],
    )  # fmt: skip
    effort = short_text(
        _("Hoeveel tijd kostte het?"), most=250, help_text=_("Bijvoorbeeld: twee middagen met zes mensen")
    )
    cost = short_text(
        _("Wat kostte het?"), most=250, help_text=_("Bijvoorbeeld: € 2.000 aan rekken en borden")
    )
    payback = short_text(_("Wanneer was het terugverdiend?"), most=250)

    def clean_personnel_involved(self) -> str:
        return self.cleaned_data["personnel_involved"] or CasePage.Involvement.NOT_STATED
