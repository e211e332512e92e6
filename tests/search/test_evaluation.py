from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import Judged, with_typos

DOCUMENTS = [
    {"id": 7, "title": "Voorraad", "text": "Minder voorraad in de werkplaats."},
    {"id": "nl/text/ x'\"é.html", "text": "Hoe lang duurt het voordat een medewerker terug is na ziekte?"},
    {"id": "leeg", "title": None, "text": ""},
    {"id": "7b", "title": "Koffie", "text": "Vergaderen en fietsen.", "extra": [1, 2]},
]
QUERIES = [
    {"id": "q1", "query": "voorraden", "relevant": [7]},
    {"id": "q2", "query": "Hoe lang zijn medewerkers ziek?", "relevant": ["nl/text/ x'\"é.html"]},
    {"id": "q3", "query": "iets onvindbaars", "relevant": ["7b"]},
]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    with gzip.open(tmp_path / "some.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(document) + "\n" for document in DOCUMENTS[:2])
    (tmp_path / "more.jsonl").write_text(
        "\n".join(json.dumps(document) for document in DOCUMENTS[2:]) + "\n\n"
    )
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps(query) for query in QUERIES))
    return [str(tmp_path / name) for name in ("some.jsonl.gz", "more.jsonl", "queries.jsonl")]


def test_the_command_prints_one_object_of_figures(files: list[str]) -> None:
    out = StringIO()
    call_command("evaluate_search", "--documents", *files[:2], "--queries", files[2], stdout=out)
    found = json.loads(out.getvalue())
    assert (found["documents"], found["queries"], found["engine"]) == (4, 3, "embedded")
    assert (found["recall@10"], found["mrr@10"]) == (0.6667, 0.6667)
    assert 0 < found["p50_ms"] <= found["p95_ms"]


def test_typing_errors_are_the_same_for_the_same_seed() -> None:
    queries = [Judged(str(number), "minder voorraad plannen", frozenset()) for number in range(50)]
    once, again, other = with_typos(queries, 7), with_typos(queries, 7), with_typos(queries, 8)
    assert once == again != other
    for query in once:
        words = query.text.split()
        assert sum(word not in {"minder", "voorraad", "plannen"} for word in words) == 1


def test_queries_without_a_longer_word_get_no_typing_error() -> None:
    assert with_typos([Judged("1", "a4 3d & x", frozenset())], 1) == []


@pytest.mark.parametrize("content", ["{not json", "[1, 2]", '{"id": 1, "title": "x"}\n"text"'])
def test_a_file_that_is_no_json_lines_is_told_with_its_line(
    tmp_path: Path, files: list[str], content: str
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text(content)
    with pytest.raises(CommandError, match=r"broken.jsonl, line [12]"):
        call_command("evaluate_search", "--documents", str(broken), "--queries", files[2], stdout=StringIO())
