"""From the registry to one zip: JSON for machines, a page for people, and the files a person sent."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import date_format

from portal.accounts.models import User
from portal.privacy.registry import NotTaken, PersonalData, Purpose, entries
from portal.privacy.shapes import kept_in_words

STYLES = "design/portal.css"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry of the registry with the person's rows; `rows` as pairs of label and value in words."""

    entry: PersonalData
    rows: list[Mapping[str, object]]

    @property
    def name(self) -> str:
        return force_str(self.entry.name)

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        return [[(label, in_words(value)) for label, value in row.items()] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    parts: list[Taken]


def pack(user: User, target: Path, *, progress: Callable[[int, int], object], at: datetime) -> None:
    """Write the archive beside `target` and then move it there, so that a half one never has its name."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = target.with_suffix(".part")
    wanted = [entry for entry in entries() if not isinstance(entry.export, NotTaken)]
    taken: list[Taken] = []
    for number, entry in enumerate(wanted):
        if number % 10 == 0:
            progress(number, len(wanted))
        taken.append(Taken(entry, entry.taken_by(user)))
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gegevens.json", as_json(user, taken, at))
        archive.writestr("gegevens.html", as_page(user, taken, at))
        if styles := finders.find(STYLES):
            archive.writestr("stijl.css", Path(str(styles)).read_text(encoding="utf-8"))
        for name, path in files_of(user):
            archive.write(path, name)
    unfinished.chmod(0o600)
    unfinished.replace(target)
    progress(len(wanted), len(wanted))


def files_of(user: User) -> Iterator[tuple[str, Path]]:
    for entry in entries():
        for name, path in entry.files(user) if entry.files is not None else ():
            if path.is_file():
                yield name, path


def as_json(user: User, taken: list[Taken], at: datetime) -> str:
    parts = {
        part.entry.field: {
            "naam": part.name,
            "waarvoor": force_str(part.entry.why),
            "grond": force_str(part.entry.ground.label),
            "bewaard": kept_in_words(part.entry),
            "gegevens": part.rows,
        }
        for part in taken
        if part.rows
    }
    whole = {"portaal": settings.SITE_NAME, "gemaakt": at.isoformat(timespec="seconds"), "onderdelen": parts}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str)


def as_page(user: User, taken: list[Taken], at: datetime) -> str:
    held = [part for part in taken if part.rows]
    groups = [
        Group(force_str(purpose.label), [part for part in held if part.entry.purpose == purpose])
        for purpose in Purpose
    ]
    context = {
        "site_name": settings.SITE_NAME,
        "user": user,
        "at": at,
        "groups": [group for group in groups if group.parts],
        "files": [name for name, _path in files_of(user)],
    }
    return render_to_string("privacy/takeaway.html", context)


def in_words(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {in_words(each)}" for key, each in value.items()) or "–"
    return _moment_in_words(str(value))


def _moment_in_words(text: str) -> str:
    """A moment as people write it; JSON has it as programs do."""
    if not MOMENT.fullmatch(text):
        return text
    moment = datetime.fromisoformat(text)
    return date_format(timezone.localtime(moment), "j F Y H:i")
