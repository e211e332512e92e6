"""The house: imports run down, also those that no import tool sees."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

OUR_ROOTS = ("portal", "cases", "network", "search")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core"}


@pytest.fixture(scope="session")
def layers(project_root: Path) -> list[set[str]]:
    """The layers of the house from above to below, as in pyproject.toml."""
    config = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(item for item in config["tool"]["importlinter"]["contracts"] if item["id"] == "house")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in contract["layers"]]


def depth(layers: list[set[str]], module: str) -> int | None:
    for number, layer in enumerate(layers):
        if any(module == room or module.startswith(f"{room}.") for room in layer):
            return number
    return None


def source_files(root: Path) -> list[Path]:
    return [path for name in OUR_ROOTS for path in sorted((root / name).rglob("*.py"))]


def test_the_import_contracts_hold(project_root):
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], cwd=project_root, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]


def test_every_room_has_its_place_in_the_house(layers):
    rooms = {config.name for config in apps.get_app_configs() if config.name.split(".")[0] in OUR_ROOTS}
    assert {room for room in rooms if depth(layers, room) is None} == set()


def test_foreign_keys_point_down(layers):
    """A relation by name ("cases.CasePage") is an import that no import tool sees."""
    upward = []
    for model in apps.get_models(include_auto_created=True):
        own = depth(layers, model.__module__)
        if own is None:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField) or not field.remote_field:
                continue
            # The link of a through table belongs to the model that declared it.
            target = depth(layers, field.remote_field.model.__module__)
            if target is not None and target < own:
                upward.append(f"{model._meta.label}.{field.name} -> {field.remote_field.model._meta.label}")
    assert upward == []


def test_the_design_system_knows_no_database(project_root):
    offenders = [
        str(path)
        for path in sorted((project_root / "portal" / "design").rglob("*.py"))
        for name in imported(path)
        if name.startswith(("django.db", "django.contrib.auth"))
    ]
    assert offenders == []


def test_no_signal_receivers_but_for_the_search_index(project_root):
    """What happens is called by name; only the index listens, since it must hear of everything."""
    signals = {"django.dispatch", "django.dispatch.receiver", "django.db.models.signals", "wagtail.signals"}
    listening = [
        str(path.relative_to(project_root))
        for path in source_files(project_root)
        if signals & set(imported(path))
    ]
    assert [name for name in listening if not name.startswith("search/indexing")] == []


def test_no_drawer_for_odds_and_ends(project_root):
    found = [
        str(path.relative_to(project_root))
        for root in (*OUR_ROOTS, "tests")
        for path in (project_root / root).rglob("*")
        if path.stem in FORBIDDEN_NAMES and (path.is_dir() or path.suffix == ".py")
    ]
    assert found == []


def test_migrations_import_no_application_code(project_root):
    """They must run for ever, whatever becomes of the code; only what a field itself is made of is excepted."""
    parts_of_fields = (".models", ".querysets", ".validators", ".fields", ".shapes", ".blocks", ".routing")
    offenders = [
        f"{path.relative_to(project_root)}: {name}"
        for path in source_files(project_root)
        if path.parent.name == "migrations"
        for name in imported_modules(path)
        if name.split(".")[0] in OUR_ROOTS and not name.endswith(parts_of_fields)
    ]
    assert offenders == []


def test_migrations_are_named_and_form_one_line(project_root):
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in OUR_ROOTS}
    assert {app: names for app, names in loader.detect_conflicts().items() if app in ours} == {}
    unnamed = [f"{app}.{name}" for app, name in loader.disk_migrations if app in ours and "auto_20" in name]
    assert unnamed == []


def imported_modules(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.append(node.module)
    return names


def imported(path: Path) -> list[str]:
    """Modules, and the names taken from them, as dotted names."""
    names = imported_modules(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names
