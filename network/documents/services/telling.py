"""Who takes part hears of a new document.

The worker tells it, in batches, each with how far it came; so putting one there takes as long in an ecosystem of
thousands. What a moderator must see first waits until it can be seen. Nobody hears of it twice.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from network.documents.models import EcosystemDocument
from network.ecosystems.services import next_portion, people_to_tell
from portal.notifications.services import forget, notify

ADDED: Final = "documents.added"  # of a document
TELL_JOB: Final = "documents.tell"


def tell_of_documents(at: datetime.datetime | None = None) -> int:
    """Tell of all that can be seen and wasn't told yet; to how many."""
    told = 0
    for pk in EcosystemDocument.objects.to_tell().order_by("pk").values_list("pk", flat=True):
        while number := _tell_batch(pk, at or timezone.now()):
            told += number
    return told


@transaction.atomic
def _tell_batch(pk: int, at: datetime.datetime) -> int:
    """The next so many. 0 at the end, and where somebody else is at it."""
    rows = EcosystemDocument.objects.to_tell().select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(pk=pk).select_related("added_by").first()
    if row is None:
        return 0
    batch = next_portion(people_to_tell(row.ecosystem_id, but=row.added_by_id), row.told_until)
    if not batch:
        EcosystemDocument.objects.filter(pk=pk).update(told_at=at, told_until=0)
        return 0
    notify(ADDED, recipients=batch, object_id=pk, actor=row.added_by, at=at)
    # Past the search index, which has nothing to do with it.
    EcosystemDocument.objects.filter(pk=pk).update(told_until=batch[-1])
    return len(batch)


def forget_told(document: EcosystemDocument) -> None:
    forget(ADDED, [document.pk])
