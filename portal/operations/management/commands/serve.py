from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections

from portal.http.maintenance import Mode, current_mode
from portal.operations.preparation import prepare
from portal.operations.running import PREPARING, RUNNING, Occupied, held
from portal.operations.staff import create_first_administrator, first_administrator_email, generate_password
from portal.operations.supervision import PortTaken, Supervisor, require_free_port

HOST = "127.0.0.1"
FIRST_EMAIL = "beheer@localhost"


class Command(BaseCommand):
    help = "Maakt alles klaar en draait het portaal met zijn achtergrondwerk, tot Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not 1 <= port <= 65535:
            raise CommandError(f"{port} is geen poort; kies een getal van 1024 tot en met 65535.")
        self.require_port(port)
        try:
            with held(RUNNING, shared=True):
                with held(PREPARING, wait=True):
                    password = self.prepare()
                connections.close_all()
                self.run(port, password)
        except Occupied as error:
            raise CommandError(
                "Er wordt net een back-up teruggezet in deze gegevensmap; wacht tot dat klaar is."
            ) from error

    def require_port(self, port: int) -> None:
        try:
            require_free_port(HOST, port)
        except PortTaken as error:
            other = 8123 if port != 8123 else 8124
            raise CommandError(
                f"Poort {port} is bezet of mag niet; kies een andere, bijvoorbeeld: PORT={other} make run"
            ) from error

    def prepare(self) -> str | None:
        """Everything that must be there; returns the first administrator's password where one was made now."""
        try:
            prepare(self.say)
            if first_administrator_email() is not None:
                return None
            password = settings.FIRST_ADMIN_PASSWORD or generate_password()
            create_first_administrator(settings.FIRST_ADMIN_EMAIL or FIRST_EMAIL, password)
            return password
        except DatabaseError as error:
            raise CommandError(
                f"De database werkt niet ({error}). Controleer DATABASE_URL en de gegevensmap {settings.DATA_DIR}, "
                "of zet een back-up terug met: manage.py restore"
            ) from error

    def run(self, port: int, password: str | None) -> None:
        base = f"http://{HOST}:{port}"
        with metrics_directory(settings.DATA_DIR) as metrics:
            supervisor = Supervisor({**os.environ, **self.child_environment(metrics)})
            supervisor.listen_for_signals()
            config = "python:portal.operations.gunicorn_config"
            supervisor.start("web", "--config", config, "--bind", f"{HOST}:{port}", "portal.wsgi")
            supervisor.start("worker")
            try:
                if supervisor.wait_until_answering(f"{base}/healthz"):
                    self.welcome(base, password)
                ended = supervisor.wait()
            finally:
                supervisor.stop()
        if ended is not None:
            raise CommandError(
                f"Het onderdeel '{ended}' is gestopt; daarom stopt alles. De oorzaak staat hierboven."
            )
        self.say("Gestopt.")

    def child_environment(self, metrics: str) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "PROMETHEUS_MULTIPROC_DIR": metrics,
        }

    def welcome(self, base: str, password: str | None) -> None:
        email = first_administrator_email()
        connections.close_all()
        self.say("")
        self.say(f"  Portaal    {base}/")
        self.say(f"  Beheer     {base}{settings.STAFF_ADMIN_PREFIX}")
        if password is None:
            self.say(f"             inloggen als {email}; wachtwoord kwijt: manage.py changepassword {email}")
        else:
            self.say(f"             inloggen als {email} met wachtwoord {password}")
            self.say("             Bewaar het: het wordt maar één keer getoond.")
        if mails := getattr(settings, "EMAIL_FILE_PATH", None):
            self.say(f"  Mail       elke mail wordt een bestand in {mails}")
        if "load_demo" in get_commands():  # never in production
            self.say("  Proberen   een verzonnen gemeenschap laden, in een ander venster: make demo")
        if current_mode() is not Mode.OPEN:
            self.say("  Let op     het portaal is in onderhoud; openen: manage.py maintenance open")
        self.say("  Stoppen    Ctrl-C")
        self.say("")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def metrics_directory(data_dir: Path) -> Iterator[str]:
    """Where the processes of this portal add up their counts; those of portals that were killed are cleared away."""
    for path in data_dir.glob("metrics-*"):
        if not is_alive(path.name.removeprefix("metrics-")):
            shutil.rmtree(path, ignore_errors=True)
    own = data_dir / f"metrics-{os.getpid()}"
    own.mkdir(exist_ok=True)
    try:
        yield str(own)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
