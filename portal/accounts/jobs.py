"""What the worker tidies of accounts."""

from __future__ import annotations

from django.utils import timezone

from portal.accounts.services import forget_ended_sessions, forget_unconfirmed
from portal.background.registry import job


# After the sessions themselves went (background.forget-old-sessions).
@job(name="accounts.forget-ended-sessions", at="03:55")
def ended_sessions() -> None:
    forget_ended_sessions(timezone.now())


@job(name="accounts.forget-unconfirmed", at="03:58")
def unconfirmed() -> None:
    forget_unconfirmed(timezone.now())
