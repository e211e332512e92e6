"""What happens when an editor says something about searching."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from search.steering.current import portal_analyser
from search.steering.models import JudgedRun, Steered, SynonymGroup, SynonymTerm
from search.steering.rules import key_of, phrases_in


def sign(row: Steered, *, by: Any) -> None:
    """Write down who changed the row, and when; the caller saves it."""
    row.changed_at, row.changed_by = timezone.now(), by
    if row._state.adding:
        row.created_at, row.created_by = row.changed_at, by


@transaction.atomic
def save_group(group: SynonymGroup) -> None:
    """Save the group with the stems of its words. Raises IntegrityError for a word that stands in another group."""
    analyser = portal_analyser()
    keys = [key_of(phrase, analyser) for phrase in phrases_in(group.words)]
    group.save()
    group.terms.exclude(key__in=keys).delete()
    known = set(group.terms.values_list("key", flat=True))
    SynonymTerm.objects.bulk_create(SynonymTerm(group=group, key=key) for key in keys if key not in known)


def accept_run(run: JudgedRun, *, by: Any) -> None:
    """Take this run as what counts from now on, though it was lower."""
    JudgedRun.objects.filter(pk=run.pk).update(accepted=True, accepted_by=by)
