from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import dj_database_url
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.background.models import Schedule
from portal.http.maintenance import Mode, current_mode, set_mode
from portal.operations.moving import MoveError, connect_target, move

WAIT_SECONDS = 120
EXAMPLE = "postgresql://naam:wachtwoord@host:5432/database"


class Command(BaseCommand):
    help = (
        "Verhuist het portaal van SQLite naar een lege PostgreSQL-database. Tijdens de verhuizing is het portaal alleen "
        "te lezen; daarna blijft dat zo tot je het met de nieuwe DATABASE_URL opnieuw hebt gestart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, metavar="DATABASE_URL", help=f"zoals {EXAMPLE}")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        try:
            config = dict(dj_database_url.parse(to))
        except (ValueError, KeyError) as error:
            raise CommandError(f"--to is geen databaseadres, zoals {EXAMPLE}") from error
        before = current_mode()
        try:
            target = connect_target(config)
            self.hold_writes(before)
            states = move(target, to, self.stdout.write)
        except BaseException as error:
            if current_mode() is not before:
                set_mode(before)
            if isinstance(error, MoveError):
                raise CommandError(f"{error} Er wordt verder gewerkt met SQLite.") from error
            raise
        self.explain(sum(state.rows for state in states.values()), len(states))

    def hold_writes(self, before: Mode) -> None:
        """Nobody writes while we copy: unsafe requests get the maintenance page, and the worker waits."""
        if before is Mode.OPEN:
            set_mode(Mode.READ_ONLY)
        self.stdout.write("Het portaal is nu alleen te lezen. Wachten tot lopend werk klaar is.")
        # A request that was let in before the flag is done within the web server's own term of a minute at most.
        time.sleep(2)
        end = time.monotonic() + WAIT_SECONDS
        while self.work_is_running():
            if time.monotonic() > end:
                raise MoveError("Er loopt nog achtergrondwerk dat niet eindigt; probeer het later opnieuw.")
            time.sleep(1)

    def work_is_running(self) -> bool:
        now = timezone.now()
        running = DBTaskResult.objects.running().filter(started_at__gt=now - timedelta(minutes=15))
        return Schedule.objects.filter(locked_until__gt=now).exists() or running.exists()

    def explain(self, rows: int, tables: int) -> None:
        self.stdout.write(
            f"Verhuisd: {rows} rijen in {tables} tabellen, elk aan beide kanten geteld en vergeleken.\n\n"
            "Nu nog:\n"
            "  1. Zet DATABASE_URL op de nieuwe database, voor het portaal én de worker.\n"
            "  2. Start beide opnieuw.\n"
            "  3. Draai: manage.py rebuild_modelsearch_index    (de zoeklijst van het beheer)\n"
            "  4. Kijk op /readyz, en zet het portaal open: manage.py maintenance open\n\n"
            "Bewaar het SQLite-bestand tot je zeker bent. Terug kan tot stap 4 zonder verlies: zet DATABASE_URL terug."
        )
