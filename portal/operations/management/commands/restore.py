from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.operations.archive import ArchiveError, unpack
from portal.operations.erasures import follow_list, take_over_list
from portal.operations.postgres import PostgresToolError
from portal.operations.preparation import is_up_to_date
from portal.operations.restoring import put_back, require_fitting, what_is_there
from portal.operations.running import RUNNING, Occupied, held


class Command(BaseCommand):
    help = "Zet een back-up terug. Het portaal moet gestopt zijn."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="een bestand van het commando backup")
        parser.add_argument("--force", action="store_true", help="overschrijf wat er staat")

    def handle(self, *args: Any, source: str, force: bool, **options: Any) -> None:
        try:
            with (
                held(RUNNING),
                tempfile.TemporaryDirectory(prefix="restore-", dir=settings.DATA_DIR) as place,
            ):
                manifest = unpack(Path(source), Path(place))
                require_fitting(manifest)
                there = self.overwritten()
                if there and not force:
                    raise CommandError(
                        f"Hier staat al iets: {', '.join(there)}. Er is niets veranderd. Overschrijven kan met --force."
                    )
                put_back(Path(place), manifest)
                take_over_list(Path(source))
                again = follow_list() if is_up_to_date() else None
        except Occupied as error:
            raise CommandError("Het portaal draait nog op deze gegevensmap; stop het eerst.") from error
        except (ArchiveError, PostgresToolError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Teruggezet: de back-up van {manifest.made_at}, {len(manifest.files)} bestanden. "
            "Draai nu: manage.py prepare, en start het portaal."
        )
        if again:
            self.stdout.write(f"Opnieuw gewist: {again} accounts die na deze back-up gewist zijn.")
        elif again is None:
            self.stdout.write("Wie na deze back-up gewist is, wist manage.py prepare opnieuw.")

    def overwritten(self) -> list[str]:
        from django.db import DatabaseError

        try:
            return what_is_there()
        except DatabaseError:
            return ["een database die niet te lezen is"]
