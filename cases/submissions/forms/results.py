"""The step with what it gave: text, and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.submissions.forms.fields import NumberField, indicator_choices, long_text, short_text
from cases.submissions.forms.texts import StepForm
from cases.submissions.rules import MOST_MEASUREMENTS
from portal.evidence.models import EstablishmentChoices, Indicator

ESTABLISHED = [
    (EstablishmentChoices.MEASURED, _("gemeten: met een meting vooraf en achteraf")),
    (EstablishmentChoices.COUNTED, _("geteld: uit je administratie of systeem")),
    (EstablishmentChoices.ESTIMATED, _("geschat: een onderbouwde schatting")),
    (EstablishmentChoices.SELF_REPORTED, _("zelf gerapporteerd: zo ervaren jullie het")),
]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The fields of one figure, for the template."""

    number: int
    fields: list[forms.BoundField]
    hidden: forms.BoundField
    is_new: bool


class ResultsForm(StepForm):
    """The text, and as many figures as `rows` says; one that was left empty is none."""

    rows = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=MOST_MEASUREMENTS, required=False
    )
    result = long_text(
        _("Wat leverde het op?"), lacks=_("Vertel wat het opleverde."),
        help_text=_("Ook wat tegenviel, of wat jullie niet hebben gemeten."),
    )  # fmt: skip
    lessons = long_text(_("Wat kan een ander ervan leren?"), help_text=_("Eén les op een regel."), rows=4)
    tomorrow = long_text(_("Wat kan een ander morgen doen?"), help_text=_("Eén ding op een regel."), rows=4)

    NAMES = ("indicator", "before", "after", "change", "established", "period_note", "base", "gone")

    # What a figure that is given can't do without, one way or the other: nobody calls that optional.
    WHOLE = ("indicator", "before", "after", "change", "established")

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = min(max(count, 1), MOST_MEASUREMENTS)
        self.indicators = {str(each.pk): each for each in Indicator.objects.all()}
        choices = indicator_choices(self.indicators.values())
        for number in range(self.count):
            for name, field in self._row_fields(choices).items():
                self.fields[f"r{number}_{name}"] = field

    def _row_fields(self, choices: list[tuple[str, Any]]) -> dict[str, forms.Field]:
        return {
            "pk": forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62),
            "indicator": forms.ChoiceField(
                label=_("Wat is er gemeten?"), choices=choices, required=False,
                error_messages={"invalid_choice": _("Kies uit de lijst wat je hebt gemeten.")},
            ),
            "before": NumberField(label=_("Vooraf")),
            "after": NumberField(label=_("Achteraf")),
            "change": NumberField(
                label=_("Of de verandering"),
                help_text=_("Weet je geen stand vooraf en achteraf? Schrijf dan de verandering, zoals -8 of 12,5."),
            ),
            "established": forms.ChoiceField(
                label=_("Hoe weten jullie dit?"), choices=ESTABLISHED, required=False, widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Kies hoe jullie dit weten.")},
            ),
            "period_note": short_text(
                _("Over welke periode?"), most=120, help_text=_("Bijvoorbeeld: januari tot juni 2026")
            ),
            "base": short_text(_("Vergeleken met wat?"), most=200, help_text=_("Bijvoorbeeld: heel 2025")),
            "gone": forms.BooleanField(label=_("Haal dit cijfer weg"), required=False),
        }  # fmt: skip

    def figure_rows(self) -> Iterator[FigureRow]:
        for number in range(self.count):
            hidden = self[f"r{number}_pk"]
            is_new = not hidden.value()
            for name in self.WHOLE:
                self.fields[f"r{number}_{name}"].required = True  # only drawn from here on
            names = [name for name in self.NAMES if name != "gone" or not is_new]
            yield FigureRow(number + 1, [self[f"r{number}_{name}"] for name in names], hidden, is_new)

    def text_fields(self) -> list[forms.BoundField]:
        return [self["result"], self["lessons"], self["tomorrow"]]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self.figures = [
            row for number in range(self.count) if (row := self._figure(number, given)) is not None
        ]
        return given

    def _figure(self, number: int, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """One figure; None where nothing was filled in, or it must go."""
        row = {name: given.get(f"r{number}_{name}") for name in ("pk", *self.NAMES)}
        filled = [name for name in self.NAMES if name != "gone" and row[name] not in (None, "")]
        broken = any(f"r{number}_{name}" in self.errors for name in self.NAMES)
        if row["gone"] or (not filled and not broken):
            self._forgive(number, is_gone=bool(row["gone"]))
            return None
        if broken:
            return None
        self._require_row(number, row)
        row["indicator"] = self.indicators.get(str(row["indicator"]))
        return row

    def _forgive(self, number: int, *, is_gone: bool) -> None:
        """What goes needn't be right."""
        for name in self.NAMES if is_gone else ():
            self.errors.pop(f"r{number}_{name}", None)

    def _require_row(self, number: int, row: Mapping[str, Any]) -> None:
        def fault(name: str, sentence: str) -> None:
            self.add_error(f"r{number}_{name}", sentence)

        if not row["indicator"]:
            fault("indicator", gettext("Kies wat je hebt gemeten, of maak dit cijfer helemaal leeg."))
        if not row["established"]:
            fault("established", gettext("Kies hoe jullie dit weten."))
        before, after, change = (row[name] is not None for name in ("before", "after", "change"))
        if change and (before or after):
            fault("change", gettext("Vul de stand vooraf en achteraf in, of de verandering. Niet allebei."))
        elif before != after:
            lacks = "after" if before else "before"
            fault(lacks, gettext("Vul de stand vooraf én achteraf in. Of alleen de verandering."))
        elif not (before or change):
            fault("before", gettext("Vul de stand vooraf en achteraf in, of de verandering."))
        indicator = self.indicators.get(str(row["indicator"]))
        if change and indicator is not None and indicator.unit == "%" and row["change"] < -100:
            fault("change", gettext("Een daling van meer dan 100% kan niet."))

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "figures": self.figures}
