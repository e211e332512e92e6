"""Rebuild, reconcile and status: after any accident the index is again what may be found."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.pages.models import KnowledgePage
from search.documents import SearchDocument, sources
from search.engine import close_engine, engine
from search.engines.base import Removal, Write
from search.indexing import upkeep
from search.indexing.outbox import forget_recorded
from search.indexing.relay import relay_all
from search.models import SearchEvent
from search.results import Results
from tests.factories.pages import Portal, make_case, make_figure, make_knowledge, make_page, restrict

Find = Callable[..., Results]


def digests() -> dict[str, str]:
    return {found.id: found.digest for found in engine().contents()}


def expected() -> dict[str, str]:
    return {
        document.id: document.digest() for source in sources().values() for document in source.documents()
    }


def test_reconcile_mends_what_lacks_what_is_old_and_what_should_be_gone(portal: Portal) -> None:
    lost = make_knowledge(portal, "Verdwenen")
    old = make_knowledge(portal, "Oud")
    relay_all()
    version = engine().health().version
    engine().delete([Removal(f"knowledge:{lost.pk}", version)])
    KnowledgePage.objects.filter(pk=old.pk).update(title="Nieuw")
    engine().write([Write(SearchDocument(id="case:999", type="case", title="Spook"), version)])
    found = upkeep.reconcile()
    assert (found.missing, found.outdated, found.surplus) == (1, 1, 1)
    assert digests() == expected()
    assert upkeep.reconcile().differences == 0


@pytest.mark.parametrize("mend", [upkeep.reconcile, upkeep.rebuild])
def test_an_index_that_is_newer_than_the_database_is_mended_and_takes_changes_again(
    portal: Portal, find: Find, mend: Callable[[], object]
) -> None:
    page = make_knowledge(portal, "Zonnebloempit")
    relay_all()
    (document,) = sources()["knowledge"].documents([page.pk])
    engine().write([Write(document, 1_000_000)])
    KnowledgePage.objects.filter(pk=page.pk).update(title="Teruggezet")
    mend()
    assert digests() == expected()
    page.title = "Kwartelei"
    page.save()
    assert find("kwartelei").total == 1


def test_a_rebuild_keeps_what_changed_while_it_ran(portal: Portal, find: Find) -> None:
    pages = [make_knowledge(portal, f"Pagina {number}") for number in range(5)]
    relay_all()

    def meanwhile(number: int) -> None:
        if number == 4:
            pages[0].title = "Zonnebloempit"
            pages[0].save()
            pages[1].unpublish()
            relay_all()

    assert upkeep.rebuild(meanwhile) == 4
    assert digests() == expected()
    assert find("zonnebloempit").total == 1


def test_a_rebuild_that_breaks_off_leaves_the_old_index_searchable(portal: Portal, find: Find) -> None:
    for number in range(5):
        make_knowledge(portal, f"Zonnebloempit {number}")
    relay_all()

    class PowerCut(Exception):
        pass

    def cut(number: int) -> None:
        if number == 3:
            raise PowerCut

    with pytest.raises(PowerCut):
        upkeep.rebuild(cut)
    assert find("zonnebloempit").total == 5
    assert upkeep.rebuild() == 5
    assert digests() == expected()


def test_a_thousand_mixed_events_end_in_an_index_that_is_true(portal: Portal) -> None:
    chance = random.Random(4)
    pages = [make_knowledge(portal, f"Pagina {number}") for number in range(20)]
    restriction = None
    for step in range(300):
        page = chance.choice(pages)
        action = chance.random()
        if action < 0.5:
            page.title = f"Titel {step}"
            page.save()
        elif action < 0.8:
            page.live = not page.live
            page.save()
        elif action < 0.9:
            restriction = restrict(portal.knowledge) if restriction is None else restriction.delete() and None
        else:
            pages.append(make_knowledge(portal, f"Nieuw {step}"))
        if action > 0.7:
            relay_all()
    relay_all()
    assert digests() == expected()


@pytest.mark.parametrize("damage", ["delete", "truncate", "other analyser"])
def test_a_damaged_index_is_seen_and_rebuilt_in_the_background(
    portal: Portal, find: Find, damage: str
) -> None:
    from search import jobs

    make_knowledge(portal, "Zonnebloempit")
    relay_all()
    close_engine()
    damage_index(Path(settings.SEARCH_INDEX_DIR), damage)
    status = {"delete": "missing", "truncate": "corrupt", "other analyser": "other-analyser"}[damage]
    assert upkeep.status().health.status == status
    jobs.rebuild_if_needed()
    assert upkeep.status().health.is_ok
    assert find("zonnebloempit").total == 1


def test_the_nightly_tidying_changes_nothing_and_fails_on_nothing(portal: Portal, find: Find) -> None:
    from search import jobs

    make_knowledge(portal, "Zonnebloempit")
    relay_all()
    before = digests()
    jobs.optimise()
    assert digests() == before
    assert find("zonnebloempit").total == 1
    shutil.rmtree(settings.SEARCH_INDEX_DIR)
    jobs.optimise()


def damage_index(directory: Path, damage: str) -> None:
    import sqlite3

    live = next(directory.glob("index-*.sqlite3"))
    if damage == "delete":
        shutil.rmtree(directory)
    elif damage == "truncate":
        with live.open("r+b") as file:
            file.truncate(live.stat().st_size // 2)
        live.with_name(live.name + "-wal").unlink(missing_ok=True)  # it may hold all that was cut off
    else:
        with sqlite3.connect(live) as database:
            database.execute("UPDATE meta SET value = 'ander' WHERE key = 'fingerprint'")


def test_the_commands_say_what_they_did(portal: Portal) -> None:
    make_case(portal, "Eén")
    make_figure(portal, "Twee")
    make_page(portal, "Drie")
    lose_all_events()
    assert run("search_reconcile") == "Ontbrak: 3. Verouderd: 0. Te veel: 0.\n"
    assert run("search_reconcile") == "Geen verschillen.\n"
    assert run("search_rebuild") == "Zoekindex gebouwd: 3 documenten (embedded).\n"
    assert run("search_rebuild", "--if-needed") == "De zoekindex is in orde.\n"
    facts = json.loads(run("search_status", "--json"))
    assert (facts["status"], facts["documents"], facts["waiting"], facts["parked"]) == ("ok", 3, 0, 0)


def test_without_an_index_status_fails_and_reconcile_says_what_to_do(portal: Portal) -> None:
    shutil.rmtree(settings.SEARCH_INDEX_DIR)
    with pytest.raises(SystemExit) as stop:
        run("search_status")
    assert stop.value.code == 1
    with pytest.raises(CommandError, match="search_rebuild"):
        run("search_reconcile")
    assert run("search_rebuild", "--if-needed") == "Zoekindex gebouwd.\n"


def lose_all_events() -> None:
    SearchEvent.objects.all().delete()
    forget_recorded()


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()
