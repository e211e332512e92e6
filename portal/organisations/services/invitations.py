"""Inviting people by mail, and what becomes of an invitation."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.joining.services import (
    Invited,
    digest_of,
    mark_accepted,
    refuse_crowd,
    refuse_gone,
    refuse_other_address,
    sort_out,
    withdraw_unanswered,
    write_invitation,
)
from portal.organisations import rules
from portal.organisations.letters import address_of, send_letter
from portal.organisations.models import Invitation, Membership, Organisation
from portal.organisations.services.people import close_requests
from portal.organisations.services.refusals import InvitationUnknown, Refused
from portal.organisations.services.standing import (
    Kind,
    locked,
    locked_standing,
    membership_of,
    record,
    require_allowed,
)

Role = Membership.Role


@transaction.atomic
def invite_people(
    organisation: Organisation,
    *,
    addresses: Collection[str],
    by: User,
    role: str = Role.MEMBER,
    guest_until: datetime.date | None = None,
) -> Invited:
    """Mail everybody a link of their own. Who was invited before or belongs to it gets none."""
    row = locked_standing(organisation)
    require_allowed(rules.can_invite(membership_of(by, row)))
    limits = rules.invitation_limits(row)
    refuse_crowd(addresses, limits)
    if guest_until is not None and role == Role.MANAGER:
        raise Refused(_("Een beheerder heeft geen einddatum."))
    if guest_until is not None and guest_until < timezone.localdate():
        raise Refused(_("Die datum is al voorbij."))
    now = timezone.now()
    invited = sort_out(
        Invitation.objects.filter(organisation=row),
        addresses=addresses,
        members=_members_among(row, addresses),
        by=by,
        limits=limits,
        at=now,
    )
    for address in invited.sent:
        _send(row, address, by=by, role=role, guest_until=guest_until, at=now)
    return invited


def _members_among(organisation: Organisation, addresses: Collection[str]) -> QuerySet[Any]:
    wanted = [address.lower() for address in addresses]
    rows = Membership.objects.filter(organisation=organisation).current(timezone.localdate())
    return rows.filter(user__email__in=wanted).values_list("user__email", flat=True)


def _send(
    organisation: Organisation,
    address: str,
    *,
    by: User,
    role: str,
    guest_until: datetime.date | None,
    at: datetime.datetime,
) -> None:
    invitation, token = write_invitation(
        Invitation, email=address, by=by, at=at, organisation=organisation, role=role, guest_until=guest_until
    )
    record(organisation, Kind.INVITED, actor=by, text=str(invitation.get_role_display()))
    send_letter(
        "invitation",
        to=address,
        organisation=organisation,
        key=f"invitation:{invitation.pk}",
        is_secret=True,
        inviter=by.name,
        role=invitation.get_role_display(),
        guest_until=guest_until,
        expires_on=timezone.localdate(invitation.expires_at),
        url=address_of("invitation", token),
    )


def find_invitation(token: str, *, at: datetime.datetime | None = None) -> Invitation:
    """The open invitation of this token. Raises InvitationUnknown or InvitationGone."""
    found = Invitation.objects.select_related("organisation").filter(token_digest=digest_of(token)).first()
    if found is None:
        raise InvitationUnknown
    refuse_gone(found, at or timezone.now())
    return found


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> Membership:
    """Join by an invitation to one's own verified address. Accepting the same twice joins once."""
    known = Invitation.objects.filter(token_digest=digest_of(token)).select_related("organisation").first()
    if known is None:
        raise InvitationUnknown
    organisation = locked_standing(known.organisation)
    invitation = Invitation.objects.get(pk=known.pk)
    if invitation.accepted_by_id == by.pk:
        member = membership_of(by, organisation)
        if member is not None:
            return member
    refuse_gone(invitation, timezone.now())
    refuse_other_address(invitation, by)
    member = _join(organisation, invitation, by)
    mark_accepted(invitation, by=by, at=timezone.now())
    return member


def _join(organisation: Organisation, invitation: Invitation, by: User) -> Membership:
    """A new membership; who belongs to it already keeps the higher role, who did once begins anew."""
    member = Membership.objects.filter(organisation=organisation, user=by).first()
    if member is None:
        member = Membership.objects.create(
            organisation=organisation, user=by, role=invitation.role, ends_on=invitation.guest_until
        )
    elif rules.is_current(member.ends_on, timezone.localdate()):
        member.role = rules.higher_role(member.role, invitation.role)
        is_guest = member.ends_on is not None and invitation.guest_until is not None
        member.ends_on = max(member.ends_on, invitation.guest_until) if is_guest else None  # type: ignore[type-var]
        member.save(update_fields=["role", "ends_on"])
    else:
        member.role, member.ends_on = invitation.role, invitation.guest_until
        member.started_at, member.is_listed, member.is_contact = timezone.now(), False, False
        member.save(update_fields=["role", "ends_on", "started_at", "is_listed", "is_contact"])
    close_requests(organisation, by)
    record(organisation, Kind.JOINED, actor=by, subject=by, text=str(member.get_role_display()))
    bump_generation()
    return member


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> bool:
    """False where it was answered or withdrawn before."""
    organisation = locked(invitation.organisation)
    require_allowed(rules.can_invite(membership_of(by, organisation)))
    if not withdraw_unanswered(invitation):
        return False
    record(organisation, Kind.INVITATION_WITHDRAWN, actor=by)
    return True
