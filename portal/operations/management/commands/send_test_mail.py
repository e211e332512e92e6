from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email


class Command(BaseCommand):
    help = "Stuurt een proefmail, om te zien of de mailserver de mails van het portaal aanneemt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="het adres dat de proefmail krijgt")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} is geen e-mailadres.") from error
        message = EmailMessage(
            subject=f"Proefmail van {settings.SITE_NAME}",
            body=f"Dit is een proefmail van {settings.BASE_URL}. Je hoeft niets te doen.",
            to=[address],
        )
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        try:
            message.send()
        except OSError as error:  # smtplib's own errors are OSErrors too
            raise CommandError(f"De mailserver {where} nam de proefmail niet aan: {error}") from error
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            where = str(getattr(settings, "EMAIL_FILE_PATH", "een map"))
        self.stdout.write(f"De proefmail aan {address} is aangenomen door {where}.")
