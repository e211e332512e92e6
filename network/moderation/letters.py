"""Mail about moderation: one text file a letter, whose first line is the subject. No letter names who reported."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from portal.mail.services import queue_mail


def send_letter(name: str, *, to: str, key: str = "", **facts: Any) -> None:
    """Lay `moderation/mail/<name>.txt` ready for `to`, in the transaction of what it tells; none without address."""
    if not to:
        return
    context = {"site_name": settings.SITE_NAME, "rules_url": address_of("rules"), **facts}
    subject, _line, text = render_to_string(f"moderation/mail/{name}.txt", context).strip().partition("\n")
    queue_mail(
        to=to,
        subject=subject,
        text=text.strip() + "\n",
        kind=f"moderation-{name}",
        key=f"moderation-{name}:{key}" if key else "",
    )


def address_of(view: str, *arguments: Any) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.BASE_URL + reverse(f"moderation:{view}", args=arguments)
