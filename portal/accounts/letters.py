"""Mails of accounts as texts."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from portal.mail.letters import as_plain_text


def written(prefix: str, email: str, context: dict[str, Any] | None = None) -> tuple[str, str]:
    """Subject and text of the templates `<prefix>_subject.txt` and `<prefix>_message.txt`.

    With the portal's own address, whatever host was asked.
    """
    about = {
        "email": email,
        "base_url": settings.BASE_URL,
        **(context or {}),
    }
    subject = as_plain_text(f"{prefix}_subject.txt", about)
    text = as_plain_text(f"{prefix}_message.txt", about)
    return " ".join(subject.split()), text.strip() + "\n"
