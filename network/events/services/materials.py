"""What who came can look back at: a file or a link, put there by who organises."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.events import rules
from network.events.models import MATERIAL, Event, EventMaterial, EventNotice, Registration
from network.events.services.refusals import NotAllowed, Refused
from network.events.services.standing import locked_managed
from network.events.services.telling import people_of, tell_notice
from network.moderation.rules import may_write
from network.moderation.sending import keep_sent, why_no_files
from portal.accounts.models import User
from portal.media.inspection import UploadRefused
from portal.media.models import MemberFile
from portal.media.services import remove_files
from portal.text import one_line

__all__ = ["UploadRefused", "add_material", "remove_material", "why_no_files"]


def add_material(
    event: Event,
    *,
    title: str,
    by: User,
    url: str = "",
    upload: UploadedFile[Any] | None = None,
    token: uuid.UUID | None = None,
    at: datetime.datetime | None = None,
) -> EventMaterial:
    """Who came hears of it; the same link, and the same form, is once. Raises NotAllowed, Refused, UploadRefused."""
    at = at or timezone.now()
    if not rules.can_manage(by, event):
        raise NotAllowed
    known = _known(event, url, token)
    if known is not None:
        return known
    title = one_line(title)[:150]
    if not title:
        raise Refused(_("Schrijf wat het is."))
    if bool(url) == (upload is not None):
        raise Refused(_("Kies een bestand of een link."))
    if blocked := may_write(by, event.ecosystem_id):
        raise Refused(str(blocked))
    # Outside the transaction, so that also what is refused counts as sent.
    file = keep_sent(upload, by=by, purpose=MATERIAL, at=at)
    with transaction.atomic():
        row = locked_managed(event, by=by)
        known = _known(row, url, token)
        if known is not None:  # sent twice at once; the file of the second time goes at night
            return known
        if row.materials.count() >= rules.MOST_MATERIALS:
            raise Refused(_("Er staat al veel materiaal. Haal eerst iets weg."))
        material = EventMaterial.objects.create(
            event=row, title=title, url=url, file=file, token=token, added_at=at
        )
        if row.state == Event.State.PLANNED:
            _tell(material, row, by, at)
    return material


@transaction.atomic
def remove_material(event: Event, *, material: int, by: User) -> None:
    """With its file. Raises NotAllowed."""
    found = locked_managed(event, by=by).materials.filter(pk=material).first()
    if found is None:
        return
    files = MemberFile.objects.filter(pk__in=[found.file_id] if found.file_id is not None else [])
    found.delete()
    remove_files(files)


def _known(event: Event, url: str, token: uuid.UUID | None) -> EventMaterial | None:
    rows = event.materials.all()
    if token is not None and (same := rows.filter(token=token).first()) is not None:
        return same
    return rows.filter(url=url).first() if url else None


def _tell(material: EventMaterial, event: Event, by: User, at: datetime.datetime) -> None:
    people = people_of(event, (Registration.State.REGISTERED,), timezone.localdate(at))
    notice = EventNotice.objects.create(
        event=event, kind=EventNotice.Kind.MATERIAL, group=EventNotice.Group.COMING, subject=material.title, by=by,
        at=at, told=len(set(people) - {by.pk}),
    )  # fmt: skip
    tell_notice(notice, people, by=by)
