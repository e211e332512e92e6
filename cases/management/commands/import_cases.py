from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.pages.importing.problems import ImportFailed
from portal.pages.importing.services import import_files, read_directory


class Command(BaseCommand):
    help = (
        "Maak of werk praktijkvoorbeelden bij uit Markdownbestanden. Eén fout, en er verandert niets; "
        "wat een redacteur wijzigde, blijft zoals het is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="bestanden, of mappen met bestanden (.md)")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        try:
            files = [file for path in paths for file in self._files(path)]
            report = import_files(files, only_types={"case"})
        except ImportFailed as error:
            raise CommandError(f"Er is niets gewijzigd.\n{error}") from error
        self.stdout.write(str(report))

    def _files(self, path: Path) -> list[tuple[str, str]]:
        if not path.exists():
            raise CommandError(f"{path} bestaat niet.")
        files = read_directory(path)
        if not files:
            raise CommandError(f"{path} bevat geen bestanden die op .md eindigen.")
        return files
