"""Who belongs to an organisation: roles, leaving, handing over. Nobody is left without a manager by hand."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.joining.addresses import verified_addresses
from portal.joining.services import withdraw_of
from portal.organisations import rules
from portal.organisations.letters import address_of, send_letter
from portal.organisations.models import Invitation, JoinRequest, Membership, Organisation
from portal.organisations.services.refusals import Refused
from portal.organisations.services.standing import (
    Kind,
    locked,
    locked_standing,
    membership_of,
    record,
    refuse_without_manager,
    require_allowed,
    require_reason,
)

Role = Membership.Role


@transaction.atomic
def change_role(
    membership: Membership, *, role: str, by: User, ends_on: datetime.date | None = None
) -> Membership:
    """Give this role, until `ends_on` for a guest. Raises LastManager where nobody would manage any more."""
    organisation = locked_standing(membership.organisation)
    require_allowed(rules.can_change_roles(membership_of(by, organisation)))
    row = _fresh(membership)
    if (row.role, row.ends_on) == (role, ends_on):
        return row
    if role == Role.MANAGER and ends_on is not None:
        raise Refused(_("Een beheerder heeft geen einddatum."))
    if ends_on is not None and ends_on < timezone.localdate():
        raise Refused(_("Die datum is al voorbij."))
    if role != Role.MANAGER:
        refuse_without_manager(row)
    row.role, row.ends_on = role, ends_on
    row.save(update_fields=["role", "ends_on"])
    if role != Role.MANAGER:
        withdraw_of(Invitation.objects.filter(organisation=organisation), row.user)
    record(organisation, Kind.ROLE_CHANGED, actor=by, subject=row.user, text=str(row.get_role_display()))
    bump_generation()
    return row


@transaction.atomic
def set_contact(membership: Membership, *, is_contact: bool, by: User) -> Membership:
    """Whether questions about the organisation go to this person."""
    organisation = locked_standing(membership.organisation)
    require_allowed(rules.can_change_roles(membership_of(by, organisation)))
    row = _fresh(membership)
    if row.is_contact != is_contact:
        row.is_contact = is_contact
        row.save(update_fields=["is_contact"])
        text = _("contactpersoon") if is_contact else _("geen contactpersoon meer")
        record(organisation, Kind.CONTACT_CHANGED, actor=by, subject=row.user, text=text)
        bump_generation()
    return row


@transaction.atomic
def set_listed(membership: Membership, *, is_listed: bool, by: User) -> Membership:
    """Whether one's own name stands on the organisation's page; nobody chooses that for another."""
    require_allowed(membership.user_id == by.pk)
    row = _fresh(membership)
    if row.is_listed != is_listed:
        row.is_listed = is_listed
        row.save(update_fields=["is_listed"])
        bump_generation()
    return row


@transaction.atomic
def hand_over(organisation: Organisation, *, to: Membership, by: User, stays: bool = True) -> None:
    """`to` manages from now on, and `by` no longer does: a member still, or gone where `stays` is False."""
    row = locked_standing(organisation)
    own = membership_of(by, row)
    if own is None or to.user_id == by.pk or to.organisation_id != row.pk:
        require_allowed(False)
        return
    heir = _fresh(to)
    if not rules.is_manager(own):
        require_allowed(rules.is_manager(heir))  # the same form again: it was done before
        return
    if not heir.user.is_active:
        raise Refused(_("Deze persoon kan niet meer inloggen. Kies iemand anders."))
    heir.role, heir.ends_on = Role.MANAGER, None
    heir.save(update_fields=["role", "ends_on"])
    record(row, Kind.HANDED_OVER, actor=by, subject=heir.user)
    if stays:
        own.role = Role.MEMBER
        own.save(update_fields=["role"])
        record(row, Kind.ROLE_CHANGED, actor=by, subject=by, text=str(own.get_role_display()))
    else:
        _remove(own, Kind.LEFT, by=by)
    send_letter("handed-over", to=heir.user.email, organisation=row, url=address_of("manage", row.slug))
    bump_generation()


@transaction.atomic
def leave_organisation(organisation: Organisation, *, by: User) -> bool:
    """False where one didn't belong to it any more; raises LastManager."""
    row = locked(organisation)
    own = Membership.objects.filter(organisation=row, user=by).first()
    if own is None:
        return False
    refuse_without_manager(own)
    _remove(own, Kind.LEFT, by=by)
    bump_generation()
    return True


