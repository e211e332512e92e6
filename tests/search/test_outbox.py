"""The outbox under misfortune: an engine that is down, a document that can't be made, rows late, double or reordered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal.http.page_cache import current_generation
from portal.pages.models import KnowledgePage
from portal.pages.search_documents import KnowledgePageSource
from portal.taxonomy.models import SizeClass
from search import documents, jobs
from search.documents import SearchDocument
from search.engine import engine
from search.engines.base import SearchUnavailable, Write
from search.indexing.outbox import newest_version, record_documents, record_tree
from search.indexing.relay import relay, relay_all
from search.models import MAX_ATTEMPTS, SearchEvent
from search.results import Results
from tests.factories.pages import Portal, make_case, make_knowledge
from tests.factories.taxonomy import GoalFactory, SizeClassFactory, ThemeFactory

Find = Callable[..., Results]


class PoisonedSource(KnowledgePageSource):
    """Knowledge pages of which those that are called "Gif" can't be made into a document."""

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        for document in super().documents(pks):
            if document.title == "Gif":
                raise RuntimeError("kan dit niet lezen")
            yield document


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(documents._sources, "knowledge", PoisonedSource())


def break_index() -> None:
    shutil.rmtree(settings.SEARCH_INDEX_DIR)


def test_one_save_of_a_page_with_all_that_hangs_on_it_is_one_row(portal: Portal) -> None:
    page = make_knowledge(portal, "Eén")
    relay_all()
    page.title = "Twee"
    page.themes = [ThemeFactory.create(slug="proces"), ThemeFactory.create(slug="werktijden")]
    page.goals = [GoalFactory.create()]
    page.save()
    rows = SearchEvent.objects.values_list("type", "object_id", "path", "narrows")
    assert list(rows) == [("knowledge", page.pk, "", False)]


def test_rows_wait_unharmed_while_the_engine_is_down(live_portal: Portal, find: Find) -> None:
    break_index()
    page = make_knowledge(live_portal, "Zonnebloempit")
    with pytest.raises(SearchUnavailable):
        relay()
    (row,) = SearchEvent.objects.all()
    assert (row.object_id, row.attempts, row.parked_at) == (page.pk, 0, None)
    jobs.relay()  # nor is it a failure of the worker's job
    jobs.rebuild_if_needed()
    assert find("zonnebloempit").total == 1
    assert not SearchEvent.objects.exists()


def test_a_document_that_cannot_be_made_does_not_hold_up_the_others(
    portal: Portal, poison: None, find: Find
) -> None:
    make_knowledge(portal, "Gif")
    make_knowledge(portal, "Zonnebloempit")
    done = relay()
    assert (done.applied, done.failed) == (1, 1)
    assert find("zonnebloempit").total == 1
    (row,) = SearchEvent.objects.all()
    assert row.last_error == "RuntimeError: kan dit niet lezen"


def test_it_is_tried_again_ever_later_and_parked_after_ten_times(portal: Portal, poison: None) -> None:
    make_knowledge(portal, "Gif")
    waits = []
    with time_machine.travel("2026-11-22 12:00:00+00:00", tick=False) as clock:
        SearchEvent.objects.update(next_attempt_at=timezone.now())
        for _attempt in range(MAX_ATTEMPTS):
            assert relay().failed == 1
            assert relay().rows == 0  # not due yet
            row = SearchEvent.objects.get()
            waits.append((row.next_attempt_at - timezone.now()).total_seconds())
            clock.move_to(row.next_attempt_at)
        assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560]
        assert SearchEvent.objects.get().parked_at is not None
        clock.shift(timedelta(days=1))
        assert relay().rows == 0


def test_late_and_double_rows_never_bring_back_what_was(portal: Portal, find: Find) -> None:
    page = make_knowledge(portal, "Oud")
    relay_all()
    (before,) = documents.sources()["knowledge"].documents([page.pk])
    page.title = "Zonnebloempit"
    page.save()
    relay_all()
    assert engine().write([Write(before, 1)]) == 0  # a relay that read its state long ago
    record_documents("knowledge", [page.pk])
    record_documents("knowledge", [page.pk])
    relay_all()
    assert find("zonnebloempit").total == 1
    assert find("oud").total == 0


def test_a_row_numbered_before_one_that_was_applied_is_looked_at_again(portal: Portal, find: Find) -> None:
    """PostgreSQL numbers rows when they are written, but a slow transaction shows its row later."""
    page = make_knowledge(portal, "Oud")
    slow = SearchEvent.objects.latest("id")
    SearchEvent.objects.all().delete()
    record_documents("knowledge", [page.pk])
    relay_all()
    KnowledgePage.objects.filter(pk=page.pk).update(title="Zonnebloempit")
    slow.save(force_insert=True)
    relay_all()
    assert find("zonnebloempit").total == 1
    assert not SearchEvent.objects.exists()


def test_a_type_that_no_longer_exists_leaves_the_index(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_knowledge(portal, "Zonnebloempit")
    relay_all()
    monkeypatch.delitem(documents._sources, "knowledge")
    record_documents("knowledge", [page.pk], narrows=True)
    relay_all()
    assert list(engine().contents()) == []


def test_a_subtree_of_hundreds_is_applied_in_one_round(portal: Portal) -> None:
    for number in range(30):
        make_case(portal, f"Nummer {number}")
    SearchEvent.objects.all().delete()
    record_tree(portal.cases.path)
    relay()
    assert len(list(engine().contents())) == 30


def test_stored_pages_are_forgotten_on_commit_also_for_what_is_not_searched(live_portal: Portal) -> None:
    before = current_generation()
    live_portal.cases.title = "Voorbeelden"
    live_portal.cases.save()
    between = current_generation()
    assert between != before
    size = SizeClassFactory.create()
    SizeClass.objects.get(pk=size.pk).save()
    assert current_generation() != between


def test_nothing_is_forgotten_when_the_change_is_rolled_back(live_portal: Portal) -> None:
    before = current_generation()

    class Regretted(Exception):
        pass

    with pytest.raises(Regretted), transaction.atomic():
        live_portal.cases.save()
        raise Regretted
    assert current_generation() == before


def test_versions_only_grow(portal: Portal) -> None:
    first = newest_version()
    record_documents("knowledge", [1])
    SearchEvent.objects.all().delete()
    assert newest_version() > first + 1
    assert not SearchEvent.objects.exists()


@pytest.mark.parametrize(
    "values",
    [{"type": "case"}, {"object_id": 4}, {"path": "0001", "type": "case", "object_id": 4}, {}],
)
def test_the_database_refuses_a_row_that_names_nothing_or_two_things(
    portal: Portal, values: dict[str, Any]
) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEvent.objects.create(**values)
    assert connection.is_usable()
