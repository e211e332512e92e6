"""What must be there before the portal can serve: database, content, static files, search index.

Every step looks first whether there is anything to do, so that a later start takes seconds.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable
from pathlib import Path

import wagtail
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.content.services import load_content
from portal.operations.erasures import follow_list
from search.engine import engine as search_engine
from search.engines.base import SearchUnavailable

logger = logging.getLogger("portal.operations")

Say = Callable[[str], None]
STATIC_STAMP = ".sources"


def prepare(say: Say) -> None:
    """Do all steps that are needed, telling what takes time."""
    migrate(say)
    if again := follow_list():
        say(f"Ik wis opnieuw {again} accounts: een teruggezette back-up had ze nog.")
    # Before the content, so that each page finds an index to go into.
    build_search_index(say)
    fill_with_content(say)
    collect_static_files(say)


def is_up_to_date() -> bool:
    """Does the database know every table of this version?"""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(say: Say) -> bool:
    if is_up_to_date():
        return False
    say("Ik werk de database bij.")
    call_command("migrate", interactive=False, verbosity=0)
    return True


def has_content() -> bool:
    """Whether anything was ever made below the front page; Wagtail's own first page doesn't count."""
    return apps.get_model("wagtailcore", "Page")._default_manager.filter(depth__gt=2).exists()


def fill_with_content(say: Say) -> bool:
    if has_content():
        return False
    say("Ik laad de inhoud die bij het portaal hoort.")
    load_content()
    return True


def static_fingerprint() -> str:
    """Changes when a static file comes, goes or changes, or Wagtail does."""
    digest = hashlib.sha256(wagtail.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            try:
                state = Path(storage.path(path)).stat()
            except FileNotFoundError:
                continue
            digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_files(say: Say) -> bool:
    if "compile_css" in get_commands():
        call_command("compile_css", stdout=io.StringIO())
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return False
    say("Ik zet de vormgeving klaar.")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint, encoding="utf-8")
    return True


def build_search_index(say: Say) -> bool:
    """Only where there is no usable index; afterwards the worker keeps it. A portal without one still works."""
    health = search_engine().health()
    if health.is_ok or "search_rebuild" not in get_commands():
        return False
    if health.status == "unreachable":
        say(
            "De zoekmachine antwoordt niet; zoeken kijkt zolang in de titels en de worker probeert het steeds."
        )
        return False
    say("Ik bouw de zoekindex.")
    try:
        call_command("search_rebuild", stdout=io.StringIO())
    except (SearchUnavailable, CommandError, OSError) as error:
        logger.warning("search index not built", extra={"data": {"error": str(error)}})
        say("Dat lukt nu niet; zoeken kijkt zolang in de titels en de worker probeert het opnieuw.")
        return False
    return True
