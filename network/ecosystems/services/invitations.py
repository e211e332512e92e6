"""Inviting people by mail, and what becomes of an invitation."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems import rules
from network.ecosystems.letters import address_of, send_letter
from network.ecosystems.models import INVITATION_DAYS, Ecosystem, EcosystemInvitation, Participation
from network.ecosystems.services.companies import bring_company
from network.ecosystems.services.people import let_in
from network.ecosystems.services.refusals import (
    Closed,
    InvitationGone,
    InvitationUnknown,
    Refused,
    WrongAddress,
)
from network.ecosystems.services.standing import locked, require_allowed, require_rules
from portal.accounts.models import User
from portal.organisations.addresses import mask, verified_addresses
from portal.organisations.models import Organisation
from portal.organisations.services import Invited
from portal.organisations.services.invitations import digest_of


@transaction.atomic
def invite_people(
    ecosystem: Ecosystem,
    *,
    addresses: Collection[str],
    by: User,
    guest_until: datetime.date | None = None,
) -> Invited:
    """Mail everybody a link of their own. Who was invited before or takes part gets none. Raises NotAllowed, Refused."""
    row = locked(ecosystem)
    require_allowed(rules.can_manage(by, row))
    now = timezone.now()
    wanted = list(dict.fromkeys(address.lower() for address in addresses))
    _refuse_odd(row, wanted, guest_until)
    members = _members_among(row, wanted)
    open_ones = EcosystemInvitation.objects.filter(ecosystem=row).open(now)
    waiting = set(open_ones.filter(email__in=wanted).values_list("email", flat=True))
    new = [address for address in wanted if address not in members and address not in waiting]
    _refuse_many(by, len(new), open_ones.count(), now)
    expired = EcosystemInvitation.objects.filter(ecosystem=row, email__in=new).unanswered()
    expired.update(withdrawn_at=now)
    for address in new:
        _send(row, address, by=by, guest_until=guest_until, at=now)
    return Invited(
        sent=tuple(new),
        waiting=tuple(address for address in wanted if address in waiting),
        members=tuple(address for address in wanted if address in members),
    )


def _refuse_odd(ecosystem: Ecosystem, wanted: list[str], guest_until: datetime.date | None) -> None:
    if ecosystem.closed_at is not None:
        raise Closed
    if len(wanted) > rules.MOST_INVITED_AT_ONCE:
        raise Refused(
            _("Je kunt %(most)s mensen tegelijk uitnodigen. Dit zijn er %(count)s.")
            % {"most": rules.MOST_INVITED_AT_ONCE, "count": f"{len(wanted):,}".replace(",", ".")}
        )
    if guest_until is None:
        return
    if ecosystem.is_group:
        raise Refused(_("Een gast nodig je uit voor het ecosysteem zelf."))
    today = timezone.localdate()
    if not today <= guest_until <= today + timedelta(days=rules.MOST_GUEST_DAYS):
        raise Refused(_("Een gast doet mee tot een dag binnen een jaar."))


def _refuse_many(by: User, new: int, unanswered: int, now: datetime.datetime) -> None:
    if unanswered + new > rules.MOST_OPEN_INVITATIONS:
        raise Refused(
            _("Er staan al %(count)s uitnodigingen open; het mogen er %(most)s zijn. Trek er eerst in.")
            % {"count": unanswered, "most": rules.MOST_OPEN_INVITATIONS}
        )
    # Of one person over all ecosystems, whichever of them is locked.
    User.objects.select_for_update().get(pk=by.pk)
    sent = EcosystemInvitation.objects.filter(invited_by=by, created_at__gt=now - timedelta(days=1)).count()
    if new and sent + new > rules.MOST_INVITED_A_DAY:
        raise Refused(
            _("Je kunt %(most)s mensen per dag uitnodigen. Probeer het morgen weer.")
            % {"most": rules.MOST_INVITED_A_DAY}
        )


def _members_among(ecosystem: Ecosystem, addresses: list[str]) -> set[str]:
    rows = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    found = rows.filter(user__email__in=addresses).values_list("user__email", flat=True)
    return {address.lower() for address in found}


def _send(
    ecosystem: Ecosystem,
    address: str,
    *,
    by: User,
    guest_until: datetime.date | None,
    at: datetime.datetime,
) -> None:
    token = secrets.token_urlsafe(32)
    invitation = EcosystemInvitation.objects.create(
        ecosystem=ecosystem,
        email=address,
        guest_until=guest_until,
        token_digest=digest_of(token),
        invited_by=by,
        created_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    send_letter(
        "invitation",
        to=address,
        ecosystem=ecosystem,
        key=str(invitation.pk),
        is_secret=True,
        inviter=by.name,
        guest_until=guest_until,
        expires_on=timezone.localdate(invitation.expires_at),
        url=address_of("invitation", token),
    )


def find_invitation(token: str, *, by: User | None) -> EcosystemInvitation:
    """The open invitation of this token; with `by` for who proved that the invited address is theirs.

    Raises InvitationUnknown, InvitationGone, WrongAddress.
    """
    found = _known(token)
    _refuse_gone(found)
    if by is not None and found.email not in verified_addresses(by):
        raise WrongAddress(mask(found.email))
    return found


def _known(token: str) -> EcosystemInvitation:
    rows = EcosystemInvitation.objects.select_related("ecosystem__parent", "ecosystem__organisation")
    found = rows.filter(token_digest=digest_of(token)).first()
    if found is None:
        raise InvitationUnknown
    return found


def _refuse_gone(invitation: EcosystemInvitation) -> None:
    guest_until = invitation.guest_until
    if invitation.accepted_at is not None:
        raise InvitationGone(_("Deze uitnodiging is al gebruikt."))
    if invitation.withdrawn_at is not None:
        raise InvitationGone(_("Deze uitnodiging is ingetrokken."))
    if invitation.expires_at <= timezone.now() or (guest_until and guest_until < timezone.localdate()):
        raise InvitationGone(_("Deze uitnodiging is verlopen. Vraag om een nieuwe."))
    if invitation.ecosystem.closed_at is not None:
        raise InvitationGone(_("Er komt niemand meer bij: dit is gesloten."))


@transaction.atomic
def accept_invitation(
    token: str, *, by: User, through: Organisation | None = None, accepted_rules: int = 0
) -> Participation:
    """Take part by an invitation to one's own verified address; a manager of a company brings it along.

    Accepting the same twice is taking part once. Raises InvitationUnknown, InvitationGone, WrongAddress, Refused.
    """
    known = _known(token)
    ecosystem = locked(known.ecosystem)
    invitation = EcosystemInvitation.objects.select_related("ecosystem").get(pk=known.pk)
    mine = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem, user=by).first()
    if invitation.accepted_by_id == by.pk and mine is not None:
        return mine
    _refuse_gone(invitation)
    if invitation.email not in verified_addresses(by):
        raise WrongAddress(mask(invitation.email))
    require_rules(ecosystem, accepted_rules)
    if mine is None and invitation.guest_until is None:
        bring_company(ecosystem, through, by)
    row = let_in(
        ecosystem,
        by,
        through=through,
        guest_until=invitation.guest_until,
        accepted_rules=accepted_rules,
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return row


@transaction.atomic
def withdraw_invitation(invitation: EcosystemInvitation, *, by: User) -> bool:
    """False where it was answered or withdrawn before. Raises NotAllowed."""
    require_allowed(rules.can_manage(by, locked(invitation.ecosystem)))
    rows = EcosystemInvitation.objects.filter(pk=invitation.pk).unanswered()
    return bool(rows.update(withdrawn_at=timezone.now()))
