"""One form for each step. What a step gives to its service is in `values()`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.submissions.forms.fields import short_text
from cases.submissions.forms.results import ResultsForm
from cases.submissions.forms.texts import ApproachForm, SituationForm, StepForm
from cases.submissions.models import CaseSubmission, SubmittedMeasurement
from cases.submissions.rules import MOST_PEOPLE
from cases.submissions.steps import APPROACH, COMPANY, PROOF, RESULTS, SITUATION
from portal.http.forms import offer_choices, offer_rows
from portal.organisations.models import Membership, Organisation


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
        offer_rows(self, "organisation", own)
        if colleagues:
            named = [(str(row.user_id), f"{row.user.name} ({row.organisation.name})") for row in colleagues]
            offer_choices(self, "people", named)
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
