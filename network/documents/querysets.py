"""Which documents somebody sees: those of the ecosystems where they are inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.ecosystems import prepared
from portal.organisations.querysets import is_person

if TYPE_CHECKING:
    from network.documents.models import EcosystemDocument  # noqa: F401 - name of the generic parameter


class DocumentQuerySet(models.QuerySet["EcosystemDocument"]):
    def shown(self) -> DocumentQuerySet:
        """Nothing that a moderator holds, hid or took away."""
        return self.filter(shown="visible")

    def to_tell(self) -> DocumentQuerySet:
        """Those of which who takes part hasn't heard yet, and may now."""
        return self.shown().filter(told_at=None)

    def visible_to(self, user: Any) -> DocumentQuerySet:
        """What is held or hidden, who put it there still sees, as long as they are inside."""
        if not is_person(user):
            return self.none()
        own = Q(added_by=user, shown__in=["held", "hidden"])
        return self.filter(
            Q(shown="visible") | own, ecosystem__in=prepared.inside(user, timezone.localdate())
        )

    def with_words(self, wanted: str) -> DocumentQuerySet:
        """Each of these words in the title, in what it is for or in the name of the file."""
        rows = self
        for word in wanted.split():
            rows = rows.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(file__name__icontains=word)
            )
        return rows
