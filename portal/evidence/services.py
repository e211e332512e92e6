"""Loading the vocabulary of evidence: the sources that facts come from, and what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.evidence.models import Indicator, Source

SOURCE_FILE = "sources.yaml"
INDICATOR_FILE = "vocabulary/indicators.yaml"


class VocabularyError(Exception):
    """A vocabulary file that can't be used; the message names file, entry and field, in Dutch."""


@dataclass(frozen=True, slots=True)
class LoadedVocabulary:
    """How many rows were added, and how many were there already."""

    sources_added: int
    indicators_added: int
    kept: int


@transaction.atomic
def load_vocabulary(folder: Path, *, overwrite: bool = False) -> LoadedVocabulary:
    """Load `sources.yaml` and `vocabulary/indicators.yaml` from `folder`; may be run again at any time.

    Rows that are there already stay as editors left them, unless `overwrite`. Raises VocabularyError, and changes
    nothing, where a file is damaged.
    """
    sources = _load(Source, folder / SOURCE_FILE, overwrite=overwrite)
    indicators = _load(Indicator, folder / INDICATOR_FILE, overwrite=overwrite)
    return LoadedVocabulary(sources[0], indicators[0], sources[1] + indicators[1])


def _load(model: type[Source] | type[Indicator], path: Path, *, overwrite: bool) -> tuple[int, int]:
    fields = {field.name: field for field in model._meta.concrete_fields if not field.primary_key}
    added = kept = 0
    seen: set[str] = set()
    for number, entry in enumerate(_entries(path), start=1):
        code = str(entry.get("code") or "")
        if unknown := set(entry) - set(fields):
            raise _wrong(path, number, code, ", ".join(sorted(unknown)), _("onbekend veld"))
        if code in seen:
            raise _wrong(path, number, code, "code", _("staat er twee keer in"))
        seen.add(code)
        existing = model._default_manager.filter(code=code).first()
        if existing is not None and not overwrite:
            kept += 1
            continue
        row = existing or model()
        for name, field in fields.items():
            setattr(row, name, _value(field, entry.get(name)))
        try:
            row.full_clean()
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise _wrong(path, number, code, name, messages[0]) from error
        row.save()
        added += existing is None
        kept += existing is not None
    return added, kept


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise VocabularyError(
            _("%(path)s is niet te lezen: %(error)s") % {"path": path, "error": error}
        ) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise VocabularyError(
            _("%(file)s: een lijst van velden met waarden werd verwacht.") % {"file": path.name}
        )
    return entries


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    """An empty place in the file as the field writes emptiness."""
    if value is None:
        return None if field.null else ""
    return value.strip() if isinstance(value, str) else value


def _wrong(path: Path, number: int, code: str, field: str, reason: str) -> VocabularyError:
    return VocabularyError(
        _("%(file)s nummer %(number)s (%(code)s), veld %(field)s: %(reason)s")
        % {"file": path.name, "number": number, "code": code or "?", "field": field, "reason": reason}
    )
