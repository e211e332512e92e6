"""Who moderates what, who reads what isn't theirs, and who may not write."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.moderation import reportables
from network.moderation.audiences_managed import managed_terms, managers_of, with_wider
from network.moderation.models import Access, Decision, ModerationCase, Objection
from network.moderation.moderators import is_person, moderates_portal, others_decide
from network.moderation.querysets import sees_all
from network.moderation.reportables import ecosystem_audience
from portal.accounts.models import User

HELD_TERM = datetime.timedelta(hours=24)
REPORT_TERM = datetime.timedelta(hours=72)
OBJECTION_TERM = datetime.timedelta(days=14)
# After somebody said why they open something private, they may look for so long.
ACCESS_TERM = datetime.timedelta(hours=8)
MOST_BLOCK_DAYS = 366


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody may not write until the day after `until`, in the whole portal or in one place."""

    until: datetime.date
    in_portal: bool
    decision_url: str

    def __str__(self) -> str:
        """The sentence for who tries to write."""
        day = date_format(self.until, "j F Y")
        if self.in_portal:
            return _("Je mag tot en met %(day)s niets plaatsen. In de brief die je kreeg staat waarom.") % {
                "day": day
            }
        return _("Je mag hier tot en met %(day)s niets plaatsen. In de brief die je kreeg staat waarom.") % {
            "day": day
        }


def is_moderator(user: Any) -> bool:
    """Of the portal: somebody of the group, or an administrator."""
    return sees_all(user)


def moderates_somewhere(user: Any) -> bool:
    """Is there a queue for this person: of the portal, or of an audience that they manage?"""
    return is_person(user) and (sees_all(user) or bool(managed_terms(user)))


def may_write(user: Any, ecosystem_id: int | None) -> Blocked | None:
    """None where nothing stands in the way of writing in this ecosystem (None: the portal); else the longest block."""
    places = {"", *with_wider(ecosystem_audience(ecosystem_id))}
    found = Decision.objects.blocking(user, timezone.localdate()).filter(audience__in=places)
    row = found.order_by("-blocked_until", "pk").first()
    if row is None or row.blocked_until is None:
        return None
    return Blocked(row.blocked_until, row.audience == "", row.get_absolute_url())


def can_decide(user: Any, case: ModerationCase) -> bool:
    return ModerationCase.objects.visible_to(user).filter(pk=case.pk).exists()


def can_block_in_portal(user: Any) -> bool:
    """Who manages one place blocks people there alone."""
    return sees_all(user)


def must_open_first(user: Any, code: str, object_id: int, audience: str) -> bool:
    """Is this somebody else's private place, which the person hasn't said yet why they look into it?"""
    if not audience or audience in managed_terms(user):
        return False
    since = timezone.now() - ACCESS_TERM
    looked = Access.objects.lately(user, since).filter(code=code, object_id=object_id, audience=audience)
    return not looked.exists()


def actions_for(state: str | None) -> list[str]:
    """What can be decided about a thing in this state; None where it isn't there any more."""
    action = Decision.Action
    if state is None:
        return [action.NONE]
    if state == reportables.HELD:
        return [action.RESTORE, action.REMOVE]
    if state == reportables.HIDDEN:
        return [action.NONE, action.RESTORE, action.REMOVE]
    if state == reportables.REMOVED:
        return [action.NONE, action.RESTORE]
    return [action.NONE, action.HIDE, action.REMOVE]


def must_say_why(user: User) -> bool:
    """A moderator opens what was reported as their work; who isn't one says why."""
    return not moderates_portal(user)


def is_undone(decision: Decision) -> bool:
    return Decision.objects.filter(undoes=decision).exists()


def can_undo(user: Any, decision: Decision) -> bool:
    """Whoever sees the case; only what takes something away. For anything else a new case begins with a report."""
    return decision.takes_away and not is_undone(decision) and can_decide(user, decision.case)


def can_object(user: Any, decision: Decision, at: datetime.datetime) -> bool:
    """Its author against what takes something away, who reported against what was decided; once, within six months."""
    if not is_person(user) or at > decision.objection_until or decision.undoes_id is not None:
        return False
    is_theirs = decision.person_id == user.pk and decision.takes_away
    reported = (
        decision.case.reports.filter(reporter=user).exists() and decision.action != Decision.Action.REMOVE
    )
    if not (is_theirs or reported) or is_undone(decision):
        return False
    return not Objection.objects.filter(decision=decision, by=user).exists()


def can_answer(user: Any, objection: Objection) -> bool:
    """Whoever sees the case, but for who took the decision, as long as there is somebody else; never one's own."""
    decision = objection.decision
    if objection.by_id == user.pk or not can_decide(user, decision.case):
        return False
    return decision.by_id != user.pk or not _another_decides(user, decision)


def _another_decides(user: Any, decision: Decision) -> bool:
    """Besides `user` and who objects themselves."""
    if others_decide(user):
        return True
    return bool(managers_of(decision.case.audience) - {user.pk, decision.case.author_id})
