"""The judged queries: what is measured, when it counts as lower, and what the screens and the command say."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from search.indexing.relay import relay_all
from search.steering.judging import Outcome, compare, run_judged
from search.steering.models import JudgedDocument, JudgedQuery, JudgedRun, SynonymGroup, WholeWord
from tests.architecture.people import client_of
from tests.factories.pages import Portal, make_case, make_knowledge, restrict
from tests.search.steering.conftest import make_group

QUALITY = "/beheer/zoeken/kwaliteit/"


def judge(text: str, *pages: Any) -> JudgedQuery:
    query = JudgedQuery(text=text)
    query.documents.set([JudgedDocument(page=page) for page in pages])
    query.save()
    return query


@pytest.fixture
def judged(portal: Portal) -> None:
    """Two queries: one that finds both of its pages, and one that finds one of two, second."""
    first, second = make_case(portal, "Voorraad verlagen"), make_knowledge(portal, "Wat voorraad kost")
    judge("te veel voorraad", first, second)
    make_knowledge(portal, "De ploegbaas", "Over de ploegbaas en nog eens de ploegbaas.")
    third = make_knowledge(portal, "Opleiden", "Ook wie de ploegbaas is, leert hier.")
    judge("ploegbaas", third, make_knowledge(portal, "Leid je teamleiders zelf op"))
    relay_all()


def outcome(relevant: str, found: str, text: str = "q") -> Outcome:
    return Outcome(1, text, tuple(relevant.split()), tuple(found.split()))


def test_the_figures_of_one_query() -> None:
    both = outcome("a b", "x b a")
    assert (both.recall, both.reciprocal_rank, both.place, both.missing) == (1.0, 0.5, 2, ())
    none = outcome("a", "x y")
    assert (none.recall, none.reciprocal_rank, none.place, none.missing) == (0.0, 0.0, 0, ("a",))
    many = Outcome(1, "q", tuple(f"d{n}" for n in range(20)), tuple(f"d{n}" for n in range(10)))
    assert many.recall == 1.0  # ten are all there can be


def test_only_queries_that_both_runs_have_are_compared() -> None:
    before = [outcome("a", "a", "same"), outcome("a", "a", "judged anew"), outcome("a", "a", "gone")]
    now = [outcome("a", "x a", "same"), outcome("b", "x", "judged anew"), outcome("c", "x", "new")]
    found = compare(before, now)
    assert (found.queries, found.recall_before, found.recall) == (1, 1.0, 1.0)
    assert (found.reciprocal_rank_before, found.reciprocal_rank) == (1.0, 0.5)
    assert found.is_lower
    assert (found.worse, found.better) == (("same",), ())
    assert not compare(now, now).is_lower
    assert not compare([], now).is_lower


def test_a_run_measures_as_a_visitor_searches(portal: Portal, judged: None) -> None:
    run, comparison = run_judged()
    assert comparison is None
    assert (run.queries, run.recall, run.reciprocal_rank, run.accepted) == (2, 0.75, 0.75, True)
    make_group("ploegbaas", "teamleider")
    better, comparison = run_judged()
    assert better.recall == 1.0
    assert comparison is not None
    assert (comparison.is_lower, comparison.better) == (False, ("ploegbaas",))
    restrict(portal.cases)
    relay_all()
    lower, comparison = run_judged()
    assert comparison is not None and comparison.is_lower
    assert not lower.accepted
    # What counts is still the better one.
    _again, comparison = run_judged()
    assert comparison is not None and comparison.recall_before == 1.0


def test_the_screens(editor: Client, editor_user: Any, judged: None) -> None:
    assert "Er is nog niet gemeten." in editor.get(QUALITY).content.decode()
    make_group("ploegbaas", "teamleider")
    assert editor.post(f"{QUALITY}meten/").status_code == 302
    good = JudgedRun.objects.get()
    assert (good.ran_by, good.accepted) == (editor_user, True)
    first = editor.get(QUALITY).content.decode()
    assert "Lager dan de meting" not in first
    SynonymGroup.objects.all().delete()
    editor.post(f"{QUALITY}meten/")
    page = editor.get(QUALITY).content.decode()
    assert "Lager dan de meting die tot dan telde" in page
    assert "van 1,000 naar 0,750" in page
    assert "Leid je teamleiders zelf op" in page  # what is missing now
    lower = JudgedRun.objects.first()
    assert lower is not None and not lower.accepted
    assert "Leid je teamleiders zelf op" not in editor.get(f"{QUALITY}{good.pk}/").content.decode()
    assert editor.post(f"{QUALITY}{lower.pk}/goedkeuren/").status_code == 302
    lower.refresh_from_db()
    assert (lower.accepted, lower.accepted_by) == (True, editor_user)
    editor.post(f"{QUALITY}meten/")
    assert JudgedRun.objects.first().accepted  # type: ignore[union-attr]


def test_nothing_to_measure(editor: Client) -> None:
    page = editor.post(f"{QUALITY}meten/", follow=True).content.decode()
    assert "Er zijn nog geen beoordeelde zoekvragen met een pagina." in page


def test_only_editors_measure(portal: Portal, judged: None) -> None:
    for role in ("anonymous", "member"):
        client = client_of(role)
        for response in (client.get(QUALITY), client.post(f"{QUALITY}meten/")):
            assert response.status_code == 302
            assert response["Location"].startswith("/inloggen/")
    assert not JudgedRun.objects.exists()


def run_command() -> tuple[dict[str, Any], int]:
    out, status = StringIO(), 0
    try:
        call_command("evaluate_search", "--judged", stdout=out)
    except SystemExit as end:
        status = int(end.code or 0)
    return json.loads(out.getvalue()), status


def test_the_command_ends_with_1_where_it_is_lower(portal: Portal, judged: None) -> None:
    make_group("ploegbaas", "teamleider")
    first, status = run_command()
    assert status == 0
    assert (first["queries"], first["recall@10"], first["mrr@10"], first["compared"]) == (2, 1.0, 0.75, None)
    assert run_command()[1] == 0
    SynonymGroup.objects.all().delete()
    lower, status = run_command()
    assert (lower["is_lower"], status) == (True, 1)
    assert list(lower["missing"]) == ["ploegbaas"]
    assert lower["compared"]["worse"] == ["ploegbaas"]
    assert run_command()[1] == 1


def test_the_command_without_anything_to_ask(portal: Portal) -> None:
    with pytest.raises(CommandError, match="no judged queries"):
        call_command("evaluate_search", "--judged")


# --- what a query becomes ---------------------------------------------------------------------------------------------

EXPLAINED = "/beheer/zoeken/zoekvraag/"


@pytest.fixture
def explained(editor: Client) -> Callable[[str], str]:
    def ask(text: str) -> str:
        relay_all()
        response = editor.get(EXPLAINED, {"q": text})
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return ask


def test_each_word_says_what_became_of_it(portal: Portal, explained: Callable[[str], str]) -> None:
    make_knowledge(portal, "De werkplaats", "Over een lasrobot in de werkplaats.")
    restrict(make_knowledge(portal, "Geheime teamleider"))
    make_knowledge(portal, "Open teamleider")
    make_group("ploegbaas", "teamleider")
    page = explained("de werkplats en ploegbaas")
    for words in (
        "Genegeerd: een klein woord",
        "Verbeterd in ‘werkplaats’",
        "werk + plaat",
        "Gezocht is op <strong>de werkplaats en ploegbaas</strong>",
        "<td><strong>ploegbaas</strong></td><td>teamleider</td>",
        "Open teamleider",
        "Met de redactie (2 gevonden)",
        "Zonder de redactie (1 gevonden)",
    ):
        assert words in page, words
    assert "Geheime" not in page  # as for a visitor who is not signed in, whoever asks
    WholeWord.objects.create(word="werkplaats")
    assert "Blijft heel, want de redactie zei dat" in explained("werkplaats")


@pytest.mark.parametrize(
    "text", ["", "   ", "de het een", "!!!", "<script>alert(1)</script>", "\x00" + "a " * 140]
)
def test_any_query_is_explained(explained: Callable[[str], str], text: str) -> None:
    assert "<script>alert" not in explained(text)


def test_a_query_that_is_too_long_says_so(explained: Callable[[str], str]) -> None:
    assert "niet meer dan 300 tekens" in explained("voorraad " * 100)
