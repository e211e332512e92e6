"""What this room itself holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.privacy.models import Takeaway
from portal.privacy.registry import (
    DELETE,
    WITH_ACCOUNT,
    AsLong,
    Departure,
    Ground,
    Keep,
    NotTaken,
    Own,
    PersonalData,
    Purpose,
    Term,
    register,
)
from portal.privacy.rows import Columns, columns
from portal.privacy.services.consents import consents_of
from portal.privacy.services.retention import TAKEAWAY_LINES_TERM
from portal.privacy.takeaway_files import remove_file

_consents = Columns(("about", "given", "version", "at"))


def consents(user: User) -> Iterator[Mapping[str, object]]:
    return _consents.rows(consents_of(user))


def forget_takeaways(departure: Departure) -> None:
    for takeaway in Takeaway.objects.filter(user=departure.user):
        remove_file(takeaway.key)


register(
    PersonalData(
        field="privacy.Actor.user",
        name=_("Je nummer in logboeken"),
        purpose=Purpose.RIGHTS,
        why=_("Zodat in een logboek een nummer staat en niet je naam."),
        ground=Ground.LAW,
        term=WITH_ACCOUNT,
        export=columns("number"),
        erasure=DELETE,
    ),
    PersonalData(
        field="privacy.Consent.actor",
        name=_("Waar je toestemming voor gaf"),
        purpose=Purpose.RIGHTS,
        why=_("De wet vraagt dat we kunnen laten zien waar je ja op zei, en wanneer."),
        ground=Ground.LAW,
        term=AsLong(
            _("zolang het portaal bestaat; na het wissen van je account weet niemand meer van wie het was")
        ),
        export=consents,
        erasure=Keep(_("Er staat alleen een nummer bij, en van wie dat was is gewist.")),
        person="",
    ),
    PersonalData(
        field="privacy.Takeaway.user",
        name=_("Het bestand met je gegevens"),
        purpose=Purpose.RIGHTS,
        why=_("Zodat je je gegevens kunt meenemen."),
        ground=Ground.LAW,
        term=Term(TAKEAWAY_LINES_TERM, since="asked_at", job="privacy.forget-old"),
        export=columns("asked_at", "ready_at", "state"),
        erasure=Own(_("Het bestand wissen we."), forget_takeaways),
    ),
    PersonalData(
        field="privacy.Leaving.user",
        name=_("Dat je je account laat wissen"),
        purpose=Purpose.RIGHTS,
        why=_("Zodat je je nog kunt bedenken."),
        ground=Ground.LAW,
        term=Term(timedelta(days=1), since="due_at", job="privacy.erase-due"),
        export=columns("asked_at", "due_at", "texts_go"),
        erasure=DELETE,
    ),
    PersonalData(
        field="privacy.Erased.user_number",
        name=_("Dat een account gewist is"),
        purpose=Purpose.RIGHTS,
        why=_("Zodat een account ook gewist blijft als we een reservekopie terugzetten."),
        ground=Ground.LAW,
        term=AsLong(
            _("zolang er een reservekopie kan zijn waar het account nog in staat; zonder naam of adres")
        ),
        export=NotTaken(_("Het bestaat pas als er geen account meer is.")),
        erasure=Keep(_("Alleen zo blijft een gewist account gewist.")),
        person="",
    ),
    PersonalData(
        field="privacy.Warned.user",
        name=_("Dat we je waarschuwden omdat je lang niet inlogde"),
        purpose=Purpose.ACCOUNT,
        why=_("Zodat je account niet verdwijnt zonder dat je het weet."),
        ground=Ground.INTEREST,
        term=WITH_ACCOUNT,
        export=columns("at"),
        erasure=DELETE,
    ),
)
