"""The journal knows nobody; but somebody may have searched for a name, or written one in a remark."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.names import words_of
from portal.privacy.registry import (
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
from search.journal.models import Phrase, Verdict
from search.journal.services import KEPT, VISITS_KEPT


def forget_searches_for(departure: Departure) -> None:
    for word in words_of(departure.user).all_of_them:
        Phrase.objects.filter(text__icontains=word).delete()
        Verdict.objects.filter(remark__icontains=word).update(remark="")


register(
    PersonalData(
        field="search_journal.Phrase.text",
        name=_("Wat er gezocht is, zonder wie het zocht"),
        purpose=Purpose.SEARCH,
        why=_("Zodat we zien wat mensen niet vinden. Adressen en lange nummers bewaren we niet."),
        ground=Ground.INTEREST,
        term=AsLong(_("dertien maanden; wat bijna niemand zocht vier weken")),
        export=NotTaken(_("Niemand weet wat jij zocht.")),
        erasure=Own(_("Zocht iemand je naam, dan wissen we dat."), forget_searches_for),
        person="",
    ),
    PersonalData(
        field="search_journal.Verdict.remark",
        name=_("Wat iemand over de zoekresultaten schreef, zonder wie"),
        purpose=Purpose.SEARCH,
        why=_("Zodat we het zoeken beter maken."),
        ground=Ground.INTEREST,
        term=Term(KEPT, since="day", job="search.journal-forget"),
        export=NotTaken(_("Niemand weet wat jij schreef.")),
        erasure=Own(_("Staat je naam erin, dan wissen we de opmerking."), forget_searches_for),
        person="",
    ),
    PersonalData(
        field="search_journal.Visit.token",
        name=_("Een kenmerk van je bezoek, twee dagen lang"),
        purpose=Purpose.SEARCH,
        why=_("Om bezoeken te tellen. Het komt van je adres en browser, en is niet terug te rekenen."),
        ground=Ground.INTEREST,
        term=Term(VISITS_KEPT, since="phrase_day__day", job="search.journal-forget"),
        export=NotTaken(_("Niemand weet welk kenmerk van jou was.")),
        erasure=Keep(_("Niemand weet welk kenmerk van jou was. Na twee dagen is het weg.")),
        person="",
    ),
)
