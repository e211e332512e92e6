"""E-mail domains: proposed by managers, confirmed by staff. They say who may belong to it, and let nobody in."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.addresses import is_domain, is_freemail
from portal.organisations.models import EmailDomain, Organisation
from portal.organisations.services.refusals import Refused
from portal.organisations.services.standing import (
    Kind,
    locked_standing,
    membership_of,
    record,
    require_allowed,
)


@transaction.atomic
def propose_domain(organisation: Organisation, *, domain: str, by: User) -> EmailDomain:
    """The same again is the same; refused where it says nothing about where somebody works."""
    row = locked_standing(organisation)
    require_allowed(rules.can_propose_domains(membership_of(by, row)))
    name = domain.strip().lower().removeprefix("@")
    if not is_domain(name):
        raise Refused(_("Dit is geen domein. Schrijf het zoals bedrijf.nl."))
    if is_freemail(name):
        raise Refused(
            _("%(domain)s is van een maildienst voor iedereen. Zo'n adres zegt niet waar je werkt.")
            % {"domain": name}
        )
    known = EmailDomain.objects.filter(organisation=row, domain=name).first()
    if known is not None:
        return known
    if EmailDomain.objects.filter(organisation=row).count() >= rules.MOST_DOMAINS:
        raise Refused(_("Er staan er al %(most)s.") % {"most": rules.MOST_DOMAINS})
    found = EmailDomain.objects.create(organisation=row, domain=name)
    record(row, Kind.DOMAIN_PROPOSED, actor=by, text=name)
    return found


@transaction.atomic
def confirm_domain(domain: EmailDomain, *, by: User) -> bool:
    """Staff know that it is theirs. False where that was known; refused where it is another's."""
    require_allowed(rules.can_verify(by))
    organisation = locked_standing(domain.organisation)
    row = EmailDomain.objects.get(pk=domain.pk)
    if row.confirmed_at is not None:
        return False
    row.confirmed_at, row.confirmed_by = timezone.now(), by
    try:
        with transaction.atomic():
            row.save(update_fields=["confirmed_at", "confirmed_by"])
    except IntegrityError:
        raise Refused(_("Dit domein is al bevestigd voor een andere organisatie.")) from None
    record(organisation, Kind.DOMAIN_CONFIRMED, actor=by, text=row.domain)
    return True


@transaction.atomic
def remove_domain(domain: EmailDomain, *, by: User) -> bool:
    """By a manager or by staff; False where it was gone."""
    organisation = locked_standing(domain.organisation)
    require_allowed(rules.can_propose_domains(membership_of(by, organisation)) or rules.can_verify(by))
    row = EmailDomain.objects.filter(pk=domain.pk).first()
    if row is None:
        return False
    row.delete()
    record(organisation, Kind.DOMAIN_REMOVED, actor=by, text=row.domain)
    return True
