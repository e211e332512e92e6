"""What the worker does for sources."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.evidence.link_services import check_links, sync_links


@job(name="evidence.check-links", at="02:40", term=timedelta(hours=1), lane="slow")
def links() -> None:
    sync_links()
    check_links(timezone.now())
