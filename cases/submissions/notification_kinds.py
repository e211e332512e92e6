"""What people hear of members' own cases: what waits for them, what became of theirs, and what readers ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.submissions.models import (
    CaseSubmission,
    ReaderQuestion,
    State,
    SubmissionCredit,
    SubmissionEvent,
)
from cases.submissions.querysets import sees_queue
from cases.submissions.services.telling import (
    CREDIT,
    DESK,
    NEWS,
    READER_ANSWER,
    READER_QUESTION,
    TO_APPROVE,
)
from cases.submissions.shapes import unapproved
from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification
from portal.people.shapes import shown_people

What = SubmissionEvent.Kind

NEWS_SENTENCES = {
    What.PROPOSED: _("De redactie wil van je antwoord een praktijkvoorbeeld maken: “%(title)s”"),
    What.SENT_BACK: _("Je beheerder wil iets anders in je praktijkvoorbeeld “%(title)s”"),
    What.APPROVED: _("Je bedrijf gaf akkoord op je praktijkvoorbeeld “%(title)s”"),
    What.QUESTION: _("De redactie vraagt iets over je praktijkvoorbeeld “%(title)s”"),
    What.TAKEN_UP: _("De redactie maakt een pagina van je praktijkvoorbeeld “%(title)s”"),
    What.REFUSED: _("De redactie neemt je praktijkvoorbeeld niet over: “%(title)s”"),
    What.PUBLISHED: _("Je praktijkvoorbeeld staat online: “%(title)s”"),
}
DESK_SENTENCES = {
    What.SENT_IN: _("Ingestuurd praktijkvoorbeeld: “%(title)s”"),
    What.ANSWER: _("De inzender antwoordt over “%(title)s”"),
    What.CHANGED: _("De inzender wijzigde de tekst van “%(title)s”"),
    What.WITHDRAWN: _("De inzender trok in: “%(title)s”"),
    What.APPROVED: _("Het bedrijf gaf akkoord op de wijziging van “%(title)s”"),
    What.SENT_BACK: _("Het bedrijf wil iets anders in de wijziging van “%(title)s”"),
}
APPROVE_SENTENCES = {
    What.TO_MANAGER: _("Geef akkoord op het praktijkvoorbeeld “%(title)s”"),
    What.CHANGED: _("Geef akkoord op de wijziging van het praktijkvoorbeeld “%(title)s”"),
}

Sentences = Mapping[Any, Any]


def _of_events(
    sentences: Sentences, *, address: Callable[[CaseSubmission], str], may: Callable[[User], bool] | None = None,
    still: Callable[[SubmissionEvent], bool] = lambda event: True,
    mark: Callable[[SubmissionEvent], str] = lambda event: "",
) -> Callable[[User, Sequence[Notification]], Mapping[int, Shown]]:  # fmt: skip
    """Of what this reader still sees; a submission that was taken back tells nothing any more."""

    def show(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
        if may is not None and not may(reader):
            return {}
        events = SubmissionEvent.objects.visible_to(reader).filter(pk__in={row.object_id for row in rows})
        events = events.select_related("submission__organisation", "submission__unapproved")
        found = {each.pk: each for each in events if still(each)}
        told: dict[int, Shown] = {}
        for row in rows:
            event = found.get(row.object_id)
            if event is None or event.kind not in sentences:
                continue
            submission = event.submission
            where = submission.organisation.name if submission.organisation is not None else ""
            sentence = str(sentences[event.kind]) % {"title": submission.shown_title}
            context = " · ".join(part for part in (where, mark(event)) if part)
            told[row.pk] = Shown(sentence, address(submission), context)
        return told

    return show


def _waits(event: SubmissionEvent) -> bool:
    """What was approved meanwhile, by whichever manager, asks nothing any more."""
    if event.kind == What.TO_MANAGER:
        return event.submission.state == State.WITH_MANAGER
    return unapproved(event.submission) is not None


def _unapproved_mark(event: SubmissionEvent) -> str:
    waits = event.kind == What.CHANGED and unapproved(event.submission) is not None
    return _now("nog niet goedgekeurd door het bedrijf") if waits else ""


def _in_admin(submission: CaseSubmission) -> str:
    return reverse("submission_handle", args=[submission.pk])


def show_credit(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    """Only while nothing was said."""
    wanted = SubmissionCredit.objects.filter(user=reader, agrees=None, pk__in={row.object_id for row in rows})
    asked = wanted.exclude(submission__state__in=[State.DRAFT, State.WITHDRAWN])
    found = {each.pk: each.submission for each in asked.select_related("submission__organisation")}
    told: dict[int, Shown] = {}
    for row in rows:
        submission = found.get(row.object_id)
        if submission is not None:
            sentence = _now("Mag je naam bij het praktijkvoorbeeld “%(title)s”?")
            url = reverse("submissions:credit", args=[row.object_id])
            told[row.pk] = Shown(sentence % {"title": submission.shown_title}, url)
    return told


def show_reader_question(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    wanted = ReaderQuestion.objects.visible_to(reader).filter(submission__author=reader)
    wanted = wanted.filter(pk__in={row.object_id for row in rows}).select_related("submission__page")
    found = {each.pk: each for each in wanted}
    people = shown_people({each.asker_id for each in found.values() if each.asker_id}, reader)
    told: dict[int, Shown] = {}
    for row in rows:
        question = found.get(row.object_id)
        if question is None:
            continue
        who = people[question.asker_id].name if question.asker_id else _now("Oud-lid")
        sentence = _now("%(who)s vraagt iets over je praktijkvoorbeeld “%(title)s”")
        given = {"who": who, "title": question.about}
        told[row.pk] = Shown(sentence % given, question.get_absolute_url())
    return told


def show_reader_answer(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    wanted = ReaderQuestion.objects.visible_to(reader).filter(asker=reader, answered_at__isnull=False)
    wanted = wanted.filter(pk__in={row.object_id for row in rows}).select_related("submission__page")
    found = {each.pk: each for each in wanted}
    sentence = _now("De maker van “%(title)s” beantwoordt je vraag")
    return {
        row.pk: Shown(
            sentence % {"title": found[row.object_id].about},
            found[row.object_id].get_absolute_url(),
        )
        for row in rows
        if row.object_id in found
    }


register(
    Kind(
        code=TO_APPROVE,
        label=_("een praktijkvoorbeeld van je bedrijf waar jij akkoord op geeft"),
        help=_("Als je beheerder bent, en een collega iets instuurt of wijzigt."),
        default=Frequency.DIRECT,
        show=_of_events(APPROVE_SENTENCES, address=CaseSubmission.get_absolute_url, still=_waits),
        order=60,
    )
)
register(
    Kind(
        code=NEWS,
        label=_("wat er met je ingestuurde praktijkvoorbeeld gebeurt"),
        help=_("Een vraag van de redactie, een akkoord, of dat het online staat."),
        default=Frequency.DIRECT,
        show=_of_events(NEWS_SENTENCES, address=CaseSubmission.get_absolute_url),
        order=61,
    )
)
register(
    Kind(
        code=READER_QUESTION,
        label=_("een vraag van een lezer over je praktijkvoorbeeld"),
        help=_("Als een lezer iets wil weten. Je kunt dit per voorbeeld uitzetten."),
        default=Frequency.DIRECT,
        show=show_reader_question,
        order=62,
    )
)
register(
    Kind(
        code=READER_ANSWER,
        label=_("het antwoord van een maker op je vraag"),
        help=_("Als je iets vroeg over een praktijkvoorbeeld."),
        default=Frequency.DIRECT,
        show=show_reader_answer,
        order=63,
    )
)
register(
    Kind(
        code=CREDIT,
        label=_("of je naam bij een praktijkvoorbeeld mag"),
        help=_("Als een collega jou wil noemen."),
        default=Frequency.DIRECT,
        show=show_credit,
        order=64,
    )
)
register(
    Kind(
        code=DESK,
        label=_("wat leden insturen (voor de redactie)"),
        help=_("Nieuwe praktijkvoorbeelden, antwoorden en wijzigingen van inzenders."),
        default=Frequency.DAILY,
        show=_of_events(DESK_SENTENCES, address=_in_admin, may=sees_queue, mark=_unapproved_mark),
        order=65,
    )
)
