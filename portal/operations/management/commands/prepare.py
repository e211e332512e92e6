from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.operations.preparation import prepare


class Command(BaseCommand):
    help = "Maakt alles klaar om te draaien: database, inhoud, vormgeving en zoekindex. Nog eens draaien schaadt niet."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.stdout.write)
        self.stdout.write("Alles staat klaar.")
