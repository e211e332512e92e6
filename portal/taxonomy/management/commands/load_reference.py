"""Load the reference lists; with `--from` also the full ones that an operator has."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.taxonomy.reference_files import MUNICIPALITY_FILE, SECTOR_FILE, ReferenceFileError
from portal.taxonomy.services import counts, load_full_lists, load_lists


class Command(BaseCommand):
    help = "Laadt de lijsten van sectoren, regio's, groottes, thema's en doelen. Herhalen mag altijd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            help=f"Map met {SECTOR_FILE} (alle niveaus van de SBI) en/of {MUNICIPALITY_FILE} (gemeenten).",
        )

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        try:
            with transaction.atomic():
                load_lists()
                read = load_full_lists(folder) if folder else []
        except ReferenceFileError as error:
            raise CommandError(f"{error} Er is niets veranderd.") from error
        if folder:
            for name in (SECTOR_FILE, MUNICIPALITY_FILE):
                self.stdout.write(f"{name}: {'gelezen' if name in read else 'niet gevonden, overgeslagen'}")
        total = counts()
        self.stdout.write(
            f"{total.sectors} sectoren, {total.regions} regio's, {total.municipalities} gemeenten, "
            f"{total.size_classes} groottes, {total.themes} thema's, {total.goals} doelen."
        )
