"""Measure the search on documents and queries with known answers."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.evaluation import evaluate


class Command(BaseCommand):
    help = "Builds a throw-away index and prints recall@10, MRR@10 and the engine's time as one JSON object."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--documents", nargs="+", type=Path, required=True, help="JSON lines: {id, title, text}"
        )
        parser.add_argument(
            "--queries", nargs="+", type=Path, required=True, help="JSON lines: {id, query, relevant}"
        )
        parser.add_argument("--engine", default="embedded", choices=["embedded", "elasticsearch"])
        parser.add_argument("--typos", type=int, metavar="SEED", help="one typing error in every query")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = evaluate(options["documents"], options["queries"], options["engine"], options["typos"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(found))
