"""What events hold about people: who comes, what they answered, and who organised and wrote."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from network.events.services import forget_person
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    WITH_ACCOUNT,
    AsLong,
    Departure,
    Ground,
    NotTaken,
    Own,
    PersonalData,
    Purpose,
    Term,
    of_organisation,
    register,
)
from portal.privacy.rows import columns

YEAR = datetime.timedelta(days=365)
WHILE_IT_STANDS = AsLong(_("zolang de bijeenkomst op het portaal staat"))


def _leave(departure: Departure) -> None:
    forget_person(departure.user, departure.at)


register(
    PersonalData(
        field="events.Registration.user",
        name=_("Aanmelding voor een bijeenkomst"),
        purpose=Purpose.EVENTS,
        why=_("Zodat de organisator weet wie er komt en wie er op de wachtlijst staat."),
        ground=Ground.AGREEMENT,
        term=Term(YEAR, since="event__ends_at", job="events.forget-registrations"),
        export=columns("event", "event__starts_at", "state", "attended", "created_at"),
        erasure=Own(_("Dit wissen we, en je plek is voor iemand anders."), _leave),
    ),
    PersonalData(
        field="events.Answer.text",
        person="registration__user",
        name=_("Antwoord bij het aanmelden"),
        purpose=Purpose.EVENTS,
        why=_("Zodat de organisator zich kan voorbereiden op wie er komt."),
        ground=Ground.AGREEMENT,
        term=Term(YEAR, since="registration__event__ends_at", job="events.forget-registrations"),
        export=columns("question", "text"),
        erasure=DELETE,
    ),
    PersonalData(
        field="events.Removal.reason",
        person="registration__user",
        name=_("Waarom een organisator je aanmelding weghaalde"),
        purpose=Purpose.EVENTS,
        why=_("Zodat jij weet waarom, en een ander kan nagaan of het klopte."),
        ground=Ground.AGREEMENT,
        term=Term(YEAR, since="registration__event__ends_at", job="events.forget-registrations"),
        export=columns("registration__event", "reason", "at", "ended_at"),
        erasure=DELETE,
    ),
    PersonalData(
        field="events.Removal.by",
        name=_("Aanmelding die je weghaalde"),
        purpose=Purpose.EVENTS,
        why=_("Zodat een ander kan nagaan wie besloot dat iemand niet kwam."),
        ground=Ground.AGREEMENT,
        term=Term(YEAR, since="registration__event__ends_at", job="events.forget-registrations"),
        export=columns("registration__event", "at"),
        erasure=UNLINK,
    ),
    PersonalData(
        field="events.Event.created_by",
        name=_("Bijeenkomst die je maakte"),
        purpose=Purpose.EVENTS,
        why=_("Zodat een moderator weet wie iets op de agenda zette."),
        ground=Ground.AGREEMENT,
        term=WHILE_IT_STANDS,
        export=columns("title", "starts_at", "summary", "text", "created_at"),
        erasure=UNLINK,
    ),
    PersonalData(
        field="events.EventNotice.by",
        name=_("Bericht dat je over een bijeenkomst schreef"),
        purpose=Purpose.EVENTS,
        why=_("Zodat wie komt weet wat er verandert."),
        ground=Ground.AGREEMENT,
        term=WHILE_IT_STANDS,
        export=columns("event", "subject", "text", "at"),
        erasure=UNLINK,
    ),
    PersonalData(
        field="events.CalendarFeed.user",
        name=_("Geheim adres van je agenda"),
        purpose=Purpose.EVENTS,
        why=_("Zodat je eigen agenda kan ophalen waar je naartoe gaat."),
        ground=Ground.AGREEMENT,
        term=WITH_ACCOUNT,
        export=NotTaken(_("Het adres zelf bewaren we niet, alleen waaraan we het herkennen.")),
        erasure=DELETE,
    ),
    of_organisation(
        "events.Event.organisation", name=_("Bijeenkomst van een organisatie"), purpose=Purpose.EVENTS
    ),
)
