"""What all tests share: what may be skipped and with which sentence, a browser, a fresh cache for each test."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.databases import ROOT, kept_until_changed, made_once
from tests.databases import django_db_setup as django_db_setup
from tests.databases import postgres_url as postgres_url
from tests.presence import chromium_path, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from search.engines.base import Engine

# Tests that use the database through one of these count as database tests even without the mark.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client_with_pages"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only tests that use the database, as the run on PostgreSQL does",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("PYTEST_XDIST_WORKER"):
        items[:] = longest_files_first(items)
    kept = [item for item in items if belongs_to_this_run(item, config)]
    dropped = [item for item in items if item not in set(kept)]
    config.hook.pytest_deselected(items=dropped)
    items[:] = kept


def pytest_collection_finish() -> None:
    """Thousands of tests and all of Django stay until the end: no use in weighing them again at every collection."""
    gc.collect()
    gc.freeze()


def belongs_to_this_run(item: pytest.Item, config: pytest.Config) -> bool:
    """What shows how PostgreSQL behaves is only asked there.

    `--database-only` is the run on PostgreSQL: what uses no database isn't repeated there, nor a browser or another
    search server that would see the same, nor what is long and marked `any_database`.
    """
    if item.get_closest_marker("on_postgresql") and not os.environ.get("DATABASE_URL", "").startswith(
        "postgres"
    ):
        return False
    if not config.getoption("--database-only"):
        return True
    elsewhere = ("browser", "elasticsearch", "any_database")
    return uses_database(item) and not any(item.get_closest_marker(name) for name in elsewhere)


def longest_files_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Workers take whole files (`--dist loadfile`): a long one that came last would leave the others idle.

    Long is what is marked `slow`, then what holds many tests. Where workers are told not to, they keep this order.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    rank = {path: rank_of(found) for path, found in files.items()}
    order = sorted(files, key=lambda path: (rank[path], -len(files[path]) if rank[path] == SHORT else 0))
    return [item for path in order for item in files[path]]


MAKES_PORTAL, LONG, COPIES_PORTAL, SHORT = range(4)


def rank_of(file: list[pytest.Item]) -> int:
    """Making the portal that others copy takes a minute: one worker does it first, while nobody waits for it."""
    if not any(item.get_closest_marker("slow") for item in file):
        return SHORT
    if not any("filled_portal" in getattr(item, "fixturenames", ()) for item in file):
        return LONG
    return COPIES_PORTAL if any(item.get_closest_marker("browser") for item in file) else MAKES_PORTAL


def uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & DATABASE_FIXTURES)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and chromium_path() is None:
        missing("Chromium", "installeer het (Debian: apt-get install chromium)", "REQUIRE_BROWSER")
    if item.get_closest_marker("postgres") and not os.environ.get("TEST_POSTGRES_URL"):
        missing(
            "PostgreSQL",
            "zet TEST_POSTGRES_URL=postgresql://naam@127.0.0.1:poort/postgres",
            "REQUIRE_POSTGRES",
        )
    if item.get_closest_marker("elasticsearch") and not os.environ.get("TEST_ELASTICSEARCH_URL"):
        missing("Elasticsearch", "zet TEST_ELASTICSEARCH_URL=http://127.0.0.1:9200", "REQUIRE_ELASTICSEARCH")


@pytest.fixture(autouse=True)
def _fresh_pages() -> None:
    """No test sees a page that another one stored."""
    from portal.http import page_cache

    page_cache.forget_pages()


def index_files() -> list[Path]:
    from django.conf import settings

    return [*settings.SEARCH_INDEX_DIR.glob("index-*"), *settings.SEARCH_INDEX_DIR.glob("current")]


def remove_index() -> None:
    if left := index_files():
        from search.engine import close_engine

        close_engine()
        for path in left:
            path.unlink(missing_ok=True)


@pytest.fixture(autouse=True, scope="module")
def _no_index_of_another_module() -> Iterator[None]:
    """An index that the tests of a file share goes with the last of them."""
    yield
    remove_index()


@pytest.fixture(autouse=True)
def _no_index() -> Iterator[None]:
    """No test finds an index that another one left: pages look for what is like them where there is one.

    One that stands there before the test was made for all tests of its file.
    """
    is_shared = bool(index_files())
    yield
    if not is_shared:
        remove_index()


@pytest.fixture(scope="session")
def word_list() -> Path:
    """The compiled word list, which takes seconds: made once, and kept until what makes it changes."""
    from search.dutch.lexicon import load_lexicon

    place = kept_until_changed("words", (ROOT / "search" / "dutch").glob("**/*.py"))
    with made_once("words"):
        load_lexicon(place)
    return next(place.glob("*.bin"))


@pytest.fixture(scope="session", autouse=True)
def _word_list_in_its_place(word_list: Path) -> None:
    """Where the index of this worker comes, so that no worker makes it again."""
    from django.conf import settings

    settings.SEARCH_INDEX_DIR.mkdir(parents=True, exist_ok=True)
    shutil.copy(word_list, settings.SEARCH_INDEX_DIR / word_list.name)


@pytest.fixture
def index(settings: Any, tmp_path: Path, word_list: Path) -> Iterator[Engine]:
    """An empty, live index in a directory of its own."""
    from search.engine import close_engine, engine

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_DIR.mkdir()
    shutil.copy(word_list, settings.SEARCH_INDEX_DIR / word_list.name)
    close_engine()  # what the test before found out about its own engine
    engine().rebuild([], 0)
    yield engine()
    close_engine()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium by Playwright. Tests that ask for it carry `@pytest.mark.browser`."""
    path = chromium_path()
    if path is None:
        missing("Chromium", "installeer het (Debian: apt-get install chromium)", "REQUIRE_BROWSER")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would take the test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of 1280 × 800, without any cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def filled_portal() -> Path:
    """The data of a whole portal with its real content; copy it, never write in it.

    Started from nothing as anybody does, then all that its worker had to do was done: a first start does a minute of
    work that each copy would do again.
    """
    from portal.operations.trial import environment, trial_portal

    with made_once("portal") as (place, is_mine):
        data = place / "data"
        if is_mine:
            shutil.rmtree(data, ignore_errors=True)
            with trial_portal(data) as started:
                pass
            command = [sys.executable, "manage.py", "worker", "--once"]
            subprocess.run(
                command, cwd=Path(__file__).parent.parent, env=environment(data, started.url), check=True
            )
    return data


@pytest.fixture(scope="session")
def project_root() -> Path:
    return Path(__file__).resolve().parent.parent
