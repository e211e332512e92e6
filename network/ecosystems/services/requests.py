"""Asking to take part, and deciding about it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems import rules
from network.ecosystems.letters import address_of, send_letter
from network.ecosystems.models import Ecosystem, JoinRequest, Participation
from network.ecosystems.services.companies import admitted, belongs
from network.ecosystems.services.people import let_in
from network.ecosystems.services.refusals import Closed, Refused
from network.ecosystems.services.standing import locked, require_allowed, require_rules
from portal.accounts.models import User
from portal.joining.addresses import verified_addresses
from portal.joining.services import refuse_many_requests, withdraw_open, write_decision
from portal.organisations.models import Membership, Organisation


@transaction.atomic
def ask_to_join(
    ecosystem: Ecosystem,
    *,
    by: User,
    through: Organisation | None = None,
    message: str = "",
    accepted_rules: int = 0,
) -> JoinRequest:
    """Put oneself before the managers; who runs a company that doesn't belong yet asks for the company too.

    Asking again while it is open gives the same request. Raises NotAllowed, Refused.
    """
    row = locked(ecosystem)
    if row.closed_at is not None and rules.is_known_to(by, row):
        raise Closed
    require_allowed(rules.can_ask(by, row))
    if Participation.objects.active(timezone.localdate()).filter(ecosystem=row, user=by).exists():
        raise Refused(_("Je doet al mee."))
    known = JoinRequest.objects.filter(ecosystem=row, user=by).open().first()
    if known is not None:
        return known
    for_company = _for_company(row, through, by)
    require_rules(row, accepted_rules)
    _refuse_many(row, by)
    request = JoinRequest.objects.create(
        ecosystem=row,
        user=by,
        organisation=None if row.is_group else through,
        for_company=for_company,
        message=message,
        rules_version=accepted_rules,
    )
    for manager in rules.managers_of(row):
        send_letter(
            "request",
            to=manager.email,
            ecosystem=row,
            key=f"{request.pk}:{manager.pk}",
            url=address_of("decide", row.slug, request.pk),
        )
    return request


def _for_company(ecosystem: Ecosystem, organisation: Organisation | None, by: User) -> bool:
    """Whether the company asks to belong as well. Raises Refused where `by` can't come in through it."""
    if ecosystem.is_group:
        return False
    if organisation is None or not _belongs_to(by, organisation):
        raise Refused(_("Kies via welk bedrijf je meedoet."))
    if belongs(ecosystem, organisation):
        return False
    if not rules.runs_organisation(by, organisation):
        raise Refused(
            _("%(name)s is nog geen lid. Vraag een beheerder van je bedrijf om het aan te melden.")
            % {"name": organisation.name}
        )
    open_ones = JoinRequest.objects.filter(ecosystem=ecosystem, organisation=organisation, for_company=True)
    if open_ones.open().exists():
        raise Refused(_("Een collega vroeg dit al voor je bedrijf. Het verzoek ligt bij de beheerders."))
    return True


def _belongs_to(user: User, organisation: Organisation) -> bool:
    rows = Membership.objects.current(timezone.localdate())
    return bool(rows.filter(user=user, organisation=organisation).exists())


def _refuse_many(ecosystem: Ecosystem, by: User) -> None:
    if not verified_addresses(by):
        raise Refused(_("Bevestig eerst je e-mailadres. Dan weten de beheerders dat jij het bent."))
    refuse_many_requests(
        JoinRequest.objects.filter(user=by),
        here=Q(ecosystem=ecosystem),
        most_open=rules.MOST_OPEN_REQUESTS,
        most_a_month=rules.MOST_REQUESTS_A_MONTH,
    )


@transaction.atomic
def withdraw_join_request(request: JoinRequest, *, by: User) -> bool:
    """One's own; False where it was decided or withdrawn before."""
    require_allowed(request.user_id == by.pk)
    return withdraw_open(request)


@transaction.atomic
def decide_join_request(
    request: JoinRequest, *, is_accepted: bool, by: User, reason: str = ""
) -> JoinRequest:
    """Let somebody in, with the company where it asked; or not, and then with a reason.

    The same decision twice is one; another one comes too late. Raises NotAllowed, Refused.
    """
    ecosystem = locked(request.ecosystem)
    require_allowed(rules.can_manage(by, ecosystem))
    row = JoinRequest.objects.select_related("user", "organisation").get(pk=request.pk)
    reason = reason.strip()
    if row.outcome == JoinRequest.Outcome.OPEN and not is_accepted and not reason:
        raise Refused(_("Schrijf op waarom. De aanvrager leest het in de mail."))
    if not write_decision(row, is_accepted=is_accepted, by=by, reason=reason):
        return row
    if is_accepted:
        _accept(ecosystem, row)
    else:
        send_letter("declined", to=row.user.email, ecosystem=ecosystem, key=str(row.pk), reason=reason)
    return row


def _accept(ecosystem: Ecosystem, request: JoinRequest) -> None:
    if request.for_company and request.organisation is not None:
        if not rules.runs_organisation(request.user, request.organisation):
            raise Refused(_("De aanvrager is geen beheerder meer van dat bedrijf. Wijs het verzoek af."))
        admitted(ecosystem, request.organisation)
    let_in(
        ecosystem,
        request.user,
        through=request.organisation,
        accepted_rules=request.rules_version,
        reason=request.reason,
    )
