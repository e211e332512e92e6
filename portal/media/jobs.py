"""What the worker does for images and files."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.media.services import RENDITION_JOB, forget_left_files, forget_left_images, make_renditions


@job(name=RENDITION_JOB, every=timedelta(minutes=1), term=timedelta(minutes=10), lane="slow")
def renditions() -> None:
    while make_renditions(timezone.now()):
        pass


@job(name="media.forget-left-images", at="03:45", term=timedelta(minutes=10), lane="slow")
def left_images() -> None:
    forget_left_images(timezone.now())


@job(name="media.forget-left-files", at="03:50", term=timedelta(minutes=10), lane="slow")
def left_files() -> None:
    forget_left_files(timezone.now())
