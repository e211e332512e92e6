from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from portal.operations.staff import create_first_administrator


class Command(BaseCommand):
    help = (
        "Maakt de eerste beheerder uit PORTAL_ADMIN_EMAIL en PORTAL_ADMIN_PASSWORD. "
        "Is er al een beheerder, dan verandert er niets."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        email, password = settings.FIRST_ADMIN_EMAIL, settings.FIRST_ADMIN_PASSWORD
        if not email and not password:
            self.stdout.write(
                "PORTAL_ADMIN_EMAIL en PORTAL_ADMIN_PASSWORD zijn leeg; er is geen beheerder gemaakt."
            )
            return
        if not email or not password:
            raise CommandError("Geef PORTAL_ADMIN_EMAIL en PORTAL_ADMIN_PASSWORD allebei, of geen van beide.")
        try:
            validate_email(email)
            made = create_first_administrator(email, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Beheerder {email} is gemaakt." if made else "Er is al een beheerder; er is niets veranderd."
        )
