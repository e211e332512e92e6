"""What of this room moves along when an organisation goes into another one."""

from __future__ import annotations

from django.utils import timezone

from portal.organisations import rules
from portal.organisations.merging import register
from portal.organisations.models import (
    EmailDomain,
    Establishment,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationEvent,
)


def move_memberships(old: Organisation, new: Organisation) -> None:
    """Who belongs to both keeps the higher role of those that are in force, and is shown only where both said so."""
    known = {row.user_id: row for row in Membership.objects.filter(organisation=new)}
    for row in Membership.objects.filter(organisation=old):
        other = known.get(row.user_id)
        if other is None:
            Membership.objects.filter(pk=row.pk).update(organisation=new)
            continue
        join(row, other)
        row.delete()
        other.save()


def join(gone: Membership, kept: Membership) -> None:
    """Put into `kept` what a person had in both."""
    today = timezone.localdate()
    one, other = rules.is_current(gone.ends_on, today), rules.is_current(kept.ends_on, today)
    if one and other:
        kept.role = rules.higher_role(gone.role, kept.role)
        ends = [gone.ends_on, kept.ends_on]
        kept.ends_on = None if None in ends else max(end for end in ends if end is not None)
        kept.is_contact = gone.is_contact or kept.is_contact
    elif one:
        kept.role, kept.ends_on, kept.is_contact = gone.role, gone.ends_on, gone.is_contact
    kept.is_listed = gone.is_listed and kept.is_listed
    kept.started_at = min(gone.started_at, kept.started_at)


def move_establishments(old: Organisation, new: Organisation) -> None:
    """There is one main establishment: that of the one that stays."""
    rows = Establishment.objects.filter(organisation=old)
    if Establishment.objects.filter(organisation=new, is_main=True).exists():
        rows.filter(is_main=True).update(is_main=False)
    rows.update(organisation=new)


def move_domains(old: Organisation, new: Organisation) -> None:
    """Of one that both have the confirmed one stays."""
    for row in EmailDomain.objects.filter(organisation=old):
        same = EmailDomain.objects.filter(organisation=new, domain=row.domain)
        if same.exists() and row.confirmed_at is None:
            row.delete()
        else:
            same.delete()
            EmailDomain.objects.filter(pk=row.pk).update(organisation=new)


def move_invitations(old: Organisation, new: Organisation) -> None:
    """One that is open stays open, and its link leads to the one that stays."""
    now, rows = timezone.now(), Invitation.objects.filter(organisation=old)
    twice = Invitation.objects.filter(organisation=new).unanswered().values("email")
    rows.unanswered().filter(email__in=list(twice.values_list("email", flat=True))).update(withdrawn_at=now)
    rows.update(organisation=new)


def move_requests(old: Organisation, new: Organisation) -> None:
    """Who asks both asks once; who belongs to it by now asks no more."""
    rows, others = JoinRequest.objects.filter(organisation=old), JoinRequest.objects.filter(organisation=new)
    members = list(
        Membership.objects.filter(organisation__in=[old, new])
        .current(timezone.localdate())
        .values_list("user", flat=True)
    )
    gone = {"outcome": JoinRequest.Outcome.WITHDRAWN, "decided_at": timezone.now()}
    rows.open().filter(user__in=list(others.open().values_list("user", flat=True))).update(**gone)
    rows.update(organisation=new)
    others.open().filter(user__in=members).update(**gone)


def move_log(old: Organisation, new: Organisation) -> None:
    OrganisationEvent.objects.filter(organisation=old).carry_over(new)


def move_subsidiaries(old: Organisation, new: Organisation) -> None:
    """What fell under the one that goes falls under the one that stays; the service saw to it that this is no circle."""
    for subsidiary in Organisation.objects.filter(parent=old).exclude(pk=new.pk):
        subsidiary.parent = new
        subsidiary.save(update_fields=["parent"])


register("organisations.Membership.organisation", move_memberships)
register("organisations.Establishment.organisation", move_establishments)
register("organisations.EmailDomain.organisation", move_domains)
register("organisations.Invitation.organisation", move_invitations)
register("organisations.JoinRequest.organisation", move_requests)
register("organisations.OrganisationEvent.organisation", move_log)
register("organisations.Organisation.parent", move_subsidiaries)
# Addresses of those that went into the one that goes now lead straight to the one that stays.
register("organisations.Organisation.merged_into")
