from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from portal.newsletters.models import Edition, Subscription  # noqa: F401 - names of the generic parameters


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> SubscriptionQuerySet:
        """Of who said yes, from the mailbox itself or signed in."""
        return self.filter(Q(user=None) | Q(user__is_active=True)).exclude(confirmed_at=None)

    def receiving(self, edition: Edition) -> SubscriptionQuerySet:
        """Who gets this edition: who chose one of its themes, or none; and of its sectors the same.

        An address that is also a member's counts once, as the member's.
        """
        twin = self.model._default_manager.filter(user__email__iexact=OuterRef("email"), user__is_active=True)
        rows = self.confirmed().exclude(Exists(twin.exclude(confirmed_at=None)))
        for name in ("themes", "sectors"):
            wanted = [row.pk for row in getattr(edition, name).all()]
            if wanted:
                through = getattr(self.model, name).through.objects.filter(subscription=OuterRef("pk"))
                column = f"{'theme' if name == 'themes' else 'sector'}__in"
                rows = rows.filter(Exists(through.filter(**{column: wanted})) | ~Exists(through))
        return rows


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> EditionQuerySet:
        """In the archive: what was sent, for everybody alike."""
        return self.filter(state="sent")

    def being_sent(self) -> EditionQuerySet:
        return self.filter(state="sending")
