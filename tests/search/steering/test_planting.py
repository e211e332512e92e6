"""Starter words and judged queries: planted once, never over what an editor did, and as good as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from portal.content.services import CONTENT, load_content
from search.engines.base import Engine
from search.steering.judging import ask, judged_queries, mean
from search.steering.models import JudgedQuery, OneWaySynonym, SynonymGroup
from search.steering.planting import PlantingError, plant
from tests.factories.pages import Portal, make_knowledge
from tests.search.steering.conftest import make_group

GROUPS = """
- code: baas
  words: [voorman, ploegbaas]
  remark: van de werkvloer
- code: voorraad
  words: [voorraad, stock]
"""
JUDGED = """
- code: een
  text: subsidie voor scholing
  documents: [knowledge:subsidies, knowledge:bestaat-niet]
- code: twee
  text: iets anders
  documents: [knowledge:bestaat-niet]
"""


@pytest.fixture
def folder(portal: Portal, tmp_path: Path) -> Path:
    make_knowledge(portal, "Subsidies", slug="subsidies")
    (tmp_path / "synonyms.yaml").write_text(GROUPS)
    (tmp_path / "judged.yaml").write_text(JUDGED)
    return tmp_path


def groups() -> set[str]:
    return {str(group) for group in SynonymGroup.objects.all()}


def test_planting_twice_changes_nothing(folder: Path) -> None:
    first = plant(folder)
    assert (first.planted, first.kept) == (3, 1)
    assert groups() == {"voorman, ploegbaas", "voorraad, stock"}
    assert [str(query) for query in JudgedQuery.objects.all()] == ["subsidie voor scholing"]
    assert JudgedQuery.objects.get().documents.get().page.slug == "subsidies"
    second = plant(folder)
    assert (second.planted, second.kept) == (0, 4)


def test_what_the_file_changes_is_brought_up_to_date(folder: Path) -> None:
    plant(folder)
    (folder / "synonyms.yaml").write_text(GROUPS.replace("[voorraad, stock]", "[voorraad, stock, magazijn]"))
    assert plant(folder).planted == 1
    assert groups() == {"voorman, ploegbaas", "voorraad, stock, magazijn"}


def test_what_an_editor_changed_or_removed_stays_so(folder: Path, editor: Client) -> None:
    plant(folder)
    mine = SynonymGroup.objects.get(words__startswith="voorman")
    response = editor.post(
        f"/beheer/zoeken/synoniemen/edit/{mine.pk}/", {"words": "voorman\nmeewerkend voorman", "remark": ""}
    )
    assert response.status_code == 200  # the second holds the first
    editor.post(f"/beheer/zoeken/synoniemen/edit/{mine.pk}/", {"words": "voorman\nbrigadier", "remark": ""})
    SynonymGroup.objects.get(words__startswith="voorraad").delete()
    (folder / "synonyms.yaml").write_text(
        GROUPS.replace("ploegbaas]", "ploegbaas, meester]").replace("stock]", "stock, opslag]")
    )
    assert plant(folder).planted == 0
    assert groups() == {"voorman, brigadier"}


def test_a_word_that_an_editor_wrote_down_before_stays_his(folder: Path) -> None:
    make_group("stock", "aandelen")
    plant(folder)
    assert groups() == {"voorman, ploegbaas", "stock, aandelen"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- code: a\n  words: [stock, stock]", "synonyms.yaml, a: .*hetzelfde woord"),
        ("- code: a\n  woorden: [x, y]", "onbekend veld woorden"),
        ("- words: [voorman, ploegbaas]", "synonyms.yaml"),
        ("voorraad", "een lijst van velden"),
        ("- [", "niet te lezen"),
    ],
)
def test_a_damaged_file_changes_nothing(folder: Path, text: str, message: str) -> None:
    (folder / "synonyms.yaml").write_text(f"{GROUPS if text[0] == '-' and text[-1] != '[' else ''}{text}\n")
    with pytest.raises(PlantingError, match=message):
        plant(folder)
    assert not SynonymGroup.objects.exists()


# --- the portal's own -------------------------------------------------------------------------------------------------

# What the judged queries gave when this was last looked at. A change of ranking or content must not lower it; one that
# raises it, raises these.
RECALL, RECIPROCAL_RANK = 0.914, 0.870
WITHOUT_WORDS = 0.853


@pytest.fixture
def filled(db: None, index: Engine, rebuilt: Callable[[], int]) -> None:
    """All of the portal's content, in the index."""
    load_content()
    rebuilt()


@pytest.mark.any_database
def test_the_judged_queries_find_what_they_found(filled: None) -> None:
    queries = judged_queries()
    files = (CONTENT / "search" / "judged.yaml").read_text()
    assert len(queries) == files.count("- code:") == 38
    assert sum(len(relevant) for _id, _text, relevant in queries) == files.count(
        ":", files.index("- code")
    ) - (files.count("code:") + files.count("text:") + files.count("documents:")), (
        "a judged page doesn't exist"
    )
    outcomes = ask(queries)
    assert mean(each.recall for each in outcomes) >= RECALL
    assert mean(each.reciprocal_rank for each in outcomes) >= RECIPROCAL_RANK
    SynonymGroup.objects.all().delete()
    OneWaySynonym.objects.all().delete()
    without = ask(queries)
    assert WITHOUT_WORDS <= mean(each.recall for each in without) < RECALL
