"""What people may ask of the portal about what it knows of them."""

from portal.privacy.services.consents import (
    Agreed,
    accept_terms,
    actor_number,
    consents_of,
    has_consent,
    record_consent,
    terms_are_due,
    withdraw_terms,
)
from portal.privacy.services.erasing import (
    NotAllErasedError,
    ask_erasure,
    ask_erasure_now,
    erase_account,
    erase_again,
    erase_due,
    erase_inactive,
    take_back_erasure,
)
from portal.privacy.services.retention import forget_old, warn_inactive
from portal.privacy.services.takeaways import Refused, ask_takeaway, make_waiting

__all__ = [
    "Agreed",
    "NotAllErasedError",
    "Refused",
    "accept_terms",
    "actor_number",
    "ask_erasure",
    "ask_erasure_now",
    "ask_takeaway",
    "consents_of",
    "erase_account",
    "erase_again",
    "erase_due",
    "erase_inactive",
    "forget_old",
    "has_consent",
    "make_waiting",
    "record_consent",
    "take_back_erasure",
    "terms_are_due",
    "warn_inactive",
    "withdraw_terms",
]
