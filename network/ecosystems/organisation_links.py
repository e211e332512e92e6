"""What happens here when two organisations become one."""

from __future__ import annotations

from django.utils import timezone

from network.ecosystems.models import CompanyMembership, Ecosystem, JoinRequest, Participation
from portal.organisations.merging import register
from portal.organisations.models import Organisation


def move_ecosystems(old: Organisation, new: Organisation) -> None:
    """One by one, so that whoever listens hears it: search names the organisation."""
    for row in Ecosystem.objects.filter(organisation=old):
        row.organisation = new
        row.save(update_fields=["organisation"])


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


def move_requests(old: Organisation, new: Organisation) -> None:
    """Where both companies ask to belong, the one that stays asks once."""
    asked = JoinRequest.objects.open().filter(organisation=new, for_company=True).values("ecosystem")
    twice = JoinRequest.objects.open().filter(organisation=old, for_company=True, ecosystem__in=asked)
    pks = list(twice.values_list("pk", flat=True))
    JoinRequest.objects.filter(pk__in=pks).update(
        outcome=JoinRequest.Outcome.WITHDRAWN, decided_at=timezone.now()
    )
    JoinRequest.objects.filter(organisation=old).update(organisation=new)


register("ecosystems.Ecosystem.organisation", move_ecosystems)
register("ecosystems.CompanyMembership.organisation", move_memberships)
register("ecosystems.JoinRequest.organisation", move_requests)
