"""Reading the reference lists: the small ones of the project, and the full ones an operator may have."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

REFERENCE_DIR = Path(__file__).parent / "reference"

SECTOR_FILE = "sbi2025_nl_en.csv"
MUNICIPALITY_FILE = "gemeente_corop.csv"


class ReferenceFileError(Exception):
    """A reference file that can't be used; the message names file, line and what is wrong, in Dutch."""


def read_rows(path: Path, columns: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers, cells stripped. Raises ReferenceFileError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ReferenceFileError(_("%(path)s bestaat niet.") % {"path": path}) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceFileError(
            _("%(path)s is niet te lezen: %(error)s") % {"path": path, "error": error}
        ) from error
    reader = csv.DictReader(text.splitlines())
    if missing := columns - set(reader.fieldnames or ()):
        raise ReferenceFileError(
            _("%(file)s: kolom ontbreekt: %(names)s.")
            % {"file": path.name, "names": ", ".join(sorted(missing))}
        )
    for row in reader:
        if any(row[column] is None for column in columns):
            raise ReferenceFileError(
                _("%(file)s regel %(line)s: te weinig kolommen.")
                % {"file": path.name, "line": reader.line_num}
            )
        yield reader.line_num, {column: row[column].strip() for column in columns}


def read_list(path: Path, keys: set[str]) -> list[dict[str, Any]]:
    """The entries of a YAML list, each with exactly `keys`. Raises ReferenceFileError."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReferenceFileError(
            _("%(path)s is niet te lezen: %(error)s") % {"path": path, "error": error}
        ) from error
    if not isinstance(entries, list):
        raise ReferenceFileError(_("%(file)s: een lijst werd verwacht.") % {"file": path.name})
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or set(entry) != keys:
            expected = ", ".join(sorted(keys))
            raise ReferenceFileError(
                _("%(file)s nummer %(number)s: verwacht precies %(keys)s.")
                % {"file": path.name, "number": number, "keys": expected}
            )
    return entries
