"""Of rooms below, of Django, Wagtail and allauth, and of this room."""

from portal.privacy.below import accounts, mail, own, wagtail

__all__ = ["accounts", "mail", "own", "wagtail"]
