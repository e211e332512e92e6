"""Asking to join, and deciding about it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.page_cache import bump_generation
from portal.joining.addresses import verified_addresses
from portal.joining.services import refuse_many_requests, withdraw_open, write_decision
from portal.organisations import rules
from portal.organisations.addresses import domains_of
from portal.organisations.letters import address_of, send_letter
from portal.organisations.models import EmailDomain, JoinRequest, Membership, Organisation
from portal.organisations.services.refusals import Refused
from portal.organisations.services.standing import (
    Kind,
    current_managers,
    locked_standing,
    membership_of,
    record,
    require_allowed,
)


def belongs_by_domain(organisation: Organisation, user: User) -> bool:
    """Whether a verified address of `user` is of a domain that staff confirmed for the organisation."""
    domains = domains_of(verified_addresses(user))
    confirmed = EmailDomain.objects.filter(organisation=organisation, confirmed_at__isnull=False)
    return bool(domains) and confirmed.filter(domain__in=domains).exists()


def suggested_organisations(user: User) -> list[Organisation]:
    """Those in sight that a verified address of `user` says they work at, and that they don't belong to."""
    domains = domains_of(verified_addresses(user))
    if not domains:
        return []
    confirmed = EmailDomain.objects.filter(domain__in=domains, confirmed_at__isnull=False)
    rows = Organisation.objects.visible_to(user).filter(pk__in=confirmed.values("organisation"))
    return list(rows.exclude(memberships__user=user).order_by("name_key"))


@transaction.atomic
def ask_to_join(organisation: Organisation, *, by: User, message: str = "") -> JoinRequest:
    """Put oneself before the managers; they decide. Asking again while it is open gives the same request."""
    require_allowed(Organisation.objects.visible_to(by).filter(pk=organisation.pk).exists())
    row = locked_standing(organisation)
    if membership_of(by, row) is not None:
        raise Refused(_("Je hoort al bij deze organisatie."))
    known = JoinRequest.objects.filter(organisation=row, user=by).open().first()
    if known is not None:
        return known
    if not verified_addresses(by):
        raise Refused(_("Bevestig eerst je e-mailadres. Dan weten de beheerders dat jij het bent."))
    refuse_many_requests(
        JoinRequest.objects.filter(user=by),
        here=Q(organisation=row),
        most_open=rules.MOST_OPEN_REQUESTS,
        most_a_month=rules.MOST_REQUESTS_A_MONTH,
    )
    request = JoinRequest.objects.create(organisation=row, user=by, message=message)
    record(row, Kind.ASKED, actor=by, subject=by)
    for manager in current_managers(row):
        send_letter(
            "join-request",
            to=manager.email,
            organisation=row,
            key=f"join-request:{request.pk}:{manager.pk}",
            url=address_of("decide", row.slug, request.pk),
        )
    return request


@transaction.atomic
def withdraw_join_request(request: JoinRequest, *, by: User) -> bool:
    """One's own; False where it was decided or withdrawn before."""
    require_allowed(request.user_id == by.pk)
    return withdraw_open(request)


@transaction.atomic
def decide_join_request(
    request: JoinRequest, *, is_accepted: bool, by: User, reason: str = ""
) -> JoinRequest:
    """Let somebody in as a member, or not. The same decision twice is one; another one comes too late."""
    organisation = locked_standing(request.organisation)
    require_allowed(rules.can_decide_requests(membership_of(by, organisation)))
    row = JoinRequest.objects.select_related("user").get(pk=request.pk)
    if not write_decision(row, is_accepted=is_accepted, by=by, reason=reason):
        return row
    if is_accepted:
        _let_in(organisation, row.user, by)
    else:
        record(organisation, Kind.DECLINED, actor=by, subject=row.user)
    send_letter(
        "join-accepted" if is_accepted else "join-declined",
        to=row.user.email,
        organisation=organisation,
        key=f"join-decided:{row.pk}",
        reason=reason,
        url=address_of("page", organisation.slug),
    )
    return row


def _let_in(organisation: Organisation, user: User, by: User) -> None:
    if not user.is_active:
        raise Refused(_("Deze persoon kan niet meer inloggen."))
    member, new = Membership.objects.get_or_create(organisation=organisation, user=user)
    if not new and not rules.is_current(member.ends_on, timezone.localdate()):
        member.role, member.ends_on, member.started_at = Membership.Role.MEMBER, None, timezone.now()
        member.is_listed = member.is_contact = False
        member.save()
    record(organisation, Kind.JOINED, actor=by, subject=user)
    bump_generation()
