"""Which accounts were erased, in a file beside the database: numbers and moments, only ever added to.

A backup holds the accounts that were there when it was made. After it is put back, this list, which is newer, says which
of them are to go again. `portal.operations` puts a copy beside every backup, for who restores in an empty place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from portal.privacy.models import Erased

NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    user_number: int
    joined_at: str
    texts_go: bool
    at: str

    @classmethod
    def of(cls, row: Erased) -> Line:
        return cls(row.user_number, row.joined_at.isoformat(), row.texts_go, row.at.isoformat())

    @property
    def joined(self) -> datetime:
        return datetime.fromisoformat(self.joined_at)


def path() -> Path:
    return Path(settings.ERASURES_FILE)


def read(*places: Path) -> list[Line]:
    """All lines of these files, each once; a line that a crash cut off is left out. What isn't there, holds nothing."""
    found: dict[Line, None] = {}
    for place in places:
        try:
            lines = place.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            continue
        for line in lines:
            try:
                found[Line(**json.loads(line))] = None
            except (ValueError, TypeError):
                continue
    return list(found)


def add_to(place: Path, lines: Iterable[Line]) -> None:
    """Those that aren't in it yet, on disk when this returns."""
    known = set(read(place))
    new = "".join(json.dumps(asdict(line)) + "\n" for line in lines if line not in known)
    if not new:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    # One that was cut off ends no line.
    with place.open("a+b") as file:
        if file.tell() and not place.read_bytes().endswith(b"\n"):
            file.write(b"\n")
        file.write(new.encode())
        file.flush()
        os.fsync(file.fileno())
    place.chmod(0o600)


def bring_up_to_date() -> list[Line]:
    """The file with all that the database knows of; also where a crash came between the two."""
    add_to(path(), [Line.of(row) for row in Erased.objects.all()])
    return read(path())
