"""What is held about who belongs to which organisation, and about organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.organisations.models import Invitation, Membership
from portal.organisations.services import release_for_erasure
from portal.organisations.services.retention import KEEP_ADDRESSES, KEEP_ENDED, KEEP_REQUESTS
from portal.privacy.addresses import addresses_of
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    AsLong,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    Term,
    of_organisation,
    of_staff,
    register,
)
from portal.privacy.rows import Columns, columns

_STANDS = AsLong(_("zolang de organisatie op het portaal staat"))
_FORGET_INVITATIONS = Term(
    KEEP_ADDRESSES, since="expires_at", job="organisations.forget-old", only=~Q(email="")
)
_invitations = Columns(("organisation", "email", "role", "created_at", "accepted_at"))


def _here(**said: Any) -> PersonalData:
    return PersonalData(**{"purpose": Purpose.ORGANISATION, "ground": Ground.AGREEMENT, **said})


def leave_all(departure: Departure) -> None:
    release_for_erasure(departure.user)


def alone_at(user: User) -> list[str]:
    """Of organisations that nobody else manages."""
    today = timezone.localdate()
    managers = Membership.objects.managers().current(today)
    others = managers.filter(organisation=OuterRef("organisation")).exclude(user=user)
    alone = managers.filter(user=user).exclude(Exists(others)).select_related("organisation")
    return [
        _now(
            "Je bent de enige beheerder van %(name)s. Na het wissen heeft %(name)s geen beheerder meer; een medewerker "
            "zoekt dan iemand. Wil je zelf kiezen wie het wordt? Draag dan eerst het beheer over."
        )
        % {"name": row.organisation.name}
        for row in alone.order_by("organisation__name_key")
    ]


def invitations_to(user: User) -> Iterator[Mapping[str, object]]:
    return _invitations.rows(Invitation.objects.filter(email__in=addresses_of(user)))


register(
    _here(
        field="organisations.Membership.user",
        name=_("Je organisaties en je rol daar"),
        why=_("Zodat je namens je organisatie iets kunt doen en ziet wat voor haar is."),
        term=Term(KEEP_ENDED, since="ends_on", job="organisations.forget-old"),
        export=columns("organisation", "role", "is_contact", "is_listed", "started_at", "ends_on"),
        erasure=Own(
            _(
                "Je bent nergens meer lid. Beheert niemand anders je organisatie, dan zoekt een medewerker iemand."
            ),
            leave_all,
        ),
        tells=alone_at,
    ),
    _here(
        field="organisations.JoinRequest.user",
        name=_("Je aanvraag om bij een organisatie te horen"),
        why=_("Zodat een beheerder kan beslissen of je erbij hoort."),
        term=Term(KEEP_REQUESTS, since="decided_at", job="organisations.forget-old"),
        export=columns("organisation", "message", "created_at", "outcome", "reason", "decided_at"),
        erasure=DELETE,
    ),
    _here(
        field="organisations.JoinRequest.decided_by",
        name=_("Wie over een aanvraag besloot"),
        why=_("Zodat na te gaan is wie iemand toeliet."),
        ground=Ground.INTEREST,
        term=Term(KEEP_REQUESTS, since="decided_at", job="organisations.forget-old"),
        export=columns("organisation", "outcome", "decided_at"),
        erasure=UNLINK,
    ),
    _here(
        field="organisations.Invitation.email",
        name=_("Een uitnodiging voor een organisatie"),
        why=_("Om iemand uit te nodigen, ook wie nog geen account heeft."),
        ground=Ground.INTEREST,
        term=_FORGET_INVITATIONS,
        export=invitations_to,
        erasure=Own(_("Open uitnodigingen gelden niet meer en je adres gaat eruit."), leave_all),
        person="",
    ),
    _here(
        field="organisations.Invitation.invited_by",
        name=_("Wie jij uitnodigde voor een organisatie"),
        why=_("Zodat wie een uitnodiging krijgt, leest van wie ze is."),
        term=_STANDS,
        export=columns("organisation", "role", "created_at", "accepted_at"),
        erasure=UNLINK,
    ),
    _here(
        field="organisations.Invitation.accepted_by",
        name=_("Een uitnodiging die je aannam"),
        why=_("Zodat een uitnodiging maar één keer werkt."),
        term=_STANDS,
        export=columns("organisation", "role", "accepted_at"),
        erasure=UNLINK,
    ),
    _here(
        field="organisations.OrganisationEvent.actor",
        name=_("Wat je deed voor een organisatie"),
        why=_("Zodat beheerders zien wie wat veranderde."),
        ground=Ground.INTEREST,
        term=_STANDS,
        export=columns("organisation", "kind", "at"),
        erasure=UNLINK,
    ),
    _here(
        field="organisations.OrganisationEvent.subject",
        name=_("Wat er met jou gebeurde bij een organisatie"),
        why=_("Zodat beheerders zien wie erbij kwam en wegging."),
        ground=Ground.INTEREST,
        term=_STANDS,
        export=columns("organisation", "kind", "text", "at"),
        erasure=UNLINK,
    ),
    of_staff(
        "organisations.Organisation.verified_by",
        name=_("Wie een organisatie controleerde"),
        shows=["name", "verified_at"],
        term=_STANDS,
    ),
    of_staff(
        "organisations.EmailDomain.confirmed_by",
        name=_("Wie een e-maildomein bevestigde"),
        shows=["domain", "confirmed_at"],
        term=_STANDS,
    ),
    *(
        of_organisation(f"organisations.{field}", name=name, purpose=Purpose.ORGANISATION)
        for field, name in {
            "Organisation.parent": _("De holding van een organisatie"),
            "Organisation.merged_into": _("Waar een organisatie in opging"),
            "Establishment.organisation": _("De vestigingen van een organisatie"),
            "EmailDomain.organisation": _("Het e-maildomein van een organisatie"),
            "Membership.organisation": _("Wie bij een organisatie hoort"),
            "JoinRequest.organisation": _("Wie bij een organisatie wil horen"),
            "Invitation.organisation": _("Wie een organisatie uitnodigde"),
            "OrganisationEvent.organisation": _("Wat er met een organisatie gebeurde"),
        }.items()
    ),
)
