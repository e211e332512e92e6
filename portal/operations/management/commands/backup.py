from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from portal.operations.archive import ArchiveError, pack, stage
from portal.operations.erasures import put_list_beside
from portal.operations.postgres import PostgresToolError


class Command(BaseCommand):
    help = "Maakt één bestand met database, media en zoekindex, terwijl het portaal draait."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target", nargs="?", help="bestand of map; zonder: de map 'backups' in de gegevensmap"
        )

    def handle(self, *args: Any, target: str | None, **options: Any) -> None:
        path = Path(target) if target else settings.DATA_DIR / "backups"
        if path.is_dir() or not path.name.endswith(".tar.gz"):
            path = path / f"portaal-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
        if path.exists():
            raise CommandError(f"{path} bestaat al; een back-up overschrijft niets.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="backup-", dir=path.parent) as place:
                manifest = stage(Path(place))
                pack(Path(place), manifest, path)
            put_list_beside(path)
        except (ArchiveError, PostgresToolError, DatabaseError, OSError) as error:
            raise CommandError(f"Er is geen back-up gemaakt: {error}") from error
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}: {len(manifest.files)} bestanden, {size:.1f} MB.")
