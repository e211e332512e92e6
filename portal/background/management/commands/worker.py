from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections
from django.utils import timezone

from portal.background.registry import registered
from portal.background.services import Share, sync_schedule
from portal.background.worker import PortalWorker


class Command(BaseCommand):
    help = "Voert het geplande werk en de wachtende taken uit, tot het proces gestopt wordt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Doe alles wat nu aan de beurt is en stop dan."
        )

        share = parser.add_mutually_exclusive_group()
        share.add_argument(
            "--only",
            action="append",
            default=[],
            metavar="DEEL",
            help="Alleen het werk van dit deel: search.",
        )
        share.add_argument(
            "--without",
            action="append",
            default=[],
            metavar="DEEL",
            help="Alles behalve het werk van dit deel, omdat een andere worker dat doet.",
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        share = Share(frozenset(options["only"]), frozenset(options["without"]))
        rooms = {name.partition(".")[0] for name in registered()}
        if unknown := sorted((share.only | share.without) - rooms):
            raise CommandError(
                f"Geen geplande taak hoort bij {', '.join(unknown)}. Kies uit: {', '.join(sorted(rooms))}."
            )
        worker = PortalWorker(share)
        if once:
            worker.run_until_idle()
            return
        self.listen_for_signals(worker)
        self.prepare(worker)
        ended_in_time = worker.run()
        connections.close_all()
        if not ended_in_time:
            # A job that doesn't end is as good as killed; its row is taken over.
            os._exit(1)

    def prepare(self, worker: PortalWorker) -> None:
        """Rows for all jobs; waits for a database that is locked or not up yet."""
        while not worker.stop.is_set():
            try:
                sync_schedule(timezone.now())
                return
            except OperationalError as error:
                self.stderr.write(f"De database is nog niet bereikbaar: {error}")
                connections.close_all()
                worker.stop.wait(3)

    def listen_for_signals(self, worker: PortalWorker) -> None:
        def stop(number: int, frame: FrameType | None) -> None:
            if worker.stop.is_set():
                os._exit(1)
            worker.stop.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
