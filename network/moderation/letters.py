"""Mail about moderation: one text file a letter, whose first line is the subject. No letter names who reported."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from portal.mail.letters import queue_letter


def send_letter(name: str, *, to: str, key: str = "", **facts: Any) -> None:
    """Lay `moderation/mail/<name>.txt` ready for `to`, in the transaction of what it tells; none without address."""
    if not to:
        return
    queue_letter(
        f"moderation/mail/{name}.txt",
        to=to,
        kind=f"moderation-{name}",
        key=f"moderation-{name}:{key}" if key else "",
        rules_url=address_of("rules"),
        **facts,
    )


def address_of(view: str, *arguments: Any) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.BASE_URL + reverse(f"moderation:{view}", args=arguments)
