"""The registry in words: for the public pages, for one's own page, and for the file that one takes along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.models import User
from portal.design.shapes import SummaryItem, TableView
from portal.privacy.models import Consent, Takeaway
from portal.privacy.registry import (
    AsLong,
    Keep,
    NotTaken,
    PersonalData,
    Purpose,
    entries,
)
from portal.privacy.services.consents import Agreed, consents_of

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

# What is chosen of a profile, and for whom.
CHOSEN = {
    "name": gettext_lazy("je naam"),
    "photo": gettext_lazy("je foto"),
    "about": gettext_lazy("wat je vertelt"),
    "expertise": gettext_lazy("je thema's"),
    "nobody": gettext_lazy("alleen jij"),
    "circle": gettext_lazy("wie je kent"),
    "members": gettext_lazy("wie een account heeft"),
    "everyone": gettext_lazy("iedereen"),
}


@dataclass(frozen=True, slots=True)
class Processing:
    """One thing of the register."""

    name: str
    anchor: str
    items: list[SummaryItem]


@dataclass(frozen=True, slots=True)
class TakeawayView:
    """One file, or one that is being made: what is said of it, and where it is fetched (empty: nowhere)."""

    title: str
    text: str
    url: str = ""
    is_busy: bool = False


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


def takeaway_views(user: User, at: datetime) -> list[TakeawayView]:
    """Newest first; those of the last month are kept."""
    return [
        _takeaway_view(row, at) for row in Takeaway.objects.filter(user=user).order_by("-asked_at", "-pk")
    ]


def _takeaway_view(row: Takeaway, at: datetime) -> TakeawayView:
    title = _("Gevraagd op %(day)s") % {"day": _moment(row.asked_at)}
    if row.state == Takeaway.State.READY and row.expires_at is not None and row.expires_at > at:
        until = {"day": _day(row.expires_at), "size": filesizeformat(row.size)}
        text = _("Klaar: %(size)s. Op te halen tot en met %(day)s.") % until
        return TakeawayView(title, text, url=reverse("privacy:download", args=[row.key]))
    if row.state == Takeaway.State.MAKING and row.total:
        text = _("We zijn bezig: %(done)s van %(total)s onderdelen.") % {"done": row.done, "total": row.total}
        return TakeawayView(title, text, is_busy=True)
    if row.state in (Takeaway.State.WAITING, Takeaway.State.MAKING):
        return TakeawayView(title, _("We beginnen zo."), is_busy=True)
    if row.state == Takeaway.State.FAILED:
        return TakeawayView(title, _("Dit is niet gelukt. Vraag het opnieuw, of vertel het de beheerder."))
    return TakeawayView(title, _("Verlopen. Vraag een nieuw bestand als je het nodig hebt."))


def consent_items(user: User) -> list[SummaryItem]:
    """What one said last about each thing."""
    last: dict[str, Consent] = {}
    for row in consents_of(user).order_by("at", "pk"):
        last[row.about] = row
    return [SummaryItem(term=_consent_name(about), text=_consent_text(row)) for about, row in last.items()]


def _consent_name(about: str) -> str:
    code, _sep, rest = about.partition(":")
    names = {
        Agreed.TERMS: _("Regels van dit portaal"),
        Agreed.HOUSE_RULES: _("Huisregels van een ecosysteem"),
        Agreed.NEWSLETTER: _("Nieuwsbrief"),
        Agreed.PROFILE: _("Wie je profiel ziet"),
    }
    # A number, as of an ecosystem, tells its reader nothing.
    name, detail = names.get(code, code), "" if rest.isdecimal() else force_str(CHOSEN.get(rest, rest))
    return f"{name}: {detail}" if detail else name


def _consent_text(row: Consent) -> str:
    said = _("Ja, sinds %(day)s") if row.given else _("Nee, sinds %(day)s")
    text = said % {"day": _day(row.at)}
    if not row.version:
        return text
    return f"{text} ({CHOSEN.get(row.version) or _('versie %(version)s') % {'version': row.version}})"


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y H:i")


def _day(at: datetime) -> str:
    return date_format(timezone.localdate(at), "j F Y")
