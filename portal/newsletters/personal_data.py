"""What is held of who wants the newsletter, and of who writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.newsletters.models import Subscription
from portal.newsletters.services.subscribing import KEEP_UNCONFIRMED
from portal.privacy.registry import (
    DELETE,
    WITH_ACCOUNT,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    Term,
    of_staff,
    register,
)
from portal.privacy.rows import columns


def own_address(user: User) -> Iterator[Mapping[str, object]]:
    """An address that stood by itself, where it is this person's."""
    yield from columns("email", "requested_at", "confirmed_at", "themes", "sectors").rows(
        Subscription.objects.filter(email__iexact=user.email)
    )


def forget_address(leaving: Departure) -> None:
    Subscription.objects.filter(email__iexact=leaving.user.email).delete()


register(
    PersonalData(
        field="newsletters.Subscription.user",
        name=_("Nieuwsbrief van een lid"),
        purpose=Purpose.MESSAGES,
        why=_("Zodat je de nieuwsbrief krijgt over wat jij koos."),
        ground=Ground.CONSENT,
        term=WITH_ACCOUNT,
        export=columns("requested_at", "confirmed_at", "consent_version", "themes", "sectors"),
        erasure=DELETE,
    ),
    PersonalData(
        field="newsletters.Subscription.email",
        name=_("Nieuwsbrief zonder account"),
        purpose=Purpose.MESSAGES,
        why=_("Zodat je de nieuwsbrief krijgt. Meld je je af, dan is je adres meteen weg."),
        ground=Ground.CONSENT,
        term=Term(
            KEEP_UNCONFIRMED,
            since="requested_at",
            job="newsletters.forget-unconfirmed",
            only=Q(confirmed_at=None),
        ),
        export=own_address,
        erasure=Own(_("Dit wissen we."), forget_address),
        person="",
    ),
    of_staff("newsletters.Edition.created_by", name=_("Wie een nieuwsbrief schreef"), shows=["subject"]),
    of_staff("newsletters.Edition.sent_by", name=_("Wie een nieuwsbrief verstuurde"), shows=["subject"]),
)
