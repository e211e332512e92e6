"""What must not be forgotten: page types that can be found, changes that reach the outbox, words that agree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from wagtail.models import Page

from cases.models import CasePage
from portal.evidence.ladder import EvidenceLevel
from portal.pages.models import KnowledgeIndexPage, KnowledgePage
from search import documents
from search.checks import forgotten_pages
from search.documents import excluded, source_for, sources
from search.facets import EVIDENCE_STEPS, KINDS


def test_every_page_type_is_searched_or_left_out_on_purpose() -> None:
    assert [error for error in run_checks() if error.id == "search.E001"] == []
    assert {source.model for source in sources().values()} & set(excluded()) == set()


def test_the_check_finds_a_forgotten_page_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(documents._sources, "knowledge")
    monkeypatch.delitem(documents._excluded, KnowledgeIndexPage)
    found = [error.obj for error in forgotten_pages([Page, KnowledgePage, KnowledgeIndexPage, CasePage])]
    assert found == [KnowledgePage, KnowledgeIndexPage]


def test_two_sources_cannot_have_one_code() -> None:
    class Other(type(sources()["case"])):  # type: ignore[misc]
        pass

    with pytest.raises(ValueError, match="case"):
        documents.register(Other())


def test_the_facets_name_the_kinds_and_steps_that_cases_have() -> None:
    """Search knows no room, so it has these words of its own."""
    assert {code: str(name) for code, name in KINDS.items()} == {
        code: str(name) for code, name in CasePage.Kind.choices
    }
    assert list(EVIDENCE_STEPS) == [step.code for step in EvidenceLevel if step is not EvidenceLevel.TOLD]


# --- .update() and bulk_* on what is indexed

SILENT = {"update", "bulk_create", "bulk_update", "_raw_delete", "abulk_create", "aupdate", "abulk_update"}
#: Who tells the outbox about it, or has nothing to tell.
CROWD = "made in bulk; who loads a crowd builds the index anew"
PLACES = "how many places are taken is in no document"
ALLOWED: dict[str, str] = {
    "portal/demo/crowd/people.py _companies": CROWD,
    "portal/demo/crowd/people.py _ecosystems": CROWD,
    "portal/demo/crowd/talk.py make_talk": CROWD,
    "portal/demo/crowd/talk.py _posts": CROWD,
    "portal/demo/crowd/talk.py write": CROWD,
    "network/conversations/services/leaving.py part_from_texts": "who wrote a post is in no document",
    "network/documents/services/telling.py _tell_batch": "who was told stands in no document",
    "network/events/services/waiting.py put": PLACES,
    "network/events/services/waiting.py count_places": PLACES,
    "network/events/services/waiting.py _forget": PLACES,
}
RECORDS = {"record_documents", "record_tree"}


def indexed_models() -> set[str]:
    names = {"Page"}
    for source in sources().values():
        names.add(source.model.__name__)
        names.update(model.__name__ for model in source.watches())
    return names


def test_indexed_rows_are_changed_silently_only_where_the_outbox_is_told(project_root: Path) -> None:
    found = [
        f"{path.relative_to(project_root)}:{line} {function}"
        for room in ("portal", "cases", "search", "toolbox", "network")
        for path in sorted((project_root / room).rglob("*.py"))
        if "migrations" not in path.parts
        for line, function in silent_changes(path.read_text(encoding="utf-8"), indexed_models())
        if f"{path.relative_to(project_root)} {function}" not in ALLOWED
    ]
    assert found == []


def silent_changes(code: str, names: set[str]) -> Iterator[tuple[int, str]]:
    """Calls like `CasePage.objects…update(…)` in functions that don't record what they do."""
    tree = ast.parse(code)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        if any(name_of(call.func) in RECORDS for call in calls):
            continue
        for call in calls:
            if (
                isinstance(call.func, ast.Attribute)
                and call.func.attr in SILENT
                and root_name(call.func) in names
            ):
                yield call.lineno, function.name


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def root_name(node: ast.AST) -> str:
    """The name at the beginning of a chain of attributes and calls."""
    while True:
        if isinstance(node, ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return node.id if isinstance(node, ast.Name) else ""


def test_that_test_finds_silent_changes_and_lets_recorded_ones_pass() -> None:
    code = (
        "def quiet():\n    CasePage.objects.filter(pk=1).update(title='x')\n"
        "def bulk():\n    Theme.objects.bulk_update([], ['name'])\n"
        "def told():\n    CasePage.objects.all().update(title='x')\n    record_documents('case', [1])\n"
        "def other():\n    Session.objects.all().update(x=1)\n    {}.update(a=1)\n"
    )
    assert [name for _line, name in silent_changes(code, {"CasePage", "Theme"})] == ["quiet", "bulk"]
    assert (
        "CasePage" in indexed_models()
        and "Theme" in indexed_models()
        and "CaseMeasurement" in indexed_models()
    )


def test_every_source_is_complete() -> None:
    for type_code, source in sources().items():
        assert source.code == type_code
        assert source_for(source.model) is source
        assert str(source.label) and str(source.plural)
        assert issubclass(source.model, tuple(apps.get_models()))
