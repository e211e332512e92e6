from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class InvitationQuerySet(models.QuerySet[Row]):
    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, at: datetime.datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=at)


class RequestQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        return self.filter(outcome="open")
