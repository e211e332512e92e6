"""Somebody reports what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from network.moderation import limits
from network.moderation.letters import send_letter
from network.moderation.models import ModerationCase, Report
from network.moderation.reportables import Item, find, registered
from network.moderation.rules import REPORT_TERM
from network.moderation.services.cases import open_case
from network.moderation.services.refusals import NotAllowed, Refused, TooMuch
from portal.accounts.models import User

OF_MEMBER = (limits.WritingLimit("reports-hour", 20, limits.HOUR),)
OF_VISITOR = (
    limits.WritingLimit("visitor-reports-hour", 5, limits.HOUR),
    limits.WritingLimit("visitor-reports-day", 15, limits.DAY),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody wrote about a thing. `email` is for visitors who want an answer."""

    category: str
    text: str = ""
    email: str = ""


def thing_for(code: str, object_id: int, user: object) -> Item:
    """The thing as this reader may see it. Raises NotAllowed where they may not, or where there is no such kind."""
    if code not in registered():
        raise NotAllowed
    item = find(code).visible(user, object_id)
    if item is None:
        raise NotAllowed
    return item


@transaction.atomic
def report_thing(
    code: str, object_id: int, *, told: Told, by: User | None, address: str, reader: object, at: datetime
) -> Report:
    """One report a person and case: reporting again gives the first. Raises NotAllowed, Refused, TooMuch.

    `reader` is who looks, also where nobody is signed in (`by` None); `address` is what `client_address` says.
    """
    item = thing_for(code, object_id, reader)
    if by is not None and item.author_id == by.pk:
        raise Refused(_("Dit schreef je zelf. Wijzig of verwijder het daar."))
    case = open_case(code, item, at=at, term=REPORT_TERM)
    known = _known(case, by, told.email)
    if known is not None:
        return known
    _count(by, address, at)
    report = Report.objects.create(
        case=case,
        reporter=by,
        email="" if by is not None else told.email,
        category=told.category,
        text=told.text,
        at=at,
    )
    send_letter(
        "receipt",
        to=by.email if by is not None else told.email,
        key=str(report.pk),
        report=report,
        has_account=by is not None,
        term=case.term_at,
    )
    return report


def _known(case: ModerationCase, by: User | None, email: str) -> Report | None:
    if by is not None:
        return Report.objects.filter(case=case, reporter=by).first()
    return Report.objects.filter(case=case, email=email).first() if email else None


def _count(by: User | None, address: str, at: datetime) -> None:
    for limit in OF_MEMBER if by is not None else OF_VISITOR:
        if not limit.take(f"person:{by.pk}" if by is not None else f"address:{address}", at):
            raise TooMuch(_("Je hebt al veel gemeld in korte tijd. Probeer het over een uur nog eens."))
