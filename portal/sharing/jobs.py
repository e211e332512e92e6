"""What the worker does for shared links."""

from __future__ import annotations

from datetime import timedelta

from portal.background.registry import job
from portal.sharing.services import IMAGE_JOB, refresh_images


@job(name=IMAGE_JOB, every=timedelta(minutes=1), term=timedelta(minutes=10), lane="slow")
def share_images() -> None:
    refresh_images()
