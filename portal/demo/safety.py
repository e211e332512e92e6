"""Fictional people never stand in a portal that others visit."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

OWN_MACHINE = ("localhost", "127.0.0.1", "::1", "testserver")


class NotHere(Exception):
    """This portal is or may be public; the message says so."""


def is_own_machine() -> bool:
    """The portal answers on this machine alone, and not with production's cookies."""
    return not settings.SESSION_COOKIE_SECURE and urlsplit(settings.BASE_URL).hostname in OWN_MACHINE


def refuse_elsewhere() -> None:
    """Raises NotHere."""
    if not is_own_machine():
        raise NotHere(
            _(
                "Verzonnen mensen horen alleen op je eigen computer. Dit portaal staat op %(url)s; ik laad niets."
            )
            % {"url": settings.BASE_URL}
        )
