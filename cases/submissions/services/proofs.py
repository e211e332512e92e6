"""Documents that prove something, and pictures that go along."""

from __future__ import annotations

import datetime
import io
import logging
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.submissions import rules
from cases.submissions.models import CaseSubmission, SubmissionProof
from cases.submissions.services.refusals import Refused
from cases.submissions.services.standing import locked, require, require_may_write
from cases.submissions.storage import proof_files
from portal.accounts.models import User
from portal.media.documents import EXTENSIONS, MAX_DOCUMENT_BYTES, check_document
from portal.media.inspection import FORMATS, UploadRefused, clean_image
from portal.media.models import MemberImage
from portal.media.services import attach_images, keep_image, remove_images

logger = logging.getLogger("cases.submissions")

PURPOSE = "submission"  # of members' images
IMAGES = {name: f"image/{kind.lower()}" for kind, names in FORMATS.items() for name in names}
TYPES = {"pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain"}
ANY_TYPE = "application/octet-stream"
MOST_NAME = 120


@transaction.atomic
def add_proof(submission: CaseSubmission, *, upload: UploadedFile[Any], by: User) -> SubmissionProof:
    """A document or a picture of one; its content must be what its name says. Raises UploadRefused, Refused."""
    row = locked(submission)
    require(rules.can_edit(by, row))
    require_may_write(by)
    if row.proofs.count() >= rules.MOST_PROOFS:
        raise Refused(_("Er mogen hoogstens %(most)s bestanden bij.") % {"most": rules.MOST_PROOFS})
    name = _plain_name(upload.name or "")
    extension = name.rpartition(".")[2].lower()
    content = _checked(upload, name, extension)
    key = uuid4()
    proof = SubmissionProof(
        uuid=key, submission=row, sent_by=by, name=name, bytes=len(content),
        content_type=TYPES.get(extension) or IMAGES.get(extension) or ANY_TYPE,
    )  # fmt: skip
    proof.file.save(f"{key.hex[:2]}/{key.hex}.{extension}", ContentFile(content), save=False)
    proof.save()
    _touched(row)
    return proof


def _checked(upload: UploadedFile[Any], name: str, extension: str) -> bytes:
    file, size = cast("BinaryIO", upload.file), upload.size or 0
    if extension in IMAGES:
        return clean_image(file, name, size).content
    if extension not in EXTENSIONS:
        kinds = ", ".join([*EXTENSIONS, *IMAGES])
        raise UploadRefused(_("Dit soort bestand kan niet. Kies uit: %(list)s.") % {"list": kinds})
    check_document(file, name, size)
    file.seek(0)
    return file.read(MAX_DOCUMENT_BYTES + 1)


def _plain_name(name: str) -> str:
    """What is shown and given along when somebody takes it: no folders, no signs that mean something."""
    found = "".join(sign for sign in PurePosixPath(name.replace("\\", "/")).name if sign.isprintable())
    stem, dot, extension = found.rpartition(".")
    return f"{stem[: MOST_NAME - len(extension) - 1]}{dot}{extension[:10]}".strip() or "bestand"


@transaction.atomic
def remove_proof(submission: CaseSubmission, *, uuid: UUID, by: User) -> None:
    row = locked(submission)
    require(rules.can_edit(by, row))
    found = list(row.proofs.filter(uuid=uuid))
    _delete(found)
    _touched(row)


@transaction.atomic
def add_picture(submission: CaseSubmission, *, upload: UploadedFile[Any], alt: str, by: User) -> MemberImage:
    """Seen by who sees the submission; staff may put it on the page. Raises UploadRefused, Refused."""
    row = locked(submission)
    require(rules.can_edit(by, row))
    require_may_write(by)
    if not alt.strip():
        raise Refused(_("Zeg wat er op de foto staat, voor wie hem niet ziet."))
    if pictures_of(row).count() >= rules.MOST_IMAGES:
        raise Refused(_("Er mogen hoogstens %(most)s foto's bij.") % {"most": rules.MOST_IMAGES})
    image = keep_image(upload, owner=by, purpose=PURPOSE, alt=alt)
    attach_images([image], object_id=row.pk)
    _touched(row)
    return image


@transaction.atomic
def remove_picture(submission: CaseSubmission, *, uuid: UUID, by: User) -> None:
    row = locked(submission)
    require(rules.can_edit(by, row))
    remove_images(pictures_of(row).filter(uuid=uuid))
    _touched(row)


def pictures_of(submission: CaseSubmission) -> Any:
    return MemberImage.objects.attached_to(PURPOSE, [submission.pk]).order_by("pk")


def _touched(row: CaseSubmission) -> None:
    """What was approved had other proof."""
    row.version += 1
    row.save(update_fields=["version"])


def remove_files(submission: CaseSubmission) -> None:
    """All that hangs on it, in the caller's transaction."""
    remove_images(pictures_of(submission))
    _delete(list(submission.proofs.all()))


def _delete(proofs: Iterable[SubmissionProof]) -> None:
    found = list(proofs)
    names = [proof.file.name for proof in found if proof.file.name]
    SubmissionProof.objects.filter(pk__in=[proof.pk for proof in found]).delete()
    transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        try:
            proof_files().delete(name)
        except OSError as error:  # the nightly job tries again
            logger.warning("file stays", extra={"data": {"file": name, "error": str(error)}})


def forget_left_files(at: datetime.datetime) -> int:
    """Files that a broken request left without a row; young ones may belong to a row that is being written."""
    storage, deleted = proof_files(), 0
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return 0
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            is_old = storage.get_modified_time(path) < at - datetime.timedelta(hours=24)
            if is_old and not SubmissionProof.objects.filter(file=path).exists():
                _delete_files([path])
                deleted += 1
    return deleted


def opened(proof: SubmissionProof) -> io.BufferedIOBase:
    """Raises FileNotFoundError."""
    return cast("io.BufferedIOBase", proof.file.open("rb"))
