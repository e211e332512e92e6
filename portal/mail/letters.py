"""Texts of mail, from templates: the one place that escapes nothing, since what reads plain text reads no markup."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template import Context, engines

from portal.mail.services import queue_mail


def as_plain_text(template_name: str, facts: dict[str, Any]) -> str:
    """The template filled in, without the escaping that pages need."""
    template = engines["django"].engine.get_template(template_name)  # type: ignore[attr-defined]  # as Django's own backend has
    return str(template.render(Context({"site_name": settings.SITE_NAME, **facts}, autoescape=False)))


def queue_letter(
    template_name: str, *, to: str, kind: str, key: str = "", is_secret: bool = False, **facts: Any
) -> None:
    """Lay the letter ready for `to` in the caller's transaction; the template's first line is the subject.

    `kind`, `key`, `is_secret`: as `queue_mail` takes them.
    """
    subject, _line, text = as_plain_text(template_name, facts).strip().partition("\n")
    queue_mail(to=to, subject=subject, text=text.strip() + "\n", kind=kind, key=key, is_secret=is_secret)


def whole_address(path: str) -> str:
    """An address as a mail needs it: our own paths with the portal's host, whatever host was asked."""
    return settings.BASE_URL + path if path.startswith("/") else path
