from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.http.maintenance import Mode, current_mode, set_mode

SENTENCES = {
    Mode.OPEN: "Het portaal is open.",
    Mode.READ_ONLY: "Het portaal is alleen te lezen: wie iets wil wijzigen, krijgt de onderhoudspagina.",
    Mode.CLOSED: "Het portaal is dicht: iedereen krijgt de onderhoudspagina.",
}


class Command(BaseCommand):
    help = "Zet onderhoud aan (alleen lezen, of dicht) of uit. Werkt zonder database en zonder herstart."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "mode", nargs="?", choices=[mode.value for mode in Mode], help="weglaten: toon de stand"
        )

    def handle(self, *args: Any, mode: str | None, **options: Any) -> None:
        if mode is not None:
            set_mode(Mode(mode))
        self.stdout.write(SENTENCES[current_mode()])
