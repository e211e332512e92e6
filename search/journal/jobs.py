"""What the worker does for the journal."""

from __future__ import annotations

from datetime import timedelta

from portal.background.registry import job
from search.journal import services


@job(name="search.journal", every=timedelta(minutes=1))
def store() -> None:
    services.store()


@job(name="search.journal-forget", at="03:30")
def forget() -> None:
    services.forget()
