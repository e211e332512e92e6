"""Images, files and documents, by who sent them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.media.models import MemberFile, MemberImage
from portal.media.services import remove_images
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    AsLong,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    Term,
    of_staff,
    register,
)
from portal.privacy.rows import columns


def image_files(user: User) -> Iterator[tuple[str, Path]]:
    for image in MemberImage.objects.filter(owner=user):
        yield f"beelden/{image.uuid}.webp", Path(image.file.path)


def sent_files(user: User) -> Iterator[tuple[str, Path]]:
    for file in MemberFile.objects.filter(owner=user).order_by("pk"):
        yield f"bestanden/{file.pk}-{file.name}", Path(file.file.path)


def forget_images(departure: Departure) -> None:
    """Those that stand nowhere; what hangs in a text goes with the text, and stays with it."""
    mine = MemberImage.objects.filter(owner=departure.user)
    remove_images(mine if departure.texts_go else mine.waiting())
    mine.update(owner=None)


register(
    PersonalData(
        field="media.MemberImage.owner",
        name=_("Foto's en beelden die je stuurde"),
        purpose=Purpose.PROFILE,
        why=_("Zodat anderen ze zien bij je profiel of bij wat je schreef. Plaats en camera halen we eruit."),
        ground=Ground.AGREEMENT,
        term=AsLong(_("zolang staat waar het bij hoort")),
        export=columns("uuid", "purpose", "alt", "content_type", "created_at"),
        erasure=Own(
            _(
                "Je foto wissen we, en de beelden bij je berichten ook. "
                "Een beeld bij een voorbeeld dat je instuurde, blijft alleen als het voorbeeld blijft."
            ),
            forget_images,
        ),
        files=image_files,
    ),
    PersonalData(
        field="media.MemberFile.owner",
        name=_("Bestanden die je stuurde"),
        purpose=Purpose.COMMUNITY,
        why=_("Zodat anderen ze kunnen ophalen waar je ze neerzette."),
        ground=Ground.AGREEMENT,
        term=AsLong(_("zolang staat waar het bij hoort")),
        export=columns("name", "content_type", "bytes", "created_at"),
        erasure=UNLINK,
        files=sent_files,
    ),
    PersonalData(
        field="media.UploadCount.user",
        name=_("Hoeveel bestanden en beelden je vandaag stuurde"),
        purpose=Purpose.SAFETY,
        why=_("Zodat niemand het portaal vol zet."),
        ground=Ground.INTEREST,
        term=Term(timedelta(days=2), since="day", job="media.forget-left-images"),
        export=columns("day", "number"),
        erasure=DELETE,
    ),
    of_staff(
        "media.PortalImage.uploaded_by_user",
        name=_("Wie een beeld in het beheer zette"),
        shows=["title", "created_at"],
    ),
    of_staff(
        "media.PortalDocument.uploaded_by_user",
        name=_("Wie een document in het beheer zette"),
        shows=["title", "created_at"],
    ),
)
