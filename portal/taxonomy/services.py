"""Loading the reference lists; all of it may be run again at any time.

Sectors, regions and size classes are facts, so loading corrects them. Themes and goals are wording that editors may
change, so loading only adds what lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.taxonomy.models import Goal, Municipality, Region, Sector, SizeClass, Theme
from portal.taxonomy.reference_files import (
    MUNICIPALITY_FILE,
    REFERENCE_DIR,
    SECTOR_FILE,
    ReferenceFileError,
    read_list,
    read_rows,
)

LEVELS = [level.value for level in Sector.Level]
DEEP_LEVELS = [Sector.Level.GROUP, Sector.Level.CLASS, Sector.Level.SUBCLASS]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each list stand in the database after loading."""

    sectors: int
    regions: int
    municipalities: int
    size_classes: int
    themes: int
    goals: int


@transaction.atomic
def load_lists() -> Loaded:
    """Load the project's own lists. Raises ReferenceFileError where one of them is damaged."""
    _load_sectors()
    _load_regions()
    for entry in read_list(REFERENCE_DIR / "size_classes.yaml", {"code", "name", "from", "to"}):
        SizeClass.objects.update_or_create(
            code=entry["code"],
            defaults={"name": entry["name"], "minimum": entry["from"], "maximum": entry["to"]},
        )
    for model, file in ((Theme, "themes.yaml"), (Goal, "goals.yaml")):
        for order, entry in enumerate(
            read_list(REFERENCE_DIR / file, {"slug", "name", "description", "search_words"}), start=1
        ):
            model.objects.get_or_create(slug=entry["slug"], defaults={**entry, "sort_order": order * 10})
    return counts()


def counts() -> Loaded:
    return Loaded(
        sectors=Sector.objects.count(),
        regions=Region.objects.count(),
        municipalities=Municipality.objects.count(),
        size_classes=SizeClass.objects.count(),
        themes=Theme.objects.count(),
        goals=Goal.objects.count(),
    )


def _load_sectors() -> None:
    rows = [
        row for _line, row in read_rows(REFERENCE_DIR / "sectors.csv", {"code", "parent", "name", "slug"})
    ]
    for level in (Sector.Level.SECTION, Sector.Level.DIVISION):
        parents = _ids(Sector)
        chosen = [row for row in rows if bool(row["parent"]) == (level == Sector.Level.DIVISION)]
        _upsert(
            Sector,
            [
                Sector(
                    code=row["code"],
                    name=row["name"],
                    slug=row["slug"],
                    level=level,
                    parent_id=parents[row["parent"]] if row["parent"] else None,
                )
                for row in chosen
            ],
            ["name", "slug", "level", "parent"],
        )


def _load_regions() -> None:
    columns = {"code", "parent", "name", "slug", "latitude", "longitude"}
    rows = [row for _line, row in read_rows(REFERENCE_DIR / "regions.csv", columns)]
    for kind in (Region.Kind.PROVINCE, Region.Kind.COROP):
        parents = _ids(Region)
        chosen = [row for row in rows if bool(row["parent"]) == (kind == Region.Kind.COROP)]
        _upsert(
            Region,
            [
                Region(
                    code=row["code"],
                    name=row["name"],
                    slug=row["slug"],
                    kind=kind,
                    parent_id=parents[row["parent"]] if row["parent"] else None,
                    latitude=Decimal(row["latitude"]),
                    longitude=Decimal(row["longitude"]),
                )
                for row in chosen
            ],
            ["name", "slug", "kind", "parent", "latitude", "longitude"],
        )


@transaction.atomic
def load_full_lists(folder: Path) -> list[str]:
    """Load the deeper levels of SBI 2025 and the municipalities from the files in `folder`.

    Returns the names of the files that were read; a missing one is left out. Raises ReferenceFileError, and changes
    nothing, where none is there or one of them is damaged. Our own short names of sections and divisions stay.
    """
    if not folder.is_dir():
        raise ReferenceFileError(_("%(path)s is geen map.") % {"path": folder})
    readers = {SECTOR_FILE: _load_deep_sectors, MUNICIPALITY_FILE: _load_municipalities}
    found = [name for name in readers if (folder / name).is_file()]
    if not found:
        raise ReferenceFileError(
            _("In %(path)s staat geen van deze bestanden: %(names)s.")
            % {"path": folder, "names": ", ".join(readers)}
        )
    for name in found:
        readers[name](folder / name)
    return found


def _load_deep_sectors(path: Path) -> None:
    by_level: dict[str, list[tuple[int, dict[str, str]]]] = {level: [] for level in LEVELS}
    for line, row in read_rows(path, {"code", "parent", "level", "label_nl"}):
        if row["level"] not in by_level:
            raise _wrong(path, line, "level", row["level"])
        if not row["code"] or len(row["code"]) > 8:
            raise _wrong(path, line, "code", row["code"])
        if not row["label_nl"] or len(row["label_nl"]) > 250:
            raise _wrong(path, line, "label_nl", row["label_nl"])
        by_level[row["level"]].append((line, row))
    known = _ids(Sector)
    for level in (Sector.Level.SECTION, Sector.Level.DIVISION):
        for line, row in by_level[level]:
            if row["code"] not in known:
                raise _wrong(path, line, "code", row["code"])
    for level in DEEP_LEVELS:
        parents = _ids(Sector)
        sectors = []
        for line, row in by_level[level]:
            if row["parent"] not in parents:
                raise _wrong(path, line, "parent", row["parent"])
            slug = f"{slugify(row['label_nl'])[:230]}-{row['code'].lower()}"
            sectors.append(
                Sector(
                    code=row["code"],
                    name=row["label_nl"],
                    slug=slug,
                    level=level,
                    parent_id=parents[row["parent"]],
                )
            )
        _upsert(Sector, sectors, ["name", "level", "parent"])


def _load_municipalities(path: Path) -> None:
    regions = dict(Region.objects.filter(kind=Region.Kind.COROP).values_list("code", "pk"))
    municipalities = []
    for line, row in read_rows(path, {"gemeentecode", "gemeente", "corop_code"}):
        region = regions.get(f"CR{row['corop_code'].zfill(2)}")
        if region is None:
            raise _wrong(path, line, "corop_code", row["corop_code"])
        if not row["gemeentecode"].isdigit() or len(row["gemeentecode"]) > 4:
            raise _wrong(path, line, "gemeentecode", row["gemeentecode"])
        if not row["gemeente"] or len(row["gemeente"]) > 80:
            raise _wrong(path, line, "gemeente", row["gemeente"])
        municipalities.append(
            Municipality(code=row["gemeentecode"].zfill(4), name=row["gemeente"], region_id=region)
        )
    _upsert(Municipality, municipalities, ["name", "region"])


def _wrong(path: Path, line: int, column: str, value: str) -> ReferenceFileError:
    return ReferenceFileError(
        _("%(file)s regel %(line)s, kolom %(column)s: '%(value)s' past niet.")
        % {"file": path.name, "line": line, "column": column, "value": value}
    )


def _ids(model: type[Sector] | type[Region]) -> dict[str, int]:
    return dict(model._default_manager.values_list("code", "pk"))


def _upsert(model: type[Any], rows: Iterable[Any], fields: list[str]) -> None:
    """Insert `rows`; where the code exists already, set `fields` on it."""
    model._default_manager.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
