"""`manage.py build_css`: write the one stylesheet; `--check` only says whether it is up to date."""

from __future__ import annotations

import gzip
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.design.stylesheet import BUILT, built_stylesheet


class Command(BaseCommand):
    help = "Voegt de stijlbladen van alle componenten samen tot één bestand."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Alleen nakijken, niets schrijven.")

    def handle(self, *args: Any, **options: Any) -> None:
        css = built_stylesheet()
        if options["check"]:
            if not BUILT.exists() or BUILT.read_text() != css:
                raise CommandError("portal.css is ouder dan zijn bronnen: draai `manage.py build_css`.")
            return
        BUILT.write_text(css)
        weight = len(gzip.compress(css.encode(), mtime=0))
        self.stdout.write(f"{BUILT.name}: {len(css)} tekens, {weight} bytes gecomprimeerd")
