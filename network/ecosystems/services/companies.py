"""Companies that come and go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from network.ecosystems.rules import can_manage, runs_organisation
from network.ecosystems.services.refusals import Closed, Refused
from network.ecosystems.services.standing import locked, require_allowed
from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.organisations.models import Organisation


@transaction.atomic
def admit_company(ecosystem: Ecosystem, *, organisation: Organisation, by: User) -> CompanyMembership:
    """The company belongs from now on; the same row where it did already. Raises NotAllowed, Refused."""
    row = locked(ecosystem)
    require_allowed(can_manage(by, row))
    return admitted(row, organisation)


def admitted(ecosystem: Ecosystem, organisation: Organisation) -> CompanyMembership:
    """The same for who was found to be allowed; the ecosystem's row is locked."""
    if ecosystem.is_group:
        raise Refused(_("Een bedrijf wordt lid van het ecosysteem, niet van een werkgroep."))
    if ecosystem.closed_at is not None:
        raise Closed
    if organisation.merged_into_id is not None:
        raise Refused(_("Dit bedrijf is opgegaan in een ander."))
    row, _is_new = CompanyMembership.objects.get_or_create(
        ecosystem=ecosystem, organisation=organisation, ended_at=None
    )
    bump_generation()
    return row


def belongs(ecosystem: Ecosystem, organisation: Organisation) -> bool:
    return CompanyMembership.objects.current().filter(ecosystem=ecosystem, organisation=organisation).exists()


def bring_company(ecosystem: Ecosystem, organisation: Organisation | None, by: User) -> None:
    """A manager of the company lets it belong where the ecosystem would have it. Raises Refused for who isn't one."""
    if ecosystem.is_group or organisation is None or belongs(ecosystem, organisation):
        return
    if not runs_organisation(by, organisation):
        raise Refused(
            _("%(name)s is nog geen lid. Vraag een beheerder van je bedrijf om het aan te melden.")
            % {"name": organisation.name}
        )
    admitted(ecosystem, organisation)


@transaction.atomic
def end_company(membership: CompanyMembership, *, by: User) -> bool:
    """The company leaves, and its people with it. By a manager of the ecosystem or of the company.

    False where it had left before. Raises NotAllowed.
    """
    ecosystem = locked(membership.ecosystem)
    require_allowed(can_manage(by, ecosystem) or runs_organisation(by, membership.organisation))
    now = timezone.now()
    ended = CompanyMembership.objects.current().filter(pk=membership.pk).update(ended_at=now)
    Participation.objects.filter(company=membership, ended_at=None).update(ended_at=now)
    membership.refresh_from_db(fields=["ended_at"])
    bump_generation()
    return bool(ended)
