"""What the worker does for documents."""

from __future__ import annotations

import datetime

from django.utils import timezone

from network.documents.services import TELL_JOB, tell_of_documents
from portal.background.registry import job


# Woken by who puts one there, and by the moderator who lets one through.
@job(name=TELL_JOB, every=datetime.timedelta(minutes=5), term=datetime.timedelta(minutes=20))
def tell() -> None:
    tell_of_documents(timezone.now())
