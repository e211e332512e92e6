from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from search.steering.models import SteeringMark  # noqa: F401 - the generic's parameter

ONLY = 1  # the primary key of the one row


class SteeringMarkQuerySet(models.QuerySet["SteeringMark"]):
    def current(self) -> str:
        """The mark that is committed now; empty where nothing was ever said."""
        return self.filter(pk=ONLY).values_list("mark", flat=True).first() or ""

    def move(self) -> None:
        """Another mark, in the transaction of the change.

        The row is locked till that transaction ends, so marks appear in the order in which changes do. Chance and no
        count: one that was rolled back, or came from a backup, can never be taken for another.
        """
        mark = uuid.uuid4().hex
        if not self.filter(pk=ONLY).update(mark=mark):
            self.update_or_create(pk=ONLY, defaults={"mark": mark})
