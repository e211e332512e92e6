from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import SearchUnavailable
from search.indexing import moving

SHOW_EVERY = 500


class Command(BaseCommand):
    help = (
        "Verhuist het zoeken naar een andere zoekmachine, zonder dat zoeken of opslaan stilstaat. Vult haar naast de "
        "zoekmachine die nu antwoordt en houdt vanaf dan voor beide bij wat er verandert. Zonder argument: hoe staat het?"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("engine", nargs="?", default="", help="embedded of elasticsearch")
        parser.add_argument(
            "--finish",
            action="store_true",
            help="Klaar met verhuizen: houd niets meer bij voor een andere zoekmachine.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["finish"] and options["engine"]:
            raise CommandError("Noem een zoekmachine, of --finish; niet allebei.")
        if options["finish"]:
            forgotten = moving.finish()
            self.stdout.write(
                f"Klaar. Alleen {settings.SEARCH_ENGINE} wordt bijgehouden ({forgotten} vergeten)."
            )
        elif options["engine"]:
            self.fill(options["engine"], options["verbosity"] > 0)
        else:
            self.tell()

    def fill(self, name: str, is_shown: bool) -> None:
        try:
            documents = moving.begin(name, self.show if is_shown else None)
        except ValueError as error:
            raise CommandError(f"Verhuizen naar {name} kan niet: {error}.") from error
        except SearchUnavailable as error:
            raise CommandError(
                f"{name} is niet gevuld: {error}. Probeer het opnieuw, of stop met search_move --finish."
            ) from error
        self.stdout.write(
            f"{name} is gevuld: {documents} documenten. Zet nu PORTAL_SEARCH_ENGINE={name} en start web en workers "
            "opnieuw. Bevalt het, dan: manage.py search_move --finish"
        )

    def tell(self) -> None:
        found = moving.kept()
        if not found:
            self.stdout.write(f"Er wordt niet verhuisd; {settings.SEARCH_ENGINE} antwoordt.")
        for each in found:
            role = "antwoordt" if each.name == settings.SEARCH_ENGINE else "blijft bij"
            self.stdout.write(
                f"{each.name}: {role}, sinds {each.since:%Y-%m-%d %H:%M}, wacht: {each.waiting}"
            )

    def show(self, number: int) -> None:
        if number % SHOW_EVERY == 0:
            self.stdout.write(f"{number} …")
            self.stdout.flush()
