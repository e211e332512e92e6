from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.content.services import load_content
from portal.pages.importing.problems import ImportFailed
from search.steering.planting import PlantingError


class Command(BaseCommand):
    help = (
        "Laad de inhoud die bij het portaal hoort. Wat een redacteur wijzigde blijft zoals het is, en "
        "wat hij verwijderde blijft weg."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ook-verwijderde", action="store_true", help="maak ook weer wat een redacteur verwijderde"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_content(restore_deleted=options["ook_verwijderde"])
        except (ImportFailed, PlantingError) as error:
            raise CommandError(f"Er is niets gewijzigd.\n{error}") from error
        self.stdout.write(str(report))
