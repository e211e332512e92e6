"""The signed word in "geen mail meer": whose mail, of which kind. It never expires: mail lies in a box for years."""

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
