from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from search.models import SearchEvent  # noqa: F401 - the generic's parameter


class SearchEventQuerySet(models.QuerySet["SearchEvent"]):
    def mine(self) -> SearchEventQuerySet:
        """What the engine that answers must still be told; not what is kept for another one."""
        return self.filter(engine__in=("", settings.SEARCH_ENGINE))

    def kept_for(self, engine: str) -> SearchEventQuerySet:
        """What `engine` must be told once it answers."""
        return self.filter(engine=engine)

    def due(self, at: datetime) -> SearchEventQuerySet:
        """What may be tried now, oldest first."""
        return self.mine().filter(parked_at=None, next_attempt_at__lte=at).order_by("id")

    def parked(self) -> SearchEventQuerySet:
        return self.mine().exclude(parked_at=None)

    def narrowing(self) -> SearchEventQuerySet:
        """What still stands in the index for people who may no longer find it."""
        return self.mine().filter(narrows=True)
