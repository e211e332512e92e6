"""The ecosystems of the authorisation matrix, and who takes part there."""

from __future__ import annotations

from typing import Any

from network.ecosystems.models import (
    CompanyMembership,
    Ecosystem,
    EcosystemInvitation,
    JoinRequest,
    Participation,
)
from network.ecosystems.services import (
    Details,
    admit_company,
    change_details,
    found_ecosystem,
    invite_people,
    set_role,
    take_part,
)
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation


def name_ecosystems() -> dict[str, Any]:
    """One that members know of, one that is hidden, one to leave, and one with a manager of its own."""
    host = User.objects.create_user("gastheer@portaal.example")
    organisation = Organisation.objects.create(name="Stroomhuis", slug="stroomhuis")
    Membership.objects.create(organisation=organisation, user=host, role="manager")
    made = {}
    for name in ("kring", "stil", "vertrek", "eigen"):
        made[name] = found_ecosystem(organisation=organisation, name=name, by=host)
        admit_company(made[name], organisation=organisation, by=host)
    change_details(
        made["stil"],
        details=Details(name="stil", visibility="hidden", joining="invitation"),
        by=host,
    )
    take_part(made["eigen"], user=host, by=host)
    someone = User.objects.create_user("iemand@portaal.example")
    Membership.objects.create(organisation=organisation, user=someone)
    asked = JoinRequest.objects.create(ecosystem=made["eigen"], user=someone, organisation=organisation)
    invite_people(made["eigen"], addresses=["jo@elders.example"], by=host)
    return {
        "request": asked.pk,
        "invitation": EcosystemInvitation.objects.get().pk,
        "participation": Participation.objects.get(user=host).pk,
        "belonging": CompanyMembership.objects.get(ecosystem=made["eigen"], organisation=organisation).pk,
    }


def let_into_ecosystems(user: User) -> None:
    """Where there are any: a participant of each, and manager of one."""
    company = Organisation.objects.create(name="Deelnemer BV", slug="deelnemer-bv")
    Membership.objects.create(organisation=company, user=user)
    for ecosystem in Ecosystem.objects.select_related("organisation"):
        host = ecosystem.organisation.memberships.get(role="manager").user
        admit_company(ecosystem, organisation=company, by=host)
        row = take_part(ecosystem, user=user, by=host)
        if ecosystem.name == "eigen":
            set_role(row, role="manager", by=host)
