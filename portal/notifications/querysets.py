from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from portal.notifications.models import Notification  # noqa: F401 - names of the generic parameters


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: Any) -> NotificationQuerySet:
        """One's own. What stands there now, and whether anything does, is for `kinds.shown` to say."""
        if not (getattr(user, "is_authenticated", False) and user.is_active):
            return self.none()
        return self.filter(recipient=user)

    def unseen(self) -> NotificationQuerySet:
        return self.filter(seen_at=None)

    def due(self, at: datetime) -> NotificationQuerySet:
        """What may be mailed at `at`."""
        return self.filter(mail_due_at__lte=at)

    def newest_first(self) -> NotificationQuerySet:
        return self.order_by("-created_at", "-pk")
