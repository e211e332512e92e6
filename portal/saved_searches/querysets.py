from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from portal.saved_searches.models import Finding, SavedSearch  # noqa: F401 - names of the generic parameters


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Any) -> SavedSearchQuerySet:
        """One's own."""
        if not (getattr(user, "is_authenticated", False) and user.is_active):
            return self.none()
        return self.filter(user=user)

    def due(self, at: datetime) -> SavedSearchQuerySet:
        """What should be looked at again at `at`; of people who may still sign in."""
        return self.filter(next_look_at__lte=at, user__is_active=True)


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: Any) -> FindingQuerySet:
        """Of one's own searches. What may be seen of what was found is asked of the rooms at reading."""
        if not (getattr(user, "is_authenticated", False) and user.is_active):
            return self.none()
        return self.filter(search__user=user)
