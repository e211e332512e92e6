from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.engine import engine
from search.indexing.upkeep import status


class Command(BaseCommand):
    help = "Vertelt hoe het met de zoekindex is; eindigt met code 1 als zoeken niet werkt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Als één JSON-object.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = status()
        facts = {
            "engine": engine().name,
            "status": found.health.status,
            "detail": found.health.detail,
            "documents": found.health.documents,
            "version": found.health.version,
            "rebuilding": found.health.is_rebuilding,
            "waiting": found.waiting,
            "narrowing": found.narrowing,
            "parked": found.parked,
            "oldest": found.oldest_at.isoformat() if found.oldest_at else None,
        }
        if options["json"]:
            self.stdout.write(json.dumps(facts))
        else:
            for name, value in facts.items():
                self.stdout.write(f"{name:<11} {value if value not in (None, '') else '–'}")
        if not found.health.is_ok:
            raise SystemExit(1)
