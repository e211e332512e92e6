"""Who hears what of a decision: its author why, who reported what came of it. Neither reads a name of the other."""

from __future__ import annotations

from typing import Any

from network.moderation.letters import address_of, send_letter
from network.moderation.models import Decision, Objection, Report
from network.moderation.reportables import Item
from network.moderation.statements import statement_of
from portal.accounts.models import User


def tell_of_decision(decision: Decision, item: Item | None) -> None:
    person = decision.person
    if person is not None and person.is_active:
        facts: dict[str, Any] = {
            "to": person.email,
            "key": str(decision.pk),
            "decision": decision,
            "item": item,
        }
        if decision.takes_away:
            url = address_of("decision", decision.key)
            send_letter("statement", statement=statement_of(decision), url=url, **facts)
        elif decision.action == Decision.Action.RESTORE:
            send_letter("placed", **facts)
    for report in Report.objects.filter(case=decision.case).select_related("reporter"):
        tell_reporter(report, decision)


def tell_reporter(report: Report, decision: Decision) -> None:
    account = report.reporter if report.reporter is not None and report.reporter.is_active else None
    send_letter(
        "outcome",
        to=account.email if account is not None else report.email,
        key=f"{decision.pk}:{report.pk}",
        report=report,
        decision=decision,
        url=address_of("decision", decision.key) if account is not None else "",
    )


def tell_of_undoing(again: Decision, item: Item | None) -> None:
    person = again.person
    if person is not None and person.is_active:
        send_letter(
            "undone",
            to=person.email,
            key=str(again.pk),
            decision=again.undoes,
            reason=again.reason,
            item=item,
            url=address_of("decision", again.undoes.key) if again.undoes is not None else "",
        )


def tell_of_objection(objection: Objection, by: User) -> None:
    url = address_of("decision", objection.decision.key)
    send_letter("objection", to=by.email, key=str(objection.pk), objection=objection, url=url)


def tell_of_answer(objection: Objection) -> None:
    person = objection.by
    if person is not None and person.is_active:
        url = address_of("decision", objection.decision.key)
        send_letter("answer", to=person.email, key=str(objection.pk), objection=objection, url=url)
