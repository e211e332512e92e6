"""What rooms ask before and after a member writes something: limits, whether it is held, and the case it then becomes.

In one transaction: `rules.may_write` → `check_limits` → `assess` → write the thing, held or not → `hold` where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from network.moderation import limits
from network.moderation.models import Decision, ModerationCase, WrittenText
from network.moderation.querysets import sees_all
from network.moderation.reportables import ecosystem_audience
from network.moderation.services.cases import open_held_case
from network.moderation.services.refusals import TooMuch
from network.moderation.writing import (
    ACCEPTED_TO_BE_KNOWN,
    NEW_DAYS,
    REASONS,
    Facts,
    fingerprint,
    judge,
)
from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.organisations.models import Membership

__all__ = ["Assessment", "TooMuch", "assess", "check_limits", "hold", "is_new", "may_attach"]

REMEMBERED = timedelta(days=7)  # how far back the same text is known again


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a text waits for a moderator, and why: codes of `writing.REASONS`."""

    holds: bool
    reasons: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For its author; empty where nothing is held."""
        if not self.holds:
            return ""
        why = "; ".join(str(REASONS[each]) for each in self.reasons if each in REASONS)
        return _(
            "Je bericht wacht tot een moderator het heeft bekeken, meestal binnen een dag. Reden: %(why)s."
        ) % {"why": why}


def accepted_texts(author: User) -> int:
    """How many texts of this person were let through, at once or by a moderator; no more are counted than matter."""
    wrote = WrittenText.objects.filter(author=author, was_held=False)[:ACCEPTED_TO_BE_KNOWN].count()
    if wrote >= ACCEPTED_TO_BE_KNOWN:
        return wrote
    let_through = Decision.objects.standing().filter(
        person=author, action=Decision.Action.RESTORE, case__is_held=True, undoes=None
    )
    return int(wrote + let_through[:ACCEPTED_TO_BE_KNOWN].count())


def is_new(author: User, at: datetime) -> bool:
    """A week hasn't passed yet, or fewer than two texts were accepted."""
    return _is_new(author, accepted_texts(author), at)


def _is_new(author: User, accepted: int, at: datetime) -> bool:
    return at - author.date_joined < timedelta(days=NEW_DAYS) or accepted < ACCEPTED_TO_BE_KNOWN


def _is_own_circle(author: User, ecosystem_id: int | None) -> bool:
    return ecosystem_id is not None and ecosystem_audience(ecosystem_id) in terms_for(author)


def may_attach(author: User, at: datetime) -> bool:
    """Files and images are for who isn't new any more."""
    return not is_new(author, at)


def assess(author: User, text: str, *, at: datetime, ecosystem_id: int | None) -> Assessment:
    """Judge a new text and remember it (not the text: a fingerprint), in the caller's transaction. Once for each text."""
    mark, accepted = fingerprint(text), accepted_texts(author)
    seen = WrittenText.objects.filter(fingerprint=mark, at__gte=at - REMEMBERED)
    by_author, by_others = seen.filter(author=author).count(), seen.exclude(author=author).count()
    is_trusted = sees_all(author)  # moderators wouldn't be held up by each other
    facts = Facts(
        is_new=not is_trusted and _is_new(author, accepted, at),
        is_first_outside=not is_trusted and accepted == 0 and not _is_own_circle(author, ecosystem_id),
        same_by_author=by_author,
        same_by_others=by_others,
    )
    reasons = judge(text, facts)
    WrittenText.objects.create(author=author, fingerprint=mark, was_held=bool(reasons), at=at)
    return Assessment(bool(reasons), reasons)


def assess_change(author: User, text: str, *, at: datetime) -> Assessment:
    """Judge a changed text: as a new one, but that it isn't compared with earlier ones or remembered."""
    reasons = judge(text, Facts(is_new=is_new(author, at)))
    return Assessment(bool(reasons), reasons)


def check_limits(author: User, *, kind: str, address: str, at: datetime) -> None:
    """Count one text of `kind`, of the person, of their companies and of the network it came from.

    `address` is what `portal.http.client_address` says, so that no header of a visitor begins anew. Raises TooMuch.
    """
    new = is_new(author, at)
    person = limits.OF_NEW if new else limits.OF_KNOWN
    _take(
        person,
        f"{kind}:{author.pk}",
        at,
        _("Je hebt veel geschreven in korte tijd. Probeer het later nog eens."),
    )
    companies = Membership.objects.current(timezone.localdate(at)).filter(user=author)
    for organisation in companies.order_by("pk").values_list("organisation", flat=True):
        said = _("Vanuit je bedrijf is veel geschreven in korte tijd. Probeer het later nog eens.")
        _take(limits.OF_COMPANY, f"{kind}:{organisation}", at, said)
    if address:
        said = _("Vanaf dit netwerk is veel geschreven in korte tijd. Probeer het later nog eens.")
        _take(limits.OF_NEW_AT_ADDRESS if new else limits.OF_ADDRESS, f"{kind}:{address}", at, said)


def _take(each_of: Sequence[limits.WritingLimit], who: str, at: datetime, sentence: str) -> None:
    for limit in each_of:
        if not limit.take(who, at):
            raise TooMuch(sentence)


def hold(code: str, object_id: int, *, author: User, reasons: Sequence[str], at: datetime) -> ModerationCase:
    """Put a thing that its room just wrote as held in the queue. Raises LookupError where the room doesn't know it."""
    return open_held_case(code, object_id, author=author, reasons=reasons, at=at)
