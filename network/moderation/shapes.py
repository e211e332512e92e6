"""Cases, decisions and people as the design system's components take them."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.moderation.audiences_managed import name_of as name_of_place
from network.moderation.models import Access, Decision, ModerationCase, Objection
from network.moderation.shown import Shown
from network.moderation.writing import REASONS
from portal.design.shapes import Link, SummaryItem, Task, TimelineItem
from portal.organisations.shapes import name_of


def day_text(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")


def moment_text(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")


def title_of(shown: Shown) -> str:
    """What is private is named by its kind alone until somebody opened it."""
    if shown.is_closed:
        return _("Iets besloten (%(kind)s)") % {"kind": shown.label}
    if shown.item is None:
        return _("Niet meer aanwezig (%(kind)s)") % {"kind": shown.label}
    return shown.item.title or shown.label


def held_because(case: ModerationCase) -> str:
    return "; ".join(str(REASONS[each]) for each in case.held_reasons if each in REASONS)


def queue_task(shown: Shown, *, reports: int, at: datetime.datetime) -> Task:
    """One line of the queue. How many reported it is an annotation of the query."""
    case = shown.case
    parts = [_("vastgehouden")] if case.is_held else []
    if reports:
        parts.append(ngettext("%(number)s melding", "%(number)s meldingen", reports) % {"number": reports})
    parts.append(moment_text(case.opened_at))
    status, kind = _status(case, at)
    return Task(
        label=title_of(shown), url=case.get_absolute_url(), hint=" · ".join(parts), status=status, kind=kind
    )


def _status(case: ModerationCase, at: datetime.datetime) -> tuple[str, str]:
    if case.state == ModerationCase.State.DECIDED:
        return _("besloten"), "done"
    if case.is_overdue(at):
        return _("te laat"), "problem"
    hours = max(1, round((case.term_at - at).total_seconds() / 3600))
    return ngettext("nog %(number)s uur", "nog %(number)s uur", hours) % {"number": hours}, "wait"


def objection_task(objection: Objection, at: datetime.datetime) -> Task:
    is_late = objection.term_at < at
    return Task(
        label=_("Bezwaar in zaak %(number)s") % {"number": objection.decision.case_id},
        url=reverse("moderation:answer", args=[objection.pk]),
        hint=day_text(objection.at),
        status=_("te laat") if is_late else _("tot %(day)s") % {"day": day_text(objection.term_at)},
        kind="problem" if is_late else "wait",
    )


def place_text(audience: str, *, is_own: bool) -> str:
    if not audience:
        return _("het portaal")
    name = name_of_place(audience) if is_own else ""
    return name or _("een besloten ecosysteem")


def case_facts(shown: Shown, *, is_own_place: bool) -> list[SummaryItem]:
    case = shown.case
    facts = [
        SummaryItem(term=_("Soort"), text=shown.label),
        SummaryItem(term=_("Waar"), text=place_text(case.audience, is_own=is_own_place)),
    ]
    if case.author is not None:
        url = reverse("moderation:person", args=[case.author_id])
        facts.append(
            SummaryItem(term=_("Geschreven door"), links=[Link(label=name_of(case.author), url=url)])
        )
    if shown.item is not None:
        facts.append(SummaryItem(term=_("Geschreven op"), text=moment_text(shown.item.created_at)))
    if case.is_held:
        why = held_because(case) or _("niet bekend")
        facts.append(SummaryItem(term=_("Automatisch vastgehouden"), text=why))
    late = _("te laat") if case.is_overdue(timezone.now()) else ""
    term = " · ".join(part for part in (moment_text(case.term_at), late) if part)
    facts.append(SummaryItem(term=_("Besluiten voor"), text=term))
    return facts


def decision_text(decision: Decision) -> str:
    """In a few words, for moderators."""
    measures = {
        Decision.Measure.WARN: _("schrijver gewaarschuwd"),
        Decision.Measure.BLOCK: _("schrijver geblokkeerd"),
    }
    measure = measures.get(Decision.Measure(decision.measure), "")
    said = what_happened(decision)
    return f"{said}, {measure}" if measure else said


def what_happened(decision: Decision) -> str:
    """To the thing; what its author got for it is theirs to know."""
    said = {
        Decision.Action.NONE: _("Blijft staan"),
        Decision.Action.HIDE: _("Verborgen"),
        Decision.Action.REMOVE: _("Verwijderd"),
        Decision.Action.RESTORE: _("Geplaatst of teruggezet"),
    }[Decision.Action(decision.action)]
    if decision.undoes_id is not None:
        said = _("Eerder besluit teruggedraaid")
    return said


def decision_item(decision: Decision) -> TimelineItem:
    parts = [decision.rule] if decision.rule else []
    parts += [_("door %(name)s") % {"name": name_of(decision.by)}] if decision.by is not None else []
    return TimelineItem(
        title=decision_text(decision), when=timezone.localtime(decision.at), text=" · ".join(parts)
    )


def access_row(row: Access) -> list[str]:
    who = name_of(row.by) if row.by is not None else _("iemand van wie het account weg is")
    return [moment_text(row.at), who, f"{row.code} {row.object_id}", row.reason]


def person_facts(user: Any, *, is_new: bool, blocks: list[Decision]) -> list[SummaryItem]:
    facts = [
        SummaryItem(term=_("Lid sinds"), text=day_text(user.date_joined)),
        SummaryItem(term=_("Bekend?"), text=_("nieuw account") if is_new else _("schrijft hier langer")),
    ]
    for block in blocks:
        if block.blocked_until is not None:
            where = _("in het hele portaal") if not block.audience else _("in één ecosysteem")
            text = _("tot en met %(day)s, %(where)s") % {
                "day": date_format(block.blocked_until, "j F Y"),
                "where": where,
            }
            facts.append(SummaryItem(term=_("Geblokkeerd"), text=text))
    return facts
