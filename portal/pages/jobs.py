"""What the worker does for pages."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command

from portal.background.registry import job


@job(name="pages.publish-scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> None:
    """Publish what was planned for a moment that has passed, and take offline what has expired."""
    call_command("publish_scheduled")
