"""Documents that prove something, and pictures that go along."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.submissions import rules
from cases.submissions.models import CaseSubmission, SubmissionProof
from cases.submissions.services.refusals import Refused
from cases.submissions.services.standing import locked, require, require_may_write
from cases.submissions.storage import proof_files
from portal.accounts.models import User
from portal.http.transactions import before_transaction
from portal.media.files import check_file
from portal.media.models import MemberImage
from portal.media.services import (
    LEFT_AFTER,
    attach_images,
    delete_files_without_row,
    keep_image,
    remove_images,
    remove_rows,
)

PURPOSE = "submission"  # of members' images


@transaction.atomic
def add_proof(submission: CaseSubmission, *, upload: UploadedFile[Any], by: User) -> SubmissionProof:
    """A document or a picture of one; its content must be what its name says. Raises UploadRefused, Refused."""
    row = locked(submission)
    require(rules.can_edit(by, row))
    require_may_write(by)
    if row.proofs.count() >= rules.MOST_PROOFS:
        raise Refused(_("Er mogen hoogstens %(most)s bestanden bij.") % {"most": rules.MOST_PROOFS})
    checked = before_transaction(upload, partial(check_file, upload))
    key = uuid4()
    proof = SubmissionProof(
        uuid=key, submission=row, sent_by=by, name=checked.name, bytes=len(checked.content),
        content_type=checked.content_type,
    )  # fmt: skip
    proof.file.save(f"{key.hex[:2]}/{key.hex}.{checked.extension}", ContentFile(checked.content), save=False)
    proof.save()
    _touched(row)
    return proof


@transaction.atomic
def remove_proof(submission: CaseSubmission, *, uuid: UUID, by: User) -> None:
    row = locked(submission)
    require(rules.can_edit(by, row))
    _delete(row.proofs.filter(uuid=uuid))
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
    _delete(submission.proofs.all())


def _delete(proofs: QuerySet[SubmissionProof]) -> None:
    remove_rows(proofs, names=lambda proof: [proof.file.name], storage=proof_files())


def forget_left_files(at: datetime.datetime) -> int:
    """Files that a broken request left without a row; young ones may belong to a row that is being written."""
    return delete_files_without_row(
        proof_files(), SubmissionProof.objects.all(), fields=["file"], before=at - LEFT_AFTER
    )
