"""What happens here when two organisations become one."""

from __future__ import annotations

from django.utils import timezone

from network.ecosystems.models import CompanyMembership, Participation
from portal.organisations.merging import register
from portal.organisations.models import Organisation

register("ecosystems.Ecosystem.organisation")


def move_memberships(old: Organisation, new: Organisation) -> None:
    """Where both belong, the older row ends and its people go on through the one that stays."""
    staying = {row.ecosystem_id: row for row in CompanyMembership.objects.current().filter(organisation=new)}
    for row in CompanyMembership.objects.filter(organisation=old):
        kept = staying.get(row.ecosystem_id)
        if row.ended_at is None and kept is not None:
            Participation.objects.filter(company=row).update(company=kept)
            row.ended_at = max(timezone.now(), row.started_at)
        row.organisation = new
        row.save(update_fields=["organisation", "ended_at"])


register("ecosystems.CompanyMembership.organisation", move_memberships)
