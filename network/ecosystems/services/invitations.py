"""Inviting people by mail, and what becomes of an invitation."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems import rules
from network.ecosystems.letters import address_of, send_letter
from network.ecosystems.models import Ecosystem, EcosystemInvitation, Participation
from network.ecosystems.services.companies import bring_company
from network.ecosystems.services.people import let_in
from network.ecosystems.services.refusals import Closed, InvitationGone, InvitationUnknown, Refused
from network.ecosystems.services.standing import locked, require_allowed, require_rules
from portal.accounts.models import User
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
from portal.organisations.models import Organisation


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
    _refuse_odd(row, guest_until)
    refuse_crowd(addresses, rules.INVITATIONS)
    now = timezone.now()
    invited = sort_out(
        EcosystemInvitation.objects.filter(ecosystem=row),
        addresses=addresses,
        members=_members_among(row, addresses),
        by=by,
        limits=rules.INVITATIONS,
        at=now,
    )
    for address in invited.sent:
        _send(row, address, by=by, guest_until=guest_until, at=now)
    return invited


def _refuse_odd(ecosystem: Ecosystem, guest_until: datetime.date | None) -> None:
    if ecosystem.closed_at is not None:
        raise Closed
    if guest_until is None:
        return
    if ecosystem.is_group:
        raise Refused(_("Een gast nodig je uit voor het ecosysteem zelf."))
    today = timezone.localdate()
    if not today <= guest_until <= today + timedelta(days=rules.MOST_GUEST_DAYS):
        raise Refused(_("Een gast doet mee tot een dag binnen een jaar."))


def _members_among(ecosystem: Ecosystem, addresses: Collection[str]) -> QuerySet[Any]:
    wanted = [address.lower() for address in addresses]
    rows = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    return rows.filter(user__email__in=wanted).values_list("user__email", flat=True)


def _send(
    ecosystem: Ecosystem,
    address: str,
    *,
    by: User,
    guest_until: datetime.date | None,
    at: datetime.datetime,
) -> None:
    invitation, token = write_invitation(
        EcosystemInvitation, email=address, by=by, at=at, ecosystem=ecosystem, guest_until=guest_until
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
    if by is not None:
        refuse_other_address(found, by)
    return found


def _known(token: str) -> EcosystemInvitation:
    rows = EcosystemInvitation.objects.select_related("ecosystem__parent", "ecosystem__organisation")
    found = rows.filter(token_digest=digest_of(token)).first()
    if found is None:
        raise InvitationUnknown
    return found


def _refuse_gone(invitation: EcosystemInvitation) -> None:
    refuse_gone(invitation, timezone.now())
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
    refuse_other_address(invitation, by)
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
    mark_accepted(invitation, by=by, at=timezone.now())
    return row


@transaction.atomic
def withdraw_invitation(invitation: EcosystemInvitation, *, by: User) -> bool:
    """False where it was answered or withdrawn before. Raises NotAllowed."""
    require_allowed(rules.can_manage(by, locked(invitation.ecosystem)))
    return withdraw_unanswered(invitation)
