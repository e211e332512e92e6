from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.community import NothingToStandOn, accounts, load_community, renew_password
from portal.demo.safety import NotHere

NAMES = {
    "people": "mensen",
    "organisations": "organisaties",
    "ecosystems": "ecosystemen en werkgroepen",
    "rooms": "forumruimtes",
    "conversations": "gesprekken",
    "events": "bijeenkomsten",
    "documents": "documenten",
    "drafts": "concepten",
    "reports": "meldingen aan moderatoren",
}


class Command(BaseCommand):
    help = (
        "Laad een kleine, verzonnen gemeenschap om het portaal mee te proberen. Nog eens laden verandert niets. "
        "Alleen op je eigen computer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--nieuw-wachtwoord",
            action="store_true",
            help="geef alle verzonnen accounts een nieuw wachtwoord",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_community()
            password = renew_password() if options["nieuw_wachtwoord"] else loaded.password
        except (NotHere, NothingToStandOn) as refused:
            raise CommandError(str(refused)) from refused
        told = [f"{loaded.made[name]} {label}" for name, label in NAMES.items() if loaded.made[name]]
        self.stdout.write(f"Nieuw: {', '.join(told)}." if told else "Alles stond er al.")
        self.stdout.write("")
        for email, what in accounts():
            self.stdout.write(f"  {email:<34} {what}")
        self.stdout.write("")
        if password:
            self.stdout.write(f"  Wachtwoord van alle nieuwe accounts: {password}")
            self.stdout.write("  Bewaar het: het wordt maar één keer getoond.")
        else:
            self.stdout.write("  Wachtwoord kwijt? manage.py load_demo --nieuw-wachtwoord")
        self.stdout.write("  Iedereen hier is verzonnen.")
