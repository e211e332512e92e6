"""The statement of reasons: what the Digital Services Act (article 17) wants an author to read, in plain words.

In its order: what was decided, where and how long; the facts and how they came to light; whether a machine had a part
in it; the ground in law or in our rules, and why; and what one can do against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.moderation.models import Decision
from network.moderation.reportables import find, registered

Action, Measure = Decision.Action, Decision.Measure


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    text: str


def statement_of(decision: Decision) -> list[Part]:
    return [
        Part(_("Wat we besloten"), what_was_decided(decision)),
        Part(_("Wat er gebeurde"), decision.facts or _forgotten()),
        Part(_("Hoe we het zagen"), how_it_was_found(decision)),
        Part(_("Welke regel"), which_rule(decision)),
        Part(_("Waarom"), decision.reason or _forgotten()),
        Part(_("Niet mee eens?"), what_one_can_do(decision)),
    ]


def _forgotten() -> str:
    return _("Deze tekst bewaren we niet meer: het besluit is van lang geleden.")


def what_was_decided(decision: Decision) -> str:
    said = {
        Action.NONE: "",
        Action.HIDE: _("We hebben verborgen wat je schreef. Anderen zien het niet meer, jij nog wel."),
        Action.REMOVE: _removed(decision.case.code),
        Action.RESTORE: _("Wat je schreef staat er weer."),
    }[Action(decision.action)]
    measures = {Measure.WARN: _("Dit is een waarschuwing."), Measure.BLOCK: _block(decision)}
    measure = measures.get(Measure(decision.measure), "")
    return " ".join(part for part in (said, measure) if part)


def _removed(code: str) -> str:
    if code in registered() and find(code).author_keeps:
        return _("We hebben weggehaald wat je schreef. Niemand ziet het meer dan jij.")
    return _("We hebben verwijderd wat je schreef. Niemand ziet het meer.")


def _block(decision: Decision) -> str:
    if decision.blocked_until is None:
        return ""
    day = date_format(decision.blocked_until, "j F Y")
    if decision.audience:
        return _("Je mag in dit ecosysteem tot en met %(day)s niets plaatsen. Lezen mag wel.") % {"day": day}
    return _("Je mag in het hele portaal tot en met %(day)s niets plaatsen. Lezen mag wel.") % {"day": day}


def how_it_was_found(decision: Decision) -> str:
    """Never who: of a report its author learns that there was one."""
    if decision.was_detected and decision.was_reported:
        found = _("Regels die elke nieuwe tekst bekijken, hielden het vast. Daarna kwam er een melding.")
    elif decision.was_detected:
        found = _("Regels die elke nieuwe tekst bekijken, hielden het vast.")
    elif decision.was_reported:
        found = _("Iemand meldde het.")
    else:
        found = _("Een moderator zag het zelf.")
    return found + " " + _("Een mens heeft het gelezen en besloten. Er is niets automatisch besloten.")


def which_rule(decision: Decision) -> str:
    if decision.ground == Decision.Ground.LAW:
        return _("Volgens ons is dit tegen de wet: %(rule)s.") % {"rule": decision.rule}
    return _("Dit past niet bij onze regels: %(rule)s.") % {"rule": decision.rule}


def what_one_can_do(decision: Decision) -> str:
    day = date_format(timezone.localtime(decision.objection_until), "j F Y")
    return _(
        "Je kunt tot en met %(day)s bezwaar maken op de pagina van dit besluit. Dat kost niets. Als het kan, "
        "kijkt er dan een ander naar dan wie dit besloot. Kom je er met ons niet uit, dan kun je naar een erkende "
        "geschillencommissie of naar de rechter."
    ) % {"day": day}
