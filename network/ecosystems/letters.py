"""Mail about ecosystems: one text file a letter, whose first line is the subject."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from network.ecosystems.models import Ecosystem
from portal.mail.services import queue_mail


def send_letter(
    name: str, *, to: str, ecosystem: Ecosystem, key: str = "", is_secret: bool = False, **facts: Any
) -> None:
    """Lay `ecosystems/mail/<name>.txt` ready for `to`, within the transaction of what it tells."""
    context = {"ecosystem": ecosystem, "site_name": settings.SITE_NAME, **facts}
    subject, _line, text = render_to_string(f"ecosystems/mail/{name}.txt", context).strip().partition("\n")
    queue_mail(
        to=to,
        subject=subject,
        text=text.strip() + "\n",
        kind=f"ecosystem-{name}",
        key=f"ecosystem-{name}:{key}" if key else "",
        is_secret=is_secret,
    )


def address_of(view: str, *arguments: Any) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.BASE_URL + reverse(f"ecosystems:{view}", args=arguments)
