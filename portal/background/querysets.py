from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from portal.background.models import Schedule  # noqa: F401


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def due(self, at: datetime) -> ScheduleQuerySet:
        """Rows to run at `at`: their time has come and nobody runs them, or whoever did was lost."""
        lost = Q(locked_until__lte=at)
        return self.filter(lost | Q(locked_until=None, next_run_at__lte=at))

    def overdue(self, at: datetime, *, grace: timedelta) -> ScheduleQuerySet:
        """Rows that have waited more than `grace`: no worker runs, or it hangs."""
        limit = at - grace
        return self.filter(Q(locked_until__lte=limit) | Q(locked_until=None, next_run_at__lte=limit))
