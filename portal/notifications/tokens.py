"""The signed words in mail: in "geen mail meer" whose mail, of which kind; in a link to what happened which
notification. They never expire: mail lies in a box for years."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

SALT = "portal.notifications.unsubscribe"


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """`kind` empty: all mail."""

    user_id: int
    kind: str = ""


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")  # a point needs no escaping in an address


def write_token(wish: Unsubscription) -> str:
    return _signer().sign_object([wish.user_id, wish.kind])


def read_token(token: str) -> Unsubscription | None:
    """None for what this portal didn't sign."""
    try:
        user_id, kind = _signer().unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return Unsubscription(user_id, kind)


def _opener() -> Signer:
    return Signer(salt="portal.notifications.open", sep=".")


def write_opening(notification_id: int) -> str:
    """For a link in the mail of who was told: it leads there also for who isn't signed in."""
    return _opener().sign(str(notification_id))


def read_opening(token: str) -> int | None:
    """None for what this portal didn't sign."""
    try:
        return int(_opener().unsign(token))
    except (BadSignature, ValueError):
        return None
