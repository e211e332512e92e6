"""Measure the search on documents and queries with known answers."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import SearchUnavailable
from search.evaluation import evaluate
from search.steering.judging import run_judged, summary


class Command(BaseCommand):
    help = "Builds a throw-away index and prints recall@10, MRR@10 and the engine's time as one JSON object."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--documents", nargs="+", type=Path, default=[], help="JSON lines: {id, title, text}"
        )
        parser.add_argument(
            "--queries", nargs="+", type=Path, default=[], help="JSON lines: {id, query, relevant}"
        )
        parser.add_argument(
            "--judged",
            action="store_true",
            help="ask the editors' judged queries of the live engine instead, and keep the run; "
            "exits with 1 where it is lower than the run that counts",
        )
        parser.add_argument("--engine", default="embedded", choices=["embedded", "elasticsearch"])
        parser.add_argument("--typos", type=int, metavar="SEED", help="one typing error in every query")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["judged"]:
            self.handle_judged()
            return
        if not options["documents"] or not options["queries"]:
            raise CommandError("--documents and --queries are needed, or --judged alone")
        try:
            found = evaluate(options["documents"], options["queries"], options["engine"], options["typos"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(found))

    def handle_judged(self) -> None:
        try:
            run, comparison = run_judged()
        except SearchUnavailable as error:
            raise CommandError(f"the search engine doesn't answer: {error}") from error
        if not run.queries:
            raise CommandError("there are no judged queries with a document")
        self.stdout.write(json.dumps(summary(run, comparison), ensure_ascii=False))
        if comparison is not None and comparison.is_lower:
            sys.exit(1)
