"""What is held about who takes part in which ecosystem, and about the companies that belong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.ecosystems.models import EcosystemInvitation
from network.ecosystems.services.retention import (
    KEEP_ADDRESSES,
    KEEP_ENDED,
    KEEP_REQUESTS,
    forget_invitations_to,
)
from portal.accounts.models import User
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
    register,
)
from portal.privacy.rows import Columns, columns

_STANDS = AsLong(_("zolang het ecosysteem bestaat"))
_REQUESTS = Term(KEEP_REQUESTS, since="decided_at", job="ecosystems.forget-old")
_invitations = Columns(("ecosystem__name", "email", "guest_until", "created_at", "accepted_at"))


def _here(**said: Any) -> PersonalData:
    return PersonalData(**{"purpose": Purpose.COMMUNITY, "ground": Ground.AGREEMENT, **said})


def invitations_to(user: User) -> Iterator[Mapping[str, object]]:
    return _invitations.rows(EcosystemInvitation.objects.filter(email__in=addresses_of(user)))


def forget_invitations(departure: Departure) -> None:
    forget_invitations_to(departure.user, at=departure.at)


register(
    _here(
        field="ecosystems.Participation.user",
        name=_("In welke ecosystemen en werkgroepen je meedoet"),
        why=_("Zodat je ziet wat daar staat, en anderen weten wie er meedoet."),
        term=Term(KEEP_ENDED, since="ended_at", job="ecosystems.forget-old"),
        export=columns("ecosystem__name", "role", "guest_until", "rules_version", "started_at", "ended_at"),
        erasure=DELETE,
    ),
    _here(
        field="ecosystems.JoinRequest.user",
        name=_("Je verzoek om mee te doen"),
        why=_("Zodat een beheerder kan beslissen of je meedoet."),
        term=_REQUESTS,
        export=columns("ecosystem__name", "message", "created_at", "outcome", "reason", "decided_at"),
        erasure=DELETE,
    ),
    _here(
        field="ecosystems.JoinRequest.decided_by",
        name=_("Wie over een verzoek besloot"),
        why=_("Zodat na te gaan is wie iemand toeliet."),
        ground=Ground.INTEREST,
        term=_REQUESTS,
        export=columns("ecosystem__name", "outcome", "decided_at"),
        erasure=UNLINK,
    ),
    _here(
        field="ecosystems.EcosystemInvitation.email",
        name=_("Een uitnodiging voor een ecosysteem"),
        why=_("Om iemand uit te nodigen, ook wie nog geen account heeft."),
        ground=Ground.INTEREST,
        term=Term(KEEP_ADDRESSES, since="expires_at", job="ecosystems.forget-old", only=~Q(email="")),
        export=invitations_to,
        erasure=Own(_("Open uitnodigingen gelden niet meer en je adres gaat eruit."), forget_invitations),
        person="",
    ),
    _here(
        field="ecosystems.EcosystemInvitation.invited_by",
        name=_("Wie jij uitnodigde voor een ecosysteem"),
        why=_("Zodat wie een uitnodiging krijgt, leest van wie ze is."),
        term=_STANDS,
        export=columns("ecosystem__name", "created_at", "accepted_at"),
        erasure=UNLINK,
    ),
    _here(
        field="ecosystems.EcosystemInvitation.accepted_by",
        name=_("Een uitnodiging die je aannam"),
        why=_("Zodat een uitnodiging maar één keer werkt."),
        term=_STANDS,
        export=columns("ecosystem__name", "accepted_at"),
        erasure=UNLINK,
    ),
    *(
        of_organisation(f"ecosystems.{field}", name=name, purpose=Purpose.COMMUNITY)
        for field, name in {
            "Ecosystem.organisation": _("Van welke organisatie een ecosysteem is"),
            "CompanyMembership.organisation": _("Welke bedrijven bij een ecosysteem horen"),
            "JoinRequest.organisation": _("Via welk bedrijf iemand wil meedoen"),
        }.items()
    ),
)
