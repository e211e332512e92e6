"""Companies that come and go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from network.ecosystems.rules import can_manage, runs_organisation
from network.ecosystems.services.refusals import NotAllowed, Refused
from portal.accounts.models import User
from portal.organisations.models import Organisation


@transaction.atomic
def admit_company(ecosystem: Ecosystem, *, organisation: Organisation, by: User) -> CompanyMembership:
    """The company belongs from now on; the same row where it did already. Raises NotAllowed, Refused."""
    if not can_manage(by, ecosystem):
        raise NotAllowed
    if ecosystem.is_group:
        raise Refused(_("Een bedrijf wordt lid van het ecosysteem, niet van een werkgroep."))
    if ecosystem.closed_at is not None:
        raise Refused(_("Dit ecosysteem is gesloten."))
    row, _is_new = CompanyMembership.objects.get_or_create(
        ecosystem=ecosystem, organisation=organisation, ended_at=None
    )
    return row


@transaction.atomic
def end_company(membership: CompanyMembership, *, by: User) -> None:
    """The company leaves, and its people with it. By a manager of the ecosystem or of the company. Raises NotAllowed."""
    if not (can_manage(by, membership.ecosystem) or runs_organisation(by, membership.organisation)):
        raise NotAllowed
    now = timezone.now()
    CompanyMembership.objects.current().filter(pk=membership.pk).update(ended_at=now)
    Participation.objects.filter(company=membership, ended_at=None).update(ended_at=now)
    membership.refresh_from_db(fields=["ended_at"])
