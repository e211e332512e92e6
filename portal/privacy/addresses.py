"""By what a person is known in texts: addresses and name."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from portal.accounts.models import User


def addresses_of(user: User) -> list[str]:
    """Of the account, and those that they proved to be theirs, in small letters as the portal keeps them.

    Anybody may type another's address: what nobody proved is no reason to hand out or to wipe what was sent there.
    """
    listed = EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list("email", flat=True)
    return sorted({user.email.lower(), *(address.lower() for address in listed)})
