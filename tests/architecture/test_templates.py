"""Templates: nothing inline, no room's template within another's, no address of a room above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.test_imports import OUR_ROOTS, depth, layers, source_files

__all__ = ["layers"]

INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']"""
    r"""|<script(?![^>]*\bsrc=)(?![^>]*type="application/(?:ld\+)?json")""",
    re.IGNORECASE,
)
INCLUDED = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
URL_TAG = re.compile(r"""{%\s*url\s+["']([^"':]+):[^"']+["']""")
REVERSE = re.compile(r"""\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*["']([a-z_]+):[a-z_-]+["']""")


def rooms() -> dict[str, Path]:
    """The path of each of our rooms by its module."""
    return {
        config.name: Path(config.path)
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in OUR_ROOTS
    }


def templates() -> Iterator[tuple[str, Path]]:
    """Each with the innermost room that it lies in: a room may hold smaller ones."""
    paths = rooms()
    for room, path in paths.items():
        inner = [other for other in paths.values() if other != path and other.is_relative_to(path)]
        for template in sorted(path.rglob("*.html")):
            if "templates" in template.parts and not any(template.is_relative_to(other) for other in inner):
                yield room, template


def without_comments(text: str) -> str:
    text = re.sub(r"{#.*?#}", "", text)
    return re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)


def test_there_are_templates():
    """The other tests here would be glad of none."""
    assert len(list(templates())) > 20


def test_nothing_inline():
    """The content security policy allows only our own files; an inline style simply wouldn't work."""
    offenders = [
        f"{path}: {match.group(0)!r}"
        for room, path in templates()
        if "wagtailadmin" not in path.parts
        for match in INLINE.finditer(without_comments(path.read_text(encoding="utf-8")))
    ]
    assert offenders == []


def test_no_template_includes_another_rooms_template(project_root):
    owners: dict[str, str] = {}
    for room, path in templates():
        parts = path.parts
        owners["/".join(parts[len(parts) - parts[::-1].index("templates") :])] = room
    # The page that all others extend is the business of the room that lays out pages; a room may use what lies in it.
    shared = {"portal.design", "portal.pages"}
    offenders = [
        f"{path.relative_to(project_root)} -> {name}"
        for room, path in templates()
        for name in INCLUDED.findall(path.read_text(encoding="utf-8"))
        if name in owners and owners[name] not in shared | {room} and not owners[name].startswith(f"{room}.")
    ]
    assert offenders == []


@pytest.fixture(scope="session")
def namespaces() -> dict[str, str]:
    """Which room a URL namespace belongs to, from the `app_name` of its urls module."""
    found: dict[str, str] = {}
    for room, path in rooms().items():
        for urls in path.glob("*urls*.py"):
            for name in re.findall(
                r"""^app_name\s*=\s*["'](\w+)["']""", urls.read_text(encoding="utf-8"), re.M
            ):
                found[name] = room
    return found


def test_addresses_point_down(layers, namespaces, project_root):
    upward = []
    for room, path in templates():
        for name in URL_TAG.findall(path.read_text(encoding="utf-8")):
            upward += is_upward(layers, namespaces, room, name, path, project_root)
    for path in source_files(project_root):
        room = ".".join(path.relative_to(project_root).with_suffix("").parts)
        for name in REVERSE.findall(path.read_text(encoding="utf-8")):
            upward += is_upward(layers, namespaces, room, name, path, project_root)
    assert upward == []


def is_upward(layers, namespaces, room: str, name: str, path: Path, root: Path) -> list[str]:
    target = namespaces.get(name)
    own = depth(layers, room)
    if target is None or own is None:
        return []
    above = depth(layers, target)
    return [f"{path.relative_to(root)} -> {name}:"] if above is not None and above < own else []
