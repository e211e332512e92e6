from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import User
from portal.accounts.services import remove_second_steps


class Command(BaseCommand):
    help = (
        "Haalt alle tweede stappen van iemand weg die telefoon én noodcodes kwijt is, en logt die persoon overal uit. "
        "Stel eerst vast dat zij het is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="het e-mailadres waarmee die persoon inlogt")
        parser.add_argument("--reason", required=True, help="hoe je weet dat zij het is; komt in het logboek")

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Er is geen account met {email}.")
        try:
            removed = remove_second_steps(user, reason=reason, by=None)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Weggehaald: {removed}. {email} is overal uitgelogd en kreeg een mail."
            if removed
            else f"{email} had geen tweede stap."
        )
