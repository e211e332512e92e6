"""What the worker does for images."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.media.services import RENDITION_JOB, make_renditions


@job(name=RENDITION_JOB, every=timedelta(minutes=1), term=timedelta(minutes=10), lane="slow")
def renditions() -> None:
    while make_renditions(timezone.now()):
        pass
