from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.crowd import NotEmpty, Size, fill
from portal.demo.safety import NotHere


class Command(BaseCommand):
    help = "Vul een leeg portaal met een verzonnen menigte, om te meten. Alleen op je eigen computer."

    def add_arguments(self, parser: CommandParser) -> None:
        size = Size()
        parser.add_argument("--leden", type=int, default=size.members)
        parser.add_argument("--onderwerpen", type=int, default=size.topics)
        parser.add_argument("--vragen", type=int, default=size.questions)
        parser.add_argument("--berichten", type=int, default=size.posts)
        parser.add_argument("--ecosystemen", type=int, default=size.ecosystems)
        parser.add_argument("--zaad", type=int, default=1, help="hetzelfde zaad geeft dezelfde menigte")
        parser.add_argument("--ingelogd", type=int, default=0, help="zoveel leden krijgen een sessie")
        parser.add_argument("--naar", type=Path, help="bestand voor de sleutels van die sessies, als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        size = Size(
            members=options["leden"],
            topics=options["onderwerpen"],
            questions=options["vragen"],
            posts=options["berichten"],
            ecosystems=options["ecosystemen"],
        )
        if (
            size.posts < 2 * (size.topics + size.questions)
            or min(size.topics, size.members) < size.ecosystems
        ):
            raise CommandError("Geef ten minste twee berichten per gesprek, en meer leden dan ecosystemen.")
        try:
            crowd = fill(
                size,
                seed=options["zaad"],
                signed_in=options["ingelogd"],
                say=lambda line: self.stdout.write(line),
            )
        except (NotHere, NotEmpty) as refused:
            raise CommandError(str(refused)) from refused
        if options["naar"]:
            longest = crowd.talk.plans[0].row.pk
            options["naar"].write_text(json.dumps({"sessions": crowd.sessions, "longest": longest}), "utf-8")
        self.stdout.write(f"{size.members} leden, {size.topics} onderwerpen, {size.posts} berichten.")
