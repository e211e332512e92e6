"""What people may ask of the portal about what it knows of them."""

from portal.privacy.services.consents import Agreed, actor_number, consents_of, has_consent, record_consent

__all__ = [
    "Agreed",
    "actor_number",
    "consents_of",
    "has_consent",
    "record_consent",
]
