"""Synonyms and whole words: what a visitor finds because of them, at once and in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.steering.current import steering
from search.steering.models import SynonymGroup, WholeWord
from tests.factories.pages import Portal, make_knowledge, restrict
from tests.portal.background.test_worker import address_of_test_database
from tests.search.steering.conftest import make_group, make_one_way
from tests.search.test_page import Shown

Search = Callable[..., Shown]


def test_a_group_finds_each_word_by_each_other(portal: Portal, search: Search) -> None:
    make_knowledge(portal, "Leid je teamleiders zelf op")
    assert search("ploegbaas").hits == []
    group = make_group("voorman", "ploegbaas", "teamleider")
    assert search("ploegbazen").hits == search("voormannen").hits == ["Leid je teamleiders zelf op"]
    group.delete()
    assert search("ploegbaas").hits == []


def test_one_way_does_not_lead_back(portal: Portal, search: Search) -> None:
    make_knowledge(portal, "Minder regeldruk")
    make_knowledge(portal, "Over behang")
    make_one_way("behang", "regeldruk")
    assert set(search("behang").hits) == {"Over behang", "Minder regeldruk"}
    assert search("regeldruk").hits == ["Minder regeldruk"]


def test_a_phrase_and_no_synonym_of_a_synonym(portal: Portal, search: Search) -> None:
    make_knowledge(portal, "Over kanban")
    make_knowledge(portal, "Over jidoka")
    make_one_way("onderhanden werk", "kanban")
    make_one_way("kanban", "jidoka")
    assert search("het onderhanden werk").hits == ["Over kanban"]
    assert search("onderhanden").hits == []


def test_a_word_that_stays_whole_is_not_searched_in_parts(portal: Portal, search: Search) -> None:
    make_knowledge(portal, "De werkplaats")
    make_knowledge(portal, "Een plaats voor alles")
    assert set(search("werkplaats").hits) == {"De werkplaats", "Een plaats voor alles"}
    WholeWord.objects.create(word="werkplaats")
    assert search("werkplaats").hits == ["De werkplaats"]
    assert "De werkplaats" in search("plaats").hits  # the index stays as it is


def test_suggestions_go_on_with_synonyms_that_this_reader_may_find(
    portal: Portal, client: Client, search: Search
) -> None:
    make_knowledge(portal, "Leid je teamleiders zelf op")
    restrict(make_knowledge(portal, "Teamleiders in het geheim"))
    make_group("ploegbaas", "teamleider")
    search("")  # brings the index up to date
    answer = client.get("/zoeken/suggesties/?q=ploegbaas", headers={"Accept": "application/json"})
    texts = [line["tekst"] for line in answer.json()["suggesties"]]
    assert "Leid je teamleiders zelf op" in texts
    assert "geheim" not in " ".join(texts)


def test_what_was_said_costs_one_small_query_a_search(portal: Portal) -> None:
    make_group("ploegbaas", "teamleider")
    first = steering()
    with CaptureQueriesContext(connection) as queries:
        assert steering() is first
    assert len(queries) == 1
    make_one_way("papierwerk", "regeldruk")
    assert steering() is not first
    assert len(steering().guidance.synonyms) == 3


def test_what_is_rolled_back_counts_nowhere(portal: Portal) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        make_group("ploegbaas", "teamleider")
        assert len(steering().guidance.synonyms) == 2
        raise RuntimeError
    assert steering().guidance.synonyms == {}


def test_words_that_no_longer_have_a_stem_do_no_harm(portal: Portal, search: Search) -> None:
    """What the form refuses may still stand in the database, by a command or of an older version."""
    make_knowledge(portal, "De voorraad")
    SynonymGroup.objects.create(words="de\nhet")
    SynonymGroup.objects.create(words="   \n!!!")
    WholeWord.objects.create(word="!!")
    assert search("de voorraad").hits == ["De voorraad"]


# --- in every process -------------------------------------------------------------------------------------------------

OTHER = """
import sys, django
from pathlib import Path
from django.conf import settings
settings.SEARCH_INDEX_DIR = Path(sys.argv[1])  # where the word list is
django.setup()
from search.steering.current import steering
for line in sys.stdin:
    print(len(steering().guidance.synonyms), len(steering().guidance.whole), flush=True)
"""


@pytest.fixture
def other_process() -> Iterator[Callable[[], str]]:
    """A process of its own on this test's database, which says how many synonyms and whole words it knows now."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": address_of_test_database(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(settings.SEARCH_INDEX_DIR)], env=environment, cwd=settings.BASE_DIR, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    pipe_in: Any = process.stdin
    pipe_out: Any = process.stdout

    def ask() -> str:
        pipe_in.write("?\n")
        pipe_in.flush()
        return str(pipe_out.readline()).strip()

    yield ask
    pipe_in.close()
    process.wait(timeout=20)
    pipe_out.close()


def test_another_process_knows_at_its_next_search(
    live_portal: Portal, other_process: Callable[[], str]
) -> None:
    assert other_process() == "0 0"
    group = make_group("ploegbaas", "teamleider")
    assert other_process() == "2 0"
    WholeWord.objects.create(word="werkplaats")
    assert other_process() == "2 1"
    with transaction.atomic():
        make_one_way("papierwerk", "regeldruk")
        assert other_process() == "2 1"
    assert other_process() == "3 1"
    group.delete()
    assert other_process() == "1 1"
