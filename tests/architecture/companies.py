"""The organisations of the authorisation matrix: the member's own, somebody else's, and one that nobody may know of."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.organisations.models import EmailDomain, Establishment, JoinRequest, Membership, Organisation
from portal.organisations.services import Details, found_organisation, invite_people

OWN, OTHER, HIDDEN = "eigen-bedrijf", "ander-bedrijf", "verborgen-bedrijf"


def name_companies() -> dict[str, Any]:
    """One of everything in the member's own organisation and in another's, by the names of the matrix."""
    names: dict[str, Any] = {"own_company": OWN, "other_company": OTHER, "hidden_company": HIDDEN}
    for prefix, slug in (("own", OWN), ("other", OTHER), ("hidden", HIDDEN)):
        boss = User.objects.create_user(f"baas-{prefix}@bedrijf.example")
        organisation = found_organisation(Details(name=slug.replace("-", " ").title()), by=boss)
        assert organisation.slug == slug
        names |= {f"{prefix}_{key}": value for key, value in furnish(organisation, boss, prefix).items()}
    Organisation.objects.filter(slug=OTHER).update(verified_at=timezone.now())
    return names


def furnish(organisation: Organisation, boss: User, prefix: str) -> dict[str, Any]:
    colleague = User.objects.create_user(f"collega-{prefix}@bedrijf.example")
    asker = User.objects.create_user(f"vrager-{prefix}@bedrijf.example")
    address = f"gast-{prefix}@bedrijf.example"
    invite_people(organisation, addresses=[address], by=boss)
    token = re.search(r"/uitnodiging/([^/]+)/", Mail.objects.get(to=address).text)
    assert token is not None
    return {
        "person": Membership.objects.create(organisation=organisation, user=colleague).pk,
        "leaver": Membership.objects.create(
            organisation=organisation,
            user=asker,
            ends_on=timezone.localdate() - timedelta(days=1),
        ).pk,
        "request": JoinRequest.objects.create(organisation=organisation, user=asker).pk,
        "place": Establishment.objects.create(organisation=organisation, name="Hal", place="Zwolle").pk,
        "domain": EmailDomain.objects.create(organisation=organisation, domain="bedrijf.example").pk,
        "invitation": organisation.invitations.get().pk,
        "token": token[1],
    }


def join_own(user: User) -> None:
    """The member manages a company of their own, where there is one."""
    own = Organisation.objects.filter(slug=OWN).first()
    if own is not None:
        Membership.objects.create(organisation=own, user=user, role=Membership.Role.MANAGER)
