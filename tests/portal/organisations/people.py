"""People and organisations for the tests of this room, made as the portal makes them."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.organisations.models import Membership, Organisation
from portal.organisations.services import Details, found_organisation

MANAGER, EDITOR, MEMBER = "manager", "editor", "member"
_numbers = count(1)


def make_person(name: str = "", email: str = "", *, is_verified: bool = True, **fields: Any) -> User:
    """Somebody with an account, and an address that they proved to be theirs."""
    email = email or f"persoon{next(_numbers)}@bedrijf.example"
    user = User.objects.create_user(email, name=name or email.split("@")[0].capitalize(), **fields)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": is_verified, "primary": True}
    )
    return user


def make_staff(**fields: Any) -> User:
    return User.objects.create_superuser(f"baas{next(_numbers)}@portaal.example", name="Baas", **fields)


def make_organisation(name: str = "", *, by: User | None = None, is_public: bool = True) -> Organisation:
    """Founded by somebody; verified unless told otherwise."""
    manager = by or make_person()
    found = found_organisation(Details(name=name or f"Bedrijf {next(_numbers)}"), by=manager)
    if is_public:
        Organisation.objects.filter(pk=found.pk).update(verified_at=timezone.now())
        found.refresh_from_db()
    return found


def join(
    organisation: Organisation, user: User | None = None, role: str = MEMBER, **fields: Any
) -> Membership:
    return Membership.objects.create(
        organisation=organisation, user=user or make_person(), role=role, **fields
    )


def membership(organisation: Organisation, user: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=user)


def browser_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def mails(to: str = "", kind: str = "") -> list[Mail]:
    rows = Mail.objects.order_by("pk")
    rows = rows.filter(to=to) if to else rows
    return list(rows.filter(kind=kind) if kind else rows)


def token_for(address: str) -> str:
    """As it stands in the last invitation that was mailed there."""
    text = mails(address, "organisation-invitation")[-1].text
    found = re.search(r"/uitnodiging/([^/\s]+)/", text)
    assert found is not None, text
    return found[1]


def log_of(organisation: Organisation) -> list[str]:
    return list(organisation.events.order_by("at", "pk").values_list("kind", flat=True))
