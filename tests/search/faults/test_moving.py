"""From one engine to another and back while people save: no change is lost, and nothing hidden is told in between."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from search import jobs
from search.engine import close_engine, engine
from search.indexing import moving
from search.models import KeptEngine, SearchEvent
from tests.factories.pages import Portal, make_knowledge, restrict
from tests.search.faults.conftest import EMPTY, remove_indices
from tests.search.faults.truth import Editors, held, public, seen_by_anybody, truth

pytestmark = pytest.mark.django_db(transaction=True)
WITHHELD = "Daarom zie je nu even geen aantallen en filters."
Switch = Callable[[str], None]


@pytest.fixture
def switch(settings: Any, words: Path) -> Iterator[Switch]:
    """Lets another engine answer, as a restart with another setting does."""
    node = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    settings.ELASTICSEARCH_URL = [node] if node else []
    settings.ELASTICSEARCH_INDEX = f"faults-{uuid.uuid4().hex[:10]}"
    settings.ELASTICSEARCH_REPLICAS = 0

    def to(name: str) -> None:
        close_engine()
        settings.SEARCH_ENGINE = name

    to("embedded")
    engine().rebuild(EMPTY, 0)
    yield to
    close_engine()
    if node:
        remove_indices(node, settings.ELASTICSEARCH_INDEX)


def run(*words: str) -> str:
    out = StringIO()
    call_command("search_move", *words, stdout=out)
    return out.getvalue()


@pytest.mark.elasticsearch
def test_there_and_back_without_losing_a_change(switch: Switch, live_tree: Portal, client: Client) -> None:
    editors = Editors(live_tree, seed=31, pages=10)
    secret = make_knowledge(live_tree, "Kwartelei")
    assert f"{len(truth())} documenten" in run("elasticsearch")
    assert "elasticsearch: blijft bij" in run()

    # While the old engine still answers, people go on.
    for _ in range(15):
        editors.event()
    restriction = restrict(secret)
    assert not SearchEvent.objects.mine().exists()  # the engine that answers knows it all
    assert held() == truth()

    switch("elasticsearch")
    assert f"knowledge:{secret.pk}" in seen_by_anybody()  # it was filled before the page was hidden
    text = client.get("/zoeken/?q=kwartelei").content.decode()
    assert WITHHELD in text and 'class="hit' not in text
    assert client.get("/zoeken/suggesties/?q=kwart", headers={"Accept": "application/json"}).json() == {
        "suggesties": []
    }
    jobs.relay()
    assert held() == truth()
    assert seen_by_anybody() == public()

    # It doesn't please: back, after some more changes.
    for _ in range(10):
        editors.event()
    restriction.delete()
    jobs.relay()
    assert held() == truth()
    switch("embedded")
    jobs.relay()
    assert held() == truth()
    assert seen_by_anybody() == public()

    run("--finish")
    editors.event()
    assert not KeptEngine.objects.exists() and not SearchEvent.objects.exists()


@pytest.mark.elasticsearch
def test_processes_of_before_and_after_the_switch_keep_each_other_true(
    switch: Switch, live_tree: Portal
) -> None:
    """During a restart both engines answer somebody, and either kind of process saves."""
    editors = Editors(live_tree, seed=32, pages=6)
    run("elasticsearch")
    for number in range(12):
        switch("elasticsearch" if number % 2 else "embedded")
        editors.event()
    for name in ("embedded", "elasticsearch"):
        switch(name)
        jobs.relay()
    for name in ("embedded", "elasticsearch"):
        switch(name)
        jobs.relay()
        assert held() == truth()


@pytest.mark.elasticsearch
def test_a_change_while_it_is_filled_is_not_lost(switch: Switch, live_tree: Portal) -> None:
    pages = [make_knowledge(live_tree, f"Bladzijde {number}") for number in range(5)]

    def meanwhile(number: int) -> None:
        if number == 4:
            pages[0].title = "Kwartelei"
            pages[0].save()
            pages[1].unpublish()

    moving.begin("elasticsearch", meanwhile)
    switch("elasticsearch")
    jobs.relay()
    assert held() == truth()


@pytest.mark.elasticsearch
def test_a_fill_may_be_repeated(switch: Switch, live_tree: Portal) -> None:
    Editors(live_tree, seed=33, pages=3)
    run("elasticsearch")
    make_knowledge(live_tree, "Kwartelei")
    assert SearchEvent.objects.kept_for("elasticsearch").count() == 1
    run("elasticsearch")
    assert not SearchEvent.objects.exists()
    switch("elasticsearch")
    assert held() == truth()


def test_what_is_kept_for_another_engine_hides_nothing_here(
    switch: Switch, live_tree: Portal, client: Client
) -> None:
    KeptEngine.objects.create(name="elasticsearch")
    page = make_knowledge(live_tree, "Kwartelei")
    page.unpublish()
    assert SearchEvent.objects.kept_for("elasticsearch").filter(narrows=True).exists()
    assert WITHHELD not in client.get("/zoeken/?q=kwartelei").content.decode()
    assert "wacht: 2" in run()
    assert "2 vergeten" in run("--finish")


def test_words_that_make_no_sense_are_refused(switch: Switch, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = []
    for words in (["embedded"], ["elasticsearch"], ["sphinx"], ["embedded", "--finish"]):
        with pytest.raises(CommandError):
            run(*words)
    assert "niet verhuisd; embedded antwoordt" in run()
    assert not KeptEngine.objects.exists()
