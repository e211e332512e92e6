"""Mail about ecosystems: one text file a letter, whose first line is the subject."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from network.ecosystems.models import Ecosystem
from portal.mail.letters import queue_letter


def send_letter(
    name: str, *, to: str, ecosystem: Ecosystem, key: str = "", is_secret: bool = False, **facts: Any
) -> None:
    """Lay `ecosystems/mail/<name>.txt` ready for `to`, within the transaction of what it tells."""
    queue_letter(
        f"ecosystems/mail/{name}.txt",
        to=to,
        kind=f"ecosystem-{name}",
        key=f"ecosystem-{name}:{key}" if key else "",
        is_secret=is_secret,
        ecosystem=ecosystem,
        **facts,
    )


def address_of(view: str, *arguments: Any) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.BASE_URL + reverse(f"ecosystems:{view}", args=arguments)
