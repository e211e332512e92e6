from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from search.models import SearchEvent  # noqa: F401 - the generic's parameter


class SearchEventQuerySet(models.QuerySet["SearchEvent"]):
    def due(self, at: datetime) -> SearchEventQuerySet:
        """What may be tried now, oldest first."""
        return self.filter(parked_at=None, next_attempt_at__lte=at).order_by("id")

    def parked(self) -> SearchEventQuerySet:
        return self.exclude(parked_at=None)

    def narrowing(self) -> SearchEventQuerySet:
        """What still stands in the index for people who may no longer find it."""
        return self.filter(narrows=True)
