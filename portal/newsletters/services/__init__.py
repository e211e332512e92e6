"""Who wants the newsletter, and sending it."""

from portal.newsletters.services.sending import (
    SEND_JOB,
    lay_ready,
    progress_of,
    send_test,
    start_sending,
)
from portal.newsletters.services.subscribing import (
    CONSENT_VERSION,
    change_choice,
    confirm,
    forget_unconfirmed,
    request_subscription,
    subscribe_member,
    unsubscribe,
    unsubscribe_member,
)

__all__ = [
    "CONSENT_VERSION",
    "SEND_JOB",
    "change_choice",
    "confirm",
    "forget_unconfirmed",
    "lay_ready",
    "progress_of",
    "request_subscription",
    "send_test",
    "start_sending",
    "subscribe_member",
    "unsubscribe",
    "unsubscribe_member",
]
