from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engine import engine
from search.engines.base import SearchUnavailable
from search.indexing.upkeep import rebuild, rebuild_if_needed

SHOW_EVERY = 500


class Command(BaseCommand):
    help = (
        "Bouwt de zoekindex opnieuw, naast de oude, en wisselt dan. Zoeken gaat intussen door. "
        "Brak een vorige keer af, dan gaat dit verder waar die was gebleven."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Alleen als de index ontbreekt of onbruikbaar is."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["if_needed"]:
                done = rebuild_if_needed()
                self.stdout.write("Zoekindex gebouwd." if done else "De zoekindex is in orde.")
                return
            documents = rebuild(self.show if options["verbosity"] > 0 else None)
        except SearchUnavailable as error:
            raise CommandError(f"De zoekindex is niet gebouwd: {error}") from error
        self.stdout.write(f"Zoekindex gebouwd: {documents} documenten ({engine().name}).")

    def show(self, number: int) -> None:
        if number % SHOW_EVERY == 0:
            self.stdout.write(f"{number} …")
            self.stdout.flush()
