"""Files that members send: who may, and the sentence for who may not yet."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from network.moderation.intake import may_attach
from network.moderation.writing import ACCEPTED_TO_BE_KNOWN, NEW_DAYS
from portal.accounts.models import User
from portal.media.inspection import UploadRefused
from portal.media.models import MemberFile
from portal.media.services import keep_file


def why_no_files(user: User, at: datetime.datetime) -> str:
    """The sentence for who may send none now; empty where nothing stands in the way."""
    if may_attach(user, at):
        return ""
    return _(
        "Je bent hier nieuw. Een bestand sturen kan als je %(days)s dagen lid bent en er %(texts)s berichten van je "
        "staan. Een link geven kan nu al."
    ) % {"days": NEW_DAYS, "texts": ACCEPTED_TO_BE_KNOWN}


def keep_sent(
    upload: UploadedFile[Any] | None, *, by: User, purpose: str, at: datetime.datetime
) -> MemberFile | None:
    """The file, where one was sent. Outside the transaction of what refers to it. Raises UploadRefused."""
    if upload is None:
        return None
    if why := why_no_files(by, at):
        raise UploadRefused(why)
    return keep_file(upload, owner=by, purpose=purpose)
