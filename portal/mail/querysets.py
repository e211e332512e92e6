from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from portal.mail.models import Mail  # noqa: F401 - names of the generic parameters


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, at: datetime) -> MailQuerySet:
        """What may be sent at `at`, longest waiting first."""
        return self.filter(state="waiting", due_at__lte=at).order_by("due_at", "pk")

    def abandoned(self, before: datetime) -> MailQuerySet:
        """What a worker began to send before that moment and never finished."""
        return self.filter(state="sending", sending_since__lt=before)

    def needs_attention(self) -> MailQuerySet:
        """What a person should look at: nobody knows whether it arrived, or it surely didn't."""
        return self.filter(state__in=["uncertain", "refused"], handled_at=None)