@transaction.atomic
def remove_member(membership: Membership, *, by: User, reason: str = "") -> bool:
    """A manager ends somebody's membership; False where it was over. For oneself there is leaving."""
    organisation = locked_standing(membership.organisation)
    require_allowed(rules.can_change_roles(membership_of(by, organisation)))
    row = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        return False
    if row.user_id == by.pk:
        raise Refused(_("Jezelf verwijder je niet. Kies 'Verlaat deze organisatie'."))
    refuse_without_manager(row)
    withdraw_of(Invitation.objects.filter(organisation=organisation), row.user)
    _remove(row, Kind.REMOVED, by=by)  # the reason may name people, and the log stays
    send_letter("removed", to=row.user.email, organisation=organisation, reason=reason)
    bump_generation()
    return True


@transaction.atomic
def appoint_manager(organisation: Organisation, *, user: User, by: User, reason: str) -> Membership:
    """Staff give an organisation a manager, whether this person belonged to it or not."""
    require_allowed(rules.can_verify(by))
    text = require_reason(reason)
    if not user.is_active:
        raise Refused(_("Deze persoon kan niet meer inloggen. Kies iemand anders."))
    row = locked_standing(organisation)
    member, new = Membership.objects.get_or_create(
        organisation=row, user=user, defaults={"role": Role.MANAGER}
    )
    if not new and member.role == Role.MANAGER and member.ends_on is None:
        return member
    member.role, member.ends_on = Role.MANAGER, None
    member.save(update_fields=["role", "ends_on"])
    close_requests(row, user)
    record(row, Kind.MANAGER_APPOINTED, actor=by, subject=user, text=text)
    send_letter("handed-over", to=user.email, organisation=row, url=address_of("manage", row.slug))
    bump_generation()
    return member


@transaction.atomic
def release_for_erasure(user: User) -> list[Organisation]:
    """End all that ties `user` to organisations, before the account goes. Never refused.

    Gives the organisations that are without a manager by it: staff find them as a task.
    """
    left: list[Organisation] = []
    memberships = Membership.objects.filter(user=user).select_related("organisation")
    for membership in memberships.order_by("organisation_id"):
        locked(membership.organisation)
        record(membership.organisation, Kind.LEFT, actor=None)
        membership.delete()
        left.append(membership.organisation)
    addresses = {user.email.lower(), *verified_addresses(user)}
    theirs = Invitation.objects.filter(email__in=addresses) | Invitation.objects.filter(accepted_by=user)
    now = timezone.now()
    theirs.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    Invitation.objects.filter(accepted_by=user).update(email="")
    Invitation.objects.filter(email__in=addresses).update(email="")
    JoinRequest.objects.filter(user=user).delete()
    bump_generation()
    alone = Organisation.objects.without_manager(timezone.localdate())
    return list(alone.filter(pk__in=[organisation.pk for organisation in left]))


def close_requests(organisation: Organisation, user: User) -> None:
    """Who belongs to it asks no more."""
    open_ones = JoinRequest.objects.filter(organisation=organisation, user=user).open()
    open_ones.update(outcome=JoinRequest.Outcome.WITHDRAWN, decided_at=timezone.now())


def _fresh(membership: Membership) -> Membership:
    """As it stands now; to who asked late it doesn't exist any more."""
    row = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        raise Refused(_("Deze persoon hoort er niet meer bij."))
    return row


def _remove(membership: Membership, kind: str, *, by: User) -> None:
    record(membership.organisation, kind, actor=by, subject=membership.user)
    membership.delete()
