"""Mails of accounts as texts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string


def written(prefix: str, email: str, context: dict[str, Any] | None = None) -> tuple[str, str]:
    """Subject and text of the templates `<prefix>_subject.txt` and `<prefix>_message.txt`.

    With the portal's own address, whatever host was asked.
    """
    about = {
        "email": email,
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
        **(context or {}),
    }
    subject = render_to_string(f"{prefix}_subject.txt", about)
    text = render_to_string(f"{prefix}_message.txt", about)
    return " ".join(subject.split()), text.strip() + "\n"
