"""Mail about organisations: one text file a letter, whose first line is the subject."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from portal.mail.letters import queue_letter
from portal.organisations.models import Organisation


def send_letter(
    name: str, *, to: str, organisation: Organisation, key: str = "", is_secret: bool = False, **facts: Any
) -> None:
    """Lay `organisations/mail/<name>.txt` ready for `to`, within the transaction of what it tells."""
    queue_letter(
        f"organisations/mail/{name}.txt",
        to=to,
        kind=f"organisation-{name}",
        key=key,
        is_secret=is_secret,
        organisation=organisation,
        **facts,
    )


def address_of(view: str, *arguments: Any) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.BASE_URL + reverse(f"organisations:{view}", args=arguments)
