"""Codes of an authenticator app, each good for one time (RFC 6238, section 5.2).

allauth remembers a used code in the cache, for thirty seconds; with clocks that may differ a code is good for ninety.
So the step of the last used code stands with the secret itself, and only a later one is taken.
"""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_STEP = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """The step of time that `code` belongs to, of those that are taken now."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None


@transaction.atomic
def use_code(authenticator: Authenticator, code: str) -> bool:
    """Take `code` for the one time that it is good; two requests at once never get both in."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, 0):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True
