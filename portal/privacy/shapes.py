"""The registry in words: for the public pages, for one's own page, and for the file that one takes along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.models import User
from portal.design.shapes import SummaryItem, TableView
from portal.privacy.registry import (
    AsLong,
    Keep,
    NotTaken,
    PersonalData,
    Purpose,
    entries,
)

MONTH, YEAR = 30, 365
# What a field's name says, behind "na".
MOMENTS = {
    "accepted_at": gettext_lazy("het aannemen"),
    "asked_at": gettext_lazy("het aanvragen"),
    "at": gettext_lazy("die dag"),
    "created_at": gettext_lazy("het maken"),
    "date_joined": gettext_lazy("het aanmelden"),
    "day": gettext_lazy("die dag"),
    "decided_at": gettext_lazy("het besluit"),
    "due_at": gettext_lazy("de dag van het wissen"),
    "ended_at": gettext_lazy("het einde"),
    "ends_at": gettext_lazy("het einde"),
    "ends_on": gettext_lazy("de laatste dag"),
    "expires_at": gettext_lazy("het verlopen"),
    "last_login": gettext_lazy("de laatste keer dat je inlogde"),
    "last_seen_at": gettext_lazy("de laatste keer"),
    "last_updated_at": gettext_lazy("de laatste wijziging"),
    "saved_at": gettext_lazy("de laatste wijziging"),
    "timestamp": gettext_lazy("die dag"),
    "withdrawn_at": gettext_lazy("het intrekken"),
}


@dataclass(frozen=True, slots=True)
class Processing:
    """One thing of the register."""

    name: str
    anchor: str
    items: list[SummaryItem]


@dataclass(frozen=True, slots=True)
class PurposeGroup:
    label: str
    anchor: str
    processings: list[Processing]


def kept_in_words(entry: PersonalData) -> str:
    """How long, as it reads behind "Bewaard:"."""
    if isinstance(entry.term, AsLong):
        return force_str(entry.term.text)
    moment = entry.term.since.rpartition("__")[2]
    since = force_str(entry.term.said or MOMENTS.get(moment, _("dat moment")))
    return _("%(length)s na %(since)s") % {"length": length_in_words(entry.term.after), "since": since}


def length_in_words(length: timedelta) -> str:
    days = length.days
    if days and days % YEAR == 0:
        return ngettext("%(n)d jaar", "%(n)d jaar", days // YEAR) % {"n": days // YEAR}
    if days >= 3 * MONTH:
        return ngettext("%(n)d maand", "%(n)d maanden", days // MONTH) % {"n": days // MONTH}
    return ngettext("%(n)d dag", "%(n)d dagen", days) % {"n": days}


def erased_in_words(entry: PersonalData) -> str:
    if isinstance(entry.erasure, Keep):
        return _("Dit blijft. %(reason)s") % {"reason": entry.erasure.reason}
    return force_str(entry.erasure.says)


def taken_in_words(entry: PersonalData) -> str:
    return force_str(entry.export.reason) if isinstance(entry.export, NotTaken) else _("Ja, dit neem je mee.")


def register_of_processing() -> list[PurposeGroup]:
    """Everything that is held of people and organisations, by what it is for."""
    every = entries()
    groups = []
    for purpose in Purpose:
        mine = [_processing(entry) for entry in every if entry.purpose == purpose]
        if mine:
            groups.append(PurposeGroup(force_str(purpose.label), purpose.value, mine))
    return groups


def _processing(entry: PersonalData) -> Processing:
    return Processing(
        name=force_str(entry.name),
        anchor=entry.field.lower().replace(".", "-"),
        items=[
            SummaryItem(term=_("Waarvoor"), text=force_str(entry.why)),
            SummaryItem(term=_("Waarom het mag"), text=force_str(entry.ground.label)),
            SummaryItem(term=_("Bewaard"), text=kept_in_words(entry)),
            SummaryItem(term=_("Meenemen"), text=taken_in_words(entry)),
            SummaryItem(term=_("Als je je account wist"), text=erased_in_words(entry)),
        ],
    )


def retention_tables() -> list[TableView]:
    """What is kept for how long: a table for each purpose."""
    every = entries()
    tables = []
    for purpose in Purpose:
        rows = [(force_str(each.name), kept_in_words(each)) for each in every if each.purpose == purpose]
        if rows:
            columns = [_("Wat"), _("Hoelang we het bewaren")]
            tables.append(TableView(caption=force_str(purpose.label), columns=columns, rows=rows))
    return tables


def told_before_erasure(user: User) -> Sequence[str]:
    """What rooms have to say to this person before their account goes."""
    return [line for entry in entries() if entry.tells is not None for line in entry.tells(user)]
