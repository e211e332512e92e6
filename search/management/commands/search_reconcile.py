from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import SearchUnavailable
from search.indexing.upkeep import reconcile


class Command(BaseCommand):
    help = "Vergelijkt de zoekindex met de database en herstelt elk verschil."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = reconcile()
        except SearchUnavailable as error:
            raise CommandError(
                f"De zoekindex is niet bereikbaar: {error}. Probeer: manage.py search_rebuild"
            ) from error
        self.stdout.write(
            f"Ontbrak: {found.missing}. Verouderd: {found.outdated}. Te veel: {found.surplus}."
            if found.differences
            else "Geen verschillen."
        )
