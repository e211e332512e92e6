"""Inviting people by mail, and what becomes of an invitation."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.organisations import rules
from portal.organisations.addresses import mask, verified_addresses
from portal.organisations.letters import address_of, send_letter
from portal.organisations.models import INVITATION_DAYS, Invitation, Membership, Organisation
from portal.organisations.services.people import close_requests
from portal.organisations.services.refusals import InvitationGone, InvitationUnknown, Refused, WrongAddress
from portal.organisations.services.standing import (
    Kind,
    locked,
    locked_standing,
    membership_of,
    record,
    require_allowed,
)

Role = Membership.Role


@dataclass(frozen=True, slots=True)
class Invited:
    """Which addresses got a mail now, which had one that still holds, and which are of people who belong to it."""

    sent: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


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
    now = timezone.now()
    wanted = list(dict.fromkeys(address.lower() for address in addresses))
    _refuse_odd(wanted, role, guest_until)
    members = _members_among(row, wanted)
    open_ones = Invitation.objects.filter(organisation=row).open(now)
    waiting = set(open_ones.filter(email__in=wanted).values_list("email", flat=True))
    new = [address for address in wanted if address not in members and address not in waiting]
    _refuse_many(row, by, len(new), open_ones.count(), now)
    expired = Invitation.objects.filter(organisation=row, email__in=new).unanswered()
    expired.update(withdrawn_at=now)
    for address in new:
        _send(row, address, by=by, role=role, guest_until=guest_until, at=now)
    return Invited(
        sent=tuple(new),
        waiting=tuple(address for address in wanted if address in waiting),
        members=tuple(address for address in wanted if address in members),
    )


def _refuse_odd(wanted: list[str], role: str, guest_until: datetime.date | None) -> None:
    if len(wanted) > rules.MOST_INVITED_AT_ONCE:
        raise Refused(
            _("Je kunt %(most)s mensen tegelijk uitnodigen. Dit zijn er %(count)s.")
            % {"most": rules.MOST_INVITED_AT_ONCE, "count": f"{len(wanted):,}".replace(",", ".")}
        )
    if guest_until is not None and role == Role.MANAGER:
        raise Refused(_("Een beheerder heeft geen einddatum."))
    if guest_until is not None and guest_until < timezone.localdate():
        raise Refused(_("Die datum is al voorbij."))


def _refuse_many(
    organisation: Organisation, by: User, new: int, unanswered: int, now: datetime.datetime
) -> None:
    if unanswered + new > rules.MOST_OPEN_INVITATIONS:
        raise Refused(
            _(
                "Er staan al %(count)s uitnodigingen open; het mogen er %(most)s zijn. Trek er eerst een paar in."
            )
            % {"count": unanswered, "most": rules.MOST_OPEN_INVITATIONS}
        )
    # Of one person over all organisations, whichever of them is locked.
    User.objects.select_for_update().get(pk=by.pk)
    today = Invitation.objects.filter(invited_by=by, created_at__gt=now - timedelta(days=1)).count()
    if new and today + new > rules.MOST_INVITED_A_DAY:
        raise Refused(
            _("Je kunt %(most)s mensen per dag uitnodigen. Probeer het morgen weer.")
            % {"most": rules.MOST_INVITED_A_DAY}
        )


def _members_among(organisation: Organisation, addresses: list[str]) -> set[str]:
    rows = Membership.objects.filter(organisation=organisation).current(timezone.localdate())
    found = rows.filter(user__email__in=addresses).values_list("user__email", flat=True)
    return {address.lower() for address in found}


def _send(
    organisation: Organisation,
    address: str,
    *,
    by: User,
    role: str,
    guest_until: datetime.date | None,
    at: datetime.datetime,
) -> None:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        guest_until=guest_until,
        token_digest=digest_of(token),
        invited_by=by,
        created_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
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


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_invitation(token: str, *, at: datetime.datetime | None = None) -> Invitation:
    """The open invitation of this token. Raises InvitationUnknown or InvitationGone."""
    found = Invitation.objects.select_related("organisation").filter(token_digest=digest_of(token)).first()
    if found is None:
        raise InvitationUnknown
    refuse_gone(found, at or timezone.now())
    return found


def refuse_gone(invitation: Invitation, at: datetime.datetime) -> None:
    if invitation.accepted_at is not None:
        raise InvitationGone(_("Deze uitnodiging is al gebruikt."))
    if invitation.withdrawn_at is not None:
        raise InvitationGone(_("Deze uitnodiging is ingetrokken."))
    if invitation.expires_at <= at:
        raise InvitationGone(_("Deze uitnodiging is verlopen. Vraag om een nieuwe."))


def refuse_other_address(invitation: Invitation, user: User) -> None:
    """Raises WrongAddress unless `user` proved that the invited address is theirs."""
    if invitation.email not in verified_addresses(user):
        raise WrongAddress(mask(invitation.email))


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
    if invitation.guest_until is not None and invitation.guest_until < timezone.localdate():
        raise InvitationGone(_("Deze uitnodiging is verlopen. Vraag om een nieuwe."))
    member = _join(organisation, invitation, by)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
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
    rows = Invitation.objects.filter(pk=invitation.pk).unanswered()
    if not rows.update(withdrawn_at=timezone.now()):
        return False
    record(organisation, Kind.INVITATION_WITHDRAWN, actor=by)
    return True
