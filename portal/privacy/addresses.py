"""By what a person is known in texts: addresses and name."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from portal.accounts.models import User


def addresses_of(user: User) -> list[str]:
    """All of them, in small letters as the portal keeps them."""
    listed = EmailAddress.objects.filter(user_id=user.pk).values_list("email", flat=True)
    return sorted({user.email.lower(), *(address.lower() for address in listed)})
