"""A page made of a submission: its text, figures, sources and first picture."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cases.models import CaseIndexPage, CaseMeasurement, CasePage
from cases.submissions.models import CaseSubmission, SubmittedMeasurement
from cases.submissions.services.proofs import pictures_of
from cases.submissions.services.refusals import Refused
from cases.submissions.texts import as_rich, lines, numbered, paragraphs, rich_line
from network.conversations.models import Conversation
from portal.accounts.models import User
from portal.evidence.ladder import Nature
from portal.evidence.models import Source
from portal.media.models import PortalImage
from portal.media.services import request_renditions
from portal.pages.importing.importers import in_order, stream
from portal.pages.models import SUMMARY_LENGTH, PageCitation

MOST_SHORT_NAME = 80


def make_page(submission: CaseSubmission, *, by: User) -> CasePage:
    """Below the list of cases, not published, with a first revision. Raises Refused where there is no such list."""
    index = CaseIndexPage.objects.first()
    organisation, theme = submission.organisation, submission.theme
    if index is None or organisation is None or theme is None:
        raise Refused(_("Er is geen overzicht van praktijkvoorbeelden om de pagina in te zetten."))
    source = _source_of(submission)
    page = CasePage(
        title=submission.title, summary=_summary(submission), live=False, owner=by, organisation=organisation,
        main_theme=theme, size_class=organisation.size_class, effort=submission.effort, cost=submission.cost,
        payback=submission.payback, personnel_involved=submission.personnel_involved,
        reason=as_rich(submission.situation), result=as_rich(submission.result),
    )  # fmt: skip
    page.themes = [theme]
    page.sectors = [organisation.sector] if organisation.sector else []
    page.regions = [organisation.region] if organisation.region else []
    fill_lists(page, submission.approach, submission.lessons, submission.tomorrow)
    page.measurements = in_order([_figure(each, source) for each in _figures(submission)])
    place = _("ingestuurd via het portaal")
    page.citations = in_order([PageCitation(source=source, nature=Nature.ACCOUNT.value, place=place)])
    page.cover = _cover(submission)
    index.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


def fill_lists(page: Any, approach: str, lessons: str, tomorrow: str) -> None:
    steps = [("step", {"title": "", "text": f"<p>{rich_line(each)}</p>"}) for each in numbered(approach)]
    page.approach = stream(steps)
    page.lessons = stream(points(lessons))
    page.tomorrow = stream(points(tomorrow))


def points(text: str) -> list[tuple[str, Any]]:
    return [("point", f"<p>{rich_line(each)}</p>") for each in lines(text)]


def _summary(submission: CaseSubmission) -> str:
    """The first words of what it gave; an editor writes a better one."""
    return Truncator(paragraphs(submission.result or submission.situation)[0]).chars(SUMMARY_LENGTH)


def _figures(submission: CaseSubmission) -> list[SubmittedMeasurement]:
    return list(submission.measurements.select_related("indicator", "proof"))


def _figure(given: SubmittedMeasurement, source: Source) -> CaseMeasurement:
    """Of proof the page tells that it was sent, not what it is called: a name of a file may name people."""
    proof = _("bewijsstuk ingestuurd, niet openbaar") if given.proof is not None else ""
    place = "; ".join(part for part in (given.source_text, proof) if part) or _("verteld door het bedrijf")
    return CaseMeasurement(
        indicator=given.indicator, change=given.change, before=given.before, after=given.after,
        established=given.established, period_note=given.period_note, base=given.base, companies=1,
        source=source, place=place[:250],
    )  # fmt: skip


def _source_of(submission: CaseSubmission) -> Source:
    return Source.objects.get_or_create(code=_code_of(submission), defaults=_facts_of(submission))[0]


def leads_to_nobody(submission: CaseSubmission) -> None:
    """Who doesn't want to be named any more isn't found by the source either: at the answer their name stands."""
    if submission.answer is None:
        return
    url = settings.BASE_URL + submission.answer.conversation.get_absolute_url()
    source = Source.objects.filter(code=_code_of(submission), url=url).first()
    if source is not None:
        facts = _facts_of(submission)
        for name, value in facts.items():
            setattr(source, name, value)
        source.save(update_fields=list(facts))


def _code_of(submission: CaseSubmission) -> str:
    return f"inzending-{submission.pk}"


def _facts_of(submission: CaseSubmission) -> dict[str, Any]:
    """What the company sent in is the source; of an answer it is the question where it stands, where everybody may read
    that and its writer wants to be known."""
    company = submission.organisation.name if submission.organisation is not None else ""
    question = submission.answer.conversation if submission.answer is not None else None
    description = _("Door het bedrijf zelf ingestuurd en door de redactie nagelezen.")
    if (
        submission.answer is None
        or question is None
        or not submission.names_author
        or not _is_public(question)
    ):
        return {
            "short_name": Truncator(company).chars(MOST_SHORT_NAME),
            "title": _("Praktijkvoorbeeld, ingestuurd door %(name)s") % {"name": company},
            "publisher": company,
            "url": "",
            "year": submission.created_at.year,
            "description": description,
        }
    return {
        "short_name": Truncator(_("Antwoord van %(name)s") % {"name": company}).chars(MOST_SHORT_NAME),
        "title": question.title,
        "publisher": settings.SITE_NAME,
        "url": settings.BASE_URL + question.get_absolute_url(),
        "year": submission.answer.created_at.year,
        "description": description,
    }


def _is_public(question: Conversation) -> bool:
    return Conversation.objects.visible_to(AnonymousUser()).filter(pk=question.pk).exists()


def _cover(submission: CaseSubmission) -> PortalImage | None:
    """The first picture, from now on an editors' image, which is public once the page is."""
    picture = pictures_of(submission).first()
    if picture is None:
        return None
    with picture.file.open("rb") as file:
        content = ContentFile(file.read(), name=f"inzending-{submission.pk}.webp")
    image = PortalImage(title=submission.title[:255], file=content, alt_text=picture.alt)
    image.save()
    request_renditions()
    return image
