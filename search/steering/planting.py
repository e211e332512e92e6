"""Starter words and judged queries from files: planted once, and left alone as soon as an editor has touched them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml
from django.db import models, transaction
from django.utils.translation import gettext as _

from search.documents import sources
from search.steering import rules, services
from search.steering.current import portal_analyser
from search.steering.models import (
    JudgedDocument,
    JudgedQuery,
    OneWaySynonym,
    Planted,
    SynonymGroup,
    SynonymTerm,
)

Entry = Mapping[str, Any]
Content = list[Any]  # what a row says, as plain values


class PlantingError(Exception):
    """A file that can't be used; the message names file and entry, in Dutch."""


@dataclass
class PlantingReport:
    """How many rows were added or brought up to date, and how many were left as they are."""

    planted: int = 0
    kept: int = 0


class Kind(Protocol):
    """How entries of one file become rows."""

    @property
    def model(self) -> type[models.Model]: ...

    @property
    def fields(self) -> frozenset[str]:
        """The names that an entry may have."""

    def wanted(self, entry: Entry) -> Content:
        """What the row is to say. Raises ValueError, in Dutch, where the entry can't be used."""

    def content(self, row: Any) -> Content:
        """What the row says now, in the same shape."""

    def is_taken(self, content: Content, row: Any) -> bool:
        """Whether another row than this one stands in the way."""

    def write(self, content: Content, row: Any) -> None:
        """Save the row with this content."""


class Groups:
    model = SynonymGroup
    fields = frozenset({"code", "words", "remark"})

    def wanted(self, entry: Entry) -> Content:
        phrases = [str(word) for word in entry["words"]]
        if problems := rules.group_problems(phrases, portal_analyser()):
            raise ValueError(problems[0])
        return ["\n".join(phrases), str(entry.get("remark") or "")]

    def content(self, row: SynonymGroup) -> Content:
        return [row.words, row.remark]

    def is_taken(self, content: Content, row: SynonymGroup) -> bool:
        keys = [rules.key_of(phrase, portal_analyser()) for phrase in content[0].splitlines()]
        return SynonymTerm.objects.filter(key__in=keys).exclude(group=row.pk).exists()

    def write(self, content: Content, row: SynonymGroup) -> None:
        row.words, row.remark = content
        services.save_group(row)


class OneWay:
    model = OneWaySynonym
    fields = frozenset({"code", "term", "also", "remark"})

    def wanted(self, entry: Entry) -> Content:
        term, also = str(entry["term"]), [str(word) for word in entry["also"]]
        problem = rules.phrase_problem(term, portal_analyser())
        if problems := [problem] if problem else rules.one_way_problems(term, also, portal_analyser()):
            raise ValueError(problems[0])
        return [term, "\n".join(also), str(entry.get("remark") or "")]

    def content(self, row: OneWaySynonym) -> Content:
        return [row.term, row.also, row.remark]

    def is_taken(self, content: Content, row: OneWaySynonym) -> bool:
        key = rules.key_of(content[0], portal_analyser())
        return OneWaySynonym.objects.filter(key=key).exclude(pk=row.pk).exists()

    def write(self, content: Content, row: OneWaySynonym) -> None:
        row.term, row.also, row.remark = content
        row.key = rules.key_of(row.term, portal_analyser())
        row.save()


class JudgedQueries:
    model = JudgedQuery
    fields = frozenset({"code", "text", "documents", "remark"})

    def wanted(self, entry: Entry) -> Content:
        pages = sorted({pk for name in entry["documents"] if (pk := self._page(str(name)))})
        return [str(entry["text"]), pages, str(entry.get("remark") or "")]

    def _page(self, name: str) -> int | None:
        """The page called "type:slug"; None where there is none (an editor may have removed it) or more than one."""
        type_code, _colon, slug = name.partition(":")
        if type_code not in sources():
            raise ValueError(_("‘%(name)s’ heeft een onbekende soort") % {"name": name})
        found = sources()[type_code].model._default_manager.filter(slug=slug).values_list("pk", flat=True)[:2]
        return found[0] if len(found) == 1 else None

    def content(self, row: JudgedQuery) -> Content:
        return [row.text, sorted(row.documents.values_list("page_id", flat=True)), row.remark]

    def is_taken(self, content: Content, row: JudgedQuery) -> bool:
        return not content[1] or JudgedQuery.objects.filter(text=content[0]).exclude(pk=row.pk).exists()

    def write(self, content: Content, row: JudgedQuery) -> None:
        row.text, _pages, row.remark = content
        row.documents.set([JudgedDocument(page_id=pk) for pk in content[1]])
        row.save()


KINDS: Mapping[str, Kind] = {
    "synonyms.yaml": Groups(),
    "one-way.yaml": OneWay(),
    "judged.yaml": JudgedQueries(),
}


@transaction.atomic
def plant(folder: Path) -> PlantingReport:
    """Load the files in `folder` that are there; may be run again at any time.

    A row that an editor changed or removed stays so; so does a word that an editor wrote down before. Pages that don't
    exist are left out of a judged query. Raises PlantingError, and changes nothing, where a file is damaged.
    """
    report = PlantingReport()
    for name, kind in KINDS.items():
        for entry in _entries(folder / name, kind.fields):
            try:
                is_new = _plant(kind, f"{name.partition('.')[0]}:{entry['code']}", entry)
            except (KeyError, TypeError, ValueError) as error:
                raise _wrong(folder / name, str(entry.get("code")), str(error)) from error
            report.planted += is_new
            report.kept += not is_new
    return report


def _plant(kind: Kind, code: str, entry: Entry) -> bool:
    planted = Planted.objects.filter(code=code).first()
    row = kind.model._default_manager.filter(pk=planted.object_id).first() if planted else kind.model()
    if row is None or (planted is not None and digest(kind.content(row)) != planted.digest):
        return False  # an editor removed it, or changed it
    wanted = kind.wanted(entry)
    if (planted is not None and digest(wanted) == planted.digest) or kind.is_taken(wanted, row):
        return False
    kind.write(wanted, row)
    Planted.objects.update_or_create(code=code, defaults={"object_id": row.pk, "digest": digest(wanted)})
    return True


def digest(content: Content) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _entries(path: Path, fields: frozenset[str]) -> list[Entry]:
    if not path.exists():
        return []
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PlantingError(
            _("%(path)s is niet te lezen: %(error)s") % {"path": path, "error": error}
        ) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PlantingError(
            _("%(file)s: een lijst van velden met waarden werd verwacht.") % {"file": path.name}
        )
    for entry in entries:
        if unknown := set(entry) - fields:
            raise _wrong(
                path, str(entry.get("code")), _("onbekend veld %(name)s") % {"name": sorted(unknown)[0]}
            )
    return entries


def _wrong(path: Path, code: str, reason: str) -> PlantingError:
    return PlantingError(
        _("%(file)s, %(code)s: %(reason)s") % {"file": path.name, "code": code, "reason": reason}
    )
