"""Sources and indicators come from files; what editors changed stays, and a bad file changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.evidence.models import Indicator, Source
from portal.evidence.services import VocabularyError, load_vocabulary

pytestmark = pytest.mark.django_db

SOURCES = "- {code: tno, short_name: TNO, title: Rapport, publisher: TNO, year: 2023}\n"
INDICATORS = '- {code: stocks, name: voorraad, unit: "%", direction: down, family: stocks, explanation: x}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "vocabulary" / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
    return tmp_path


def test_the_projects_own_vocabulary_loads_once(project_root: Path) -> None:
    folder = project_root / "portal" / "content"
    first = load_vocabulary(folder)
    again = load_vocabulary(folder)
    assert (again.sources_added, again.indicators_added) == (0, 0)
    assert (
        again.kept
        == first.sources_added + first.indicators_added
        == Source.objects.count() + Indicator.objects.count()
    )
    assert set(Source.objects.values_list("code", flat=True)) >= {"tno", "ing", "ser", "rom", "ip"}
    assert Indicator.objects.get(code="stocks").direction == "down"


def test_an_editors_change_stays_unless_it_must_go(folder: Path) -> None:
    load_vocabulary(folder)
    Source.objects.update(url="https://example.org/rapport")
    load_vocabulary(folder)
    assert Source.objects.get().url == "https://example.org/rapport"
    load_vocabulary(folder, overwrite=True)
    assert Source.objects.get().url == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (INDICATORS.replace("down", "omlaag"), "indicators.yaml nummer 1 (stocks), veld direction"),
        (
            INDICATORS.replace("explanation", "uitleg"),
            "indicators.yaml nummer 1 (stocks), veld uitleg: onbekend veld",
        ),
        (INDICATORS * 2, "indicators.yaml nummer 2 (stocks), veld code: staat er twee keer in"),
        (INDICATORS.replace("stocks,", ",", 1), "veld code"),
        ("code: stocks\n", "een lijst van velden met waarden werd verwacht"),
        ("- [", "is niet te lezen"),
    ],
)
def test_a_bad_file_names_entry_and_field_and_changes_nothing(folder: Path, text: str, said: str) -> None:
    (folder / "vocabulary" / "indicators.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(folder)
    assert said in str(caught.value)
    assert not Source.objects.exists()
