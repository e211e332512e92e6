"""Whether a visitor sees a recommended result today, in words for the staff admin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from search.checking import shown_documents
from search.documents import Reader, sources
from search.steering.models import PromotedResult


def standings(rows: Sequence[PromotedResult], on: date) -> dict[int, str]:
    """For each row whether it is shown on this day, and if not, why not. A few queries, whatever their number."""
    seen = shown_documents([row.document_id for row in rows], Reader(AnonymousUser()))
    there = _existing([row for row in rows if row.document_id not in seen])
    return {row.pk: _standing(row, on, seen=row.document_id in seen, there=there) for row in rows}


def _standing(row: PromotedResult, on: date, *, seen: bool, there: dict[str, bool]) -> str:
    if row.document_id not in there and not seen:
        return _("Niet te zien: bestaat niet meer")
    if not seen:
        live = there[row.document_id]
        return _("Niet voor iedereen: besloten") if live else _("Niet te zien: staat niet online")
    if row.starts_on and on < row.starts_on:
        return _("Nog niet: vanaf %(day)s") % {"day": date_format(row.starts_on)}
    if row.ends_on and on > row.ends_on:
        return _("Niet meer: tot en met %(day)s") % {"day": date_format(row.ends_on)}
    return _("Te zien")


def _existing(rows: Sequence[PromotedResult]) -> dict[str, bool]:
    """The documents whose row is still there, with whether it is live; what has no such state counts as live."""
    found: dict[str, bool] = {}
    for type_code in {row.type for row in rows} & set(sources()):
        model = sources()[type_code].model
        pks = [row.object_id for row in rows if row.type == type_code]
        for row in model._default_manager.filter(pk__in=pks):
            found[f"{type_code}:{row.pk}"] = bool(getattr(row, "live", True))
    return found
