"""Submissions as screens show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.submissions import rules
from cases.submissions.models import (
    CaseSubmission,
    State,
    SubmissionEvent,
    SubmittedMeasurement,
    UnapprovedChange,
)
from cases.submissions.steps import STEPS
from portal.design.shapes import MeasurementView, SourceView, Task, TimelineItem
from portal.evidence.models import EstablishmentChoices

Kind = SubmissionEvent.Kind
# How a state looks in a list.
LOOKS = {
    State.PROPOSED: "wait",
    State.DRAFT: "open",
    State.WITH_MANAGER: "wait",
    State.SENT_IN: "wait",
    State.QUESTIONS: "problem",
    State.TAKEN_UP: "done",
    State.REFUSED: "open",
    State.WITHDRAWN: "open",
}
STATUS = {"open": "neutral", "done": "good", "wait": "wait", "problem": "problem"}


def state_label(submission: CaseSubmission) -> str:
    if submission.state == State.TAKEN_UP and submission.page is not None and submission.page.live:
        return _("Staat online")
    if submission.state == State.PROPOSED:
        return _("De redactie vraagt je iets")
    return str(submission.get_state_display()).capitalize()


def status_kind(submission: CaseSubmission) -> str:
    return STATUS[LOOKS[State(submission.state)]]


def figure_view(figure: SubmittedMeasurement, *, with_proof: bool = True) -> MeasurementView:
    """`with_proof`: with the words about where it comes from."""
    source = SourceView(who=figure.source_text) if figure.source_text and with_proof else None
    return MeasurementView(
        label=figure.indicator.name,
        unit=figure.indicator.unit,
        value=figure.change,
        before=figure.before,
        after=figure.after,
        direction_good=figure.indicator.direction,
        established_label=str(EstablishmentChoices(figure.established).label),
        period=figure.period_note,
        base=figure.base,
        source=source,
    )


def timeline(events: Iterable[SubmissionEvent]) -> list[TimelineItem]:
    """From the beginning to now; who did it follows from what it is, so that no names are needed."""
    items = [
        TimelineItem(title=str(event.get_kind_display()).capitalize(), when=event.at, text=event.text)
        for event in events
    ]
    return [
        TimelineItem(title=item.title, when=item.when, text=item.text, current=number == len(items) - 1)
        for number, item in enumerate(items)
    ]


def step_tasks(submission: CaseSubmission) -> list[Task]:
    """The steps with what is done; the last is to look it over."""
    lacks: dict[str, list[str]] = {}
    for each in rules.missing(submission):
        lacks.setdefault(each.step, []).append(each.sentence)
    tasks = []
    for step in STEPS[:-1]:
        wanted = lacks.get(step.slug, [])
        tasks.append(
            Task(
                label=str(step.title),
                url=step_url(submission, step.slug),
                status=_("Nog niet klaar") if wanted else _("Klaar"),
                kind="open" if wanted else "done",
                hint=" ".join(wanted),
            )
        )
    return tasks


@dataclass(frozen=True, slots=True)
class Difference:
    """One text of a page, as it was when the company agreed and as its author wants it."""

    label: str
    before: str
    after: str


LABELS = {
    "title": gettext_lazy("Titel"),
    "summary": gettext_lazy("Samenvatting"),
    "reason": gettext_lazy("Waarom"),
    "approach": gettext_lazy("Zo pakten jullie het aan"),
    "result": gettext_lazy("Wat het opleverde"),
    "lessons": gettext_lazy("Wat een ander ervan kan leren"),
    "tomorrow": gettext_lazy("Wat een ander morgen kan doen"),
}


def unapproved(submission: CaseSubmission) -> UnapprovedChange | None:
    """What the author changed and the company hasn't said yes to; None where there is nothing, or no page any more."""
    if submission.state != State.TAKEN_UP or submission.page_id is None:
        return None
    found: UnapprovedChange | None = getattr(
        submission, "unapproved", None
    )  # none there is an AttributeError too
    return found


def differences(change: UnapprovedChange | None) -> list[Difference]:
    if change is None:
        return []
    return [
        Difference(str(label), change.before.get(name, ""), change.after[name])
        for name, label in LABELS.items()
        if name in change.after
    ]


def step_url(submission: CaseSubmission, step: str) -> str:
    return reverse("submissions:step", args=[submission.pk, step])


def own_task(submission: Any) -> Task:
    """A line on somebody's own page."""
    return Task(
        label=submission.shown_title,
        url=submission.get_absolute_url(),
        status=state_label(submission),
        kind=LOOKS[State(submission.state)],
    )
