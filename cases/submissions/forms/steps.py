"""One form for each step. What a step gives to its service is in `values()`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import CasePage
from cases.submissions.forms.fields import NumberField, indicator_choices, long_text, short_text
from cases.submissions.models import CaseSubmission, SubmittedMeasurement
from cases.submissions.rules import MOST_MEASUREMENTS, MOST_PEOPLE
from cases.submissions.steps import APPROACH, COMPANY, PROOF, RESULTS, SITUATION
from network.conversations.models import MOST_TITLE
from portal.evidence.models import EstablishmentChoices, Indicator
from portal.organisations.models import Membership, Organisation
from portal.taxonomy.models import Theme

ESTABLISHED = [
    (EstablishmentChoices.MEASURED, _("gemeten: met een meting vooraf en achteraf")),
    (EstablishmentChoices.COUNTED, _("geteld: uit je administratie of systeem")),
    (EstablishmentChoices.ESTIMATED, _("geschat: een onderbouwde schatting")),
    (EstablishmentChoices.SELF_REPORTED, _("zelf gerapporteerd: zo ervaren jullie het")),
]


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


class ProofForm(StepForm):
    """For each figure where it comes from; and something to send along."""

    upload = forms.FileField(
        label=_("Stuur een bestand mee als bewijs"), required=False,
        help_text=_(
            "Bijvoorbeeld een overzicht of een rapport. Alleen jij, de beheerder van je bedrijf en de redactie zien het. "
            "Hoogstens 20 MB."
        ),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Stuur een foto mee"), required=False,
        help_text=_("De eerste foto komt boven je voorbeeld te staan. Vraag het eerst aan wie erop staat."),
    )  # fmt: skip
    alt = short_text(_("Wat staat er op de foto?"), most=250, help_text=_("Voor wie de foto niet ziet."))

    def __init__(self, *args: Any, figures: Sequence[SubmittedMeasurement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures = figures
        proofs = [(str(proof.pk), proof.name) for proof in self.submission.proofs.all()]
        for figure in figures:
            self.fields[f"source_{figure.pk}"] = short_text(
                _("Waar komt dit cijfer vandaan?"), most=250,
                help_text=_("Bijvoorbeeld: urenregistratie, telling van de planner of het jaarverslag"),
            )  # fmt: skip
            if proofs:
                self.fields[f"proof_{figure.pk}"] = forms.ChoiceField(
                    label=_("Welk bestand laat dit zien?"), required=False,
                    choices=[("", _("Geen bestand")), *proofs],
                )  # fmt: skip

    def figure_rows(self) -> Iterator[tuple[SubmittedMeasurement, list[forms.BoundField]]]:
        for figure in self.figures:
            names = (f"source_{figure.pk}", f"proof_{figure.pk}")
            yield figure, [self[name] for name in names if name in self.fields]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "sources": {
                figure.pk: (
                    given.get(f"source_{figure.pk}", ""),
                    int(given.get(f"proof_{figure.pk}") or 0) or None,
                )
                for figure in self.figures
            }
        }


class CompanyForm(StepForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Over welk bedrijf gaat dit?"), widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Kies het bedrijf waar dit over gaat."),
            "invalid_choice": _("Kies een bedrijf waar je bij hoort."),
        },
    )  # fmt: skip
    names_author = forms.BooleanField(
        label=_("Zet mijn naam bij het voorbeeld"), required=False,
        help_text=_("Iedereen leest je naam dan, ook wie geen account heeft. Je kunt dit later veranderen."),
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label=_("Wie deden er mee?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("We vragen het hun eerst. Alleen wie ja zegt, komt met naam op de pagina."),
        error_messages={"invalid_choice": _("Kies mensen uit de lijst.")},
    )  # fmt: skip
    takes_questions = forms.BooleanField(
        label=_("Lezers mogen mij via het portaal een vraag stellen"), required=False,
        help_text=_("Je krijgt een melding. Niemand ziet je e-mailadres."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues
        own = Organisation.objects.of(self.submission.author).order_by("name")
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        if colleagues:
            named = [(str(row.user_id), f"{row.user.name} ({row.organisation.name})") for row in colleagues]
            self.fields["people"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, organisation = {int(each) for each in given.get("people", ())}, given.get("organisation")
        if len(chosen) > MOST_PEOPLE:
            self.add_error("people", gettext("Kies hoogstens %(most)s mensen.") % {"most": MOST_PEOPLE})
        here = {
            row.user_id for row in self.colleagues if organisation and row.organisation_id == organisation.pk
        }
        if organisation is not None and chosen - here:
            self.add_error("people", gettext("Kies alleen mensen van het bedrijf dat je hierboven koos."))
        self.chosen = chosen
        return given

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "people": self.chosen}


FORMS: dict[str, type[StepForm]] = {
    SITUATION: SituationForm,
    APPROACH: ApproachForm,
    RESULTS: ResultsForm,
    PROOF: ProofForm,
    COMPANY: CompanyForm,
}


def step_form(
    step: str, submission: CaseSubmission, data: QueryDict | None = None, files: Any = None, **facts: Any
) -> Any:
    """The form of a step: with what was just sent, or else with what is kept."""
    return FORMS[step](
        data, files, submission=submission, initial=initial_of(step, submission, **facts), **facts
    )


def initial_of(step: str, submission: CaseSubmission, **facts: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"seen": submission.step_version(step)}
    if step == SITUATION:
        slug = submission.theme.slug if submission.theme else None
        return {**found, "title": submission.title, "theme": slug, "situation": submission.situation}
    names: tuple[str, ...] = ()
    if step == APPROACH:
        names = ("approach", "personnel_involved", "effort", "cost", "payback")
    elif step == COMPANY:
        names = ("organisation", "names_author", "takes_questions")
        found["people"] = [str(pk) for pk in submission.credits.values_list("user", flat=True)]
    elif step == RESULTS:
        names = ("result", "lessons", "tomorrow")
        found |= _figures(submission.measurements.all()) | {"rows": facts["count"]}
    else:
        for figure in facts["figures"]:
            found |= {f"source_{figure.pk}": figure.source_text, f"proof_{figure.pk}": figure.proof_id}
    return found | {name: getattr(submission, name) for name in names}


def _figures(rows: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, row in enumerate(rows):
        found[f"r{number}_pk"] = row.pk
        found[f"r{number}_indicator"] = str(row.indicator_id)
        for name in ("before", "after", "change", "established", "period_note", "base"):
            found[f"r{number}_{name}"] = getattr(row, name)
    return found
