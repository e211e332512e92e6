"""The evidence ladder: five steps, derived from the data and never typed in.

verteld (told) → beschreven (described) → gemeten (measured) → vergeleken (compared) → herhaald (repeated). Pure
calculation without the ORM; the texts for readers stand on the page "Hoe wij bewijs wegen".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Nature(enum.StrEnum):
    """What a source is to a case: a written account of approach and result, or somebody's words about it."""

    ACCOUNT = "account"
    STATEMENT = "statement"


class Establishment(enum.StrEnum):
    """How a figure was established."""

    MEASURED = "measured"
    COUNTED = "counted"
    ESTIMATED = "estimated"
    SELF_REPORTED = "self-reported"
    NOT_STATED = "not-stated"


class EvidenceLevel(enum.IntEnum):
    """The steps of the ladder, in order; the number is the number of filled dots."""

    TOLD = 1
    DESCRIBED = 2
    MEASURED = 3
    COMPARED = 4
    REPEATED = 5

    @property
    def code(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One measured result, as the ladder weighs it.

    `improvement` is a percentage, positive where it is better; None where the figure is no change (a count of
    companies, say). `base` tells that what the change is measured from is known, `period` that its time is. `source`
    names the document that the figure comes from; empty where that can't be told.
    """

    indicator: str
    improvement: float | None
    establishment: Establishment
    period: bool
    base: bool
    compared: bool
    source: str = ""

    @property
    def counts_as_measured(self) -> bool:
        """Measured or counted, a change, and with both its period and its base."""
        established = self.establishment in (Establishment.MEASURED, Establishment.COUNTED)
        return established and self.period and self.base and self.improvement is not None

    @property
    def counts_as_compared(self) -> bool:
        return self.counts_as_measured and self.compared

    @property
    def may_be_repeated(self) -> bool:
        """Compared, and for the better."""
        return self.counts_as_compared and (self.improvement or 0) > 0


@dataclass(frozen=True, slots=True)
class OtherFinding:
    """A finding of another practice, with the organisation that it is about."""

    finding: Finding
    organisation: str


def evidence_level(
    natures: Iterable[Nature],
    findings: Iterable[Finding],
    *,
    organisation: str = "",
    elsewhere: Iterable[OtherFinding] = (),
) -> EvidenceLevel:
    """The step of the ladder that a practice stands on.

    `natures` are those of its sources, `findings` its own figures, `organisation` whom these are about, and `elsewhere`
    are findings of other practices. A finding is repeated where another organisation or another source compared the
    same indicator and saw an improvement as well; what isn't named can't be told apart, so an unnamed organisation or
    source never makes a finding independent.
    """
    own = [OtherFinding(finding, organisation) for finding in findings]
    others = [*own, *elsewhere]
    if any(_repeats(finding, other) for finding in own for other in others):
        return EvidenceLevel.REPEATED
    if any(one.finding.counts_as_compared for one in own):
        return EvidenceLevel.COMPARED
    if any(one.finding.counts_as_measured for one in own):
        return EvidenceLevel.MEASURED
    if Nature.ACCOUNT in set(natures):
        return EvidenceLevel.DESCRIBED
    return EvidenceLevel.TOLD


def _repeats(one: OtherFinding, other: OtherFinding) -> bool:
    """Whether two findings are the same improvement, seen independently."""
    if one.finding.indicator != other.finding.indicator:
        return False
    if not (one.finding.may_be_repeated and other.finding.may_be_repeated):
        return False
    return _differ(one.organisation, other.organisation) or _differ(one.finding.source, other.finding.source)


def _differ(name: str, other: str) -> bool:
    """Two names of two things; an empty name tells nothing."""
    return bool(name and other) and name != other


def improvement(change: float, direction: str) -> float | None:
    """`change` in percent, turned so that positive is better; None for an indicator without a better direction."""
    if direction == "up":
        return change
    if direction == "down":
        return -change
    return None


def relative_change(before: float, after: float) -> float | None:
    """The change from `before` to `after` in percent of `before`; None where `before` is zero."""
    if before == 0:
        return None
    return (after - before) / abs(before) * 100
