"""What happens to documents: put there, changed, their file replaced, removed. All of it or nothing."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.services import NotAllowed, Refused
from network.conversations.services.intake import judge, judge_change
from network.documents import rules
from network.documents.models import DOCUMENT, EcosystemDocument
from network.documents.services.telling import TELL_JOB, forget_told
from network.ecosystems.models import Ecosystem
from network.moderation import intake
from network.moderation.reportables import HELD, VISIBLE
from network.moderation.sending import keep_sent
from portal.accounts.models import User
from portal.background.services import wake
from portal.media.models import MemberFile
from portal.media.services import remove_files
from portal.text import one_line


class ChangedMeanwhile(Refused):
    """Somebody saved while the form was open; `document` is how it stands now."""

    def __init__(self, document: EcosystemDocument) -> None:
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk wat er nu staat en bewaar dan nog eens.")
        )
        self.document = document


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a manager fills in. A new document has a file or a link; a changed one keeps its own where both are empty."""

    title: str
    summary: str
    url: str = ""
    upload: UploadedFile[Any] | None = None


def add_document(
    ecosystem: Ecosystem,
    *,
    details: Details,
    by: User,
    token: uuid.UUID,
    address: str = "",
    at: datetime.datetime | None = None,
) -> EcosystemDocument:
    """The same one for the same form. Raises NotAllowed, Refused, UploadRefused."""
    at = at or timezone.now()
    if not rules.can_add(by, ecosystem):
        raise NotAllowed
    known = EcosystemDocument.objects.filter(token=token, added_by=by).first()
    if known is not None:
        return known
    if not (details.upload or details.url):
        raise Refused(_("Kies een bestand, of geef een link."))
    file = _kept(details, by, at)
    with transaction.atomic():
        place = _locked_place(ecosystem, by)
        known = EcosystemDocument.objects.filter(token=token, added_by=by).first()
        if known is not None:  # sent twice at once; what came along the second time goes at night
            return known
        if place.documents.count() >= rules.MOST_DOCUMENTS:
            raise Refused(
                _("Er staan al %(most)s documenten. Haal er eerst een weg.") % {"most": rules.MOST_DOCUMENTS}
            )
        row = EcosystemDocument(ecosystem=place, added_by=by, added_at=at, changed_at=at, token=token)
        _fill(row, details, file)
        judged = judge(by, _words(row), ecosystem=place, kind=DOCUMENT, address=address, at=at)
        row.save()
        _lay_before_moderator(row, judged, by, at)
        wake(TELL_JOB)
    return row


def change_document(
    document: EcosystemDocument,
    *,
    details: Details,
    version: int,
    by: User,
    address: str = "",
    at: datetime.datetime | None = None,
) -> EcosystemDocument:
    """A new file or link takes the place of what there was.

    Raises NotAllowed, Refused, UploadRefused, ChangedMeanwhile.
    """
    at = at or timezone.now()
    if not rules.can_add(by, document.ecosystem):
        raise NotAllowed
    file = _kept(details, by, at)
    with transaction.atomic():
        place = _locked_place(document.ecosystem, by)
        row = _locked(document, by)
        if row.version != version:
            raise ChangedMeanwhile(row)
        old = row.file_id
        _fill(row, details, file)
        row.version += 1
        row.changed_at = at
        judged = judge_change(by, _words(row), ecosystem=place, address=address, at=at)
        row.save()
        if old is not None and old != row.file_id:
            remove_files(MemberFile.objects.filter(pk=old))
        _lay_before_moderator(row, judged, by, at)
    return row


@transaction.atomic
def remove_document(document: EcosystemDocument, *, by: User) -> None:
    """With its file. Raises NotAllowed."""
    row = _locked(document, by)
    if not rules.can_remove(by, row.ecosystem):
        raise NotAllowed
    files = MemberFile.objects.filter(pk__in=[row.file_id] if row.file_id is not None else [])
    forget_told(row)
    row.delete()
    remove_files(files)


def put_shown(pk: int, shown: str) -> None:
    """As a moderator decided. Of what waited for that, people hear now."""
    for row in EcosystemDocument.objects.select_for_update(of=("self",)).filter(pk=pk):
        row.shown = shown
        row.save(update_fields=["shown"])
        wake(TELL_JOB)


def _kept(details: Details, by: User, at: datetime.datetime) -> MemberFile | None:
    """Outside the transaction, so that also what is refused counts as sent."""
    if details.upload is not None and details.url:
        raise Refused(_("Kies een bestand of een link, niet allebei."))
    return keep_sent(details.upload, by=by, purpose=DOCUMENT, at=at)


def _fill(row: EcosystemDocument, details: Details, file: MemberFile | None) -> None:
    row.title, row.summary = one_line(details.title), one_line(details.summary)
    if not (row.title and row.summary):
        raise Refused(_("Geef het document een titel, en zeg waar het voor is."))
    if file is not None:
        row.file, row.url = file, ""
    elif details.url:
        row.file, row.url = None, details.url


def _words(row: EcosystemDocument) -> str:
    """What people read of it, as moderation judges it."""
    name = row.file.name if row.file is not None else row.url
    return f"{row.title}\n{row.summary}\n{name}"


def _lay_before_moderator(
    row: EcosystemDocument, judged: intake.Assessment, by: User, at: datetime.datetime
) -> None:
    if judged.holds and row.shown == VISIBLE:
        row.shown = HELD
        row.save(update_fields=["shown"])
        intake.hold(DOCUMENT, row.pk, author=by, reasons=judged.reasons, at=at)


def _locked_place(ecosystem: Ecosystem, by: User) -> Ecosystem:
    """What is put in one ecosystem comes one after another. Raises NotAllowed for who no longer manages it."""
    row = Ecosystem.objects.select_for_update(of=("self",), no_key=True).get(pk=ecosystem.pk)
    if not rules.can_add(by, row):
        raise NotAllowed
    return row


def _locked(document: EcosystemDocument, by: User) -> EcosystemDocument:
    rows = EcosystemDocument.objects.select_for_update(of=("self",)).select_related("ecosystem", "file")
    row = rows.filter(pk=document.pk).first()
    if row is None or not EcosystemDocument.objects.visible_to(by).filter(pk=row.pk).exists():
        raise NotAllowed
    return row
