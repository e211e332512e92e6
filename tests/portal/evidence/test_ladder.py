"""The ladder with literals: each step, the traps between two steps, and that more evidence never counts for less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.evidence.ladder import (
    Establishment,
    EvidenceLevel,
    Finding,
    Nature,
    OtherFinding,
    evidence_level,
    improvement,
    relative_change,
)

SAID = Finding("stocks", 8.0, Establishment.SELF_REPORTED, period=True, base=True, compared=True, source="ip")
MEASURED = replace(SAID, establishment=Establishment.MEASURED, compared=False)
COMPARED = replace(MEASURED, compared=True)


def level(*findings: Finding, natures: Any = (Nature.ACCOUNT,), **others: Any) -> EvidenceLevel:
    return evidence_level(natures, findings, **others)


def test_the_five_steps_in_order() -> None:
    elsewhere = [OtherFinding(COMPARED, "bakkerij")]
    assert [
        level(natures=[Nature.STATEMENT]),
        level(natures=[Nature.STATEMENT, Nature.ACCOUNT]),
        level(MEASURED),
        level(COMPARED),
        level(COMPARED, organisation="smederij", elsewhere=elsewhere),
    ] == list(EvidenceLevel)
    assert [step.code for step in EvidenceLevel] == ["told", "described", "measured", "compared", "repeated"]
    assert [int(step) for step in EvidenceLevel] == [1, 2, 3, 4, 5]


def test_nothing_at_all_is_only_told() -> None:
    assert level(natures=[]) is EvidenceLevel.TOLD


def test_a_statement_with_a_figure_that_nobody_measured_stays_told() -> None:
    assert level(SAID, natures=[Nature.STATEMENT]) is EvidenceLevel.TOLD


@pytest.mark.parametrize(
    "how", [Establishment.SELF_REPORTED, Establishment.ESTIMATED, Establishment.NOT_STATED], ids=str
)
def test_what_was_not_measured_or_counted_never_becomes_gemeten(how: Establishment) -> None:
    assert level(replace(COMPARED, establishment=how)) is EvidenceLevel.DESCRIBED


def test_counted_weighs_as_measured() -> None:
    assert level(replace(MEASURED, establishment=Establishment.COUNTED)) is EvidenceLevel.MEASURED


@pytest.mark.parametrize(
    "lacking",
    [{"period": False}, {"base": False}, {"improvement": None}],
    ids=lambda lacking: next(iter(lacking)),
)
def test_a_measured_figure_without_period_base_or_change_stays_beschreven(lacking: dict[str, Any]) -> None:
    assert level(replace(MEASURED, **lacking)) is EvidenceLevel.DESCRIBED
    assert level(replace(COMPARED, **lacking)) is EvidenceLevel.DESCRIBED


def test_measured_and_compared_must_be_one_and_the_same_figure() -> None:
    """A measured figure beside a compared one that nobody measured is no compared measurement."""
    assert level(MEASURED, SAID) is EvidenceLevel.MEASURED


def test_a_measured_worsening_is_measured_too() -> None:
    assert level(replace(MEASURED, improvement=-8.0)) is EvidenceLevel.MEASURED
    assert level(replace(COMPARED, improvement=-8.0)) is EvidenceLevel.COMPARED


@pytest.mark.parametrize(
    ("other", "step"),
    [
        (OtherFinding(COMPARED, "bakkerij"), EvidenceLevel.REPEATED),
        (OtherFinding(replace(COMPARED, source="ser"), "smederij"), EvidenceLevel.REPEATED),
        (OtherFinding(COMPARED, "smederij"), EvidenceLevel.COMPARED),
        (OtherFinding(COMPARED, ""), EvidenceLevel.COMPARED),
        (OtherFinding(replace(COMPARED, source=""), "smederij"), EvidenceLevel.COMPARED),
        (OtherFinding(replace(COMPARED, indicator="defects"), "bakkerij"), EvidenceLevel.COMPARED),
        (OtherFinding(replace(COMPARED, improvement=-8.0), "bakkerij"), EvidenceLevel.COMPARED),
        (OtherFinding(replace(COMPARED, improvement=0.0), "bakkerij"), EvidenceLevel.COMPARED),
        (OtherFinding(MEASURED, "bakkerij"), EvidenceLevel.COMPARED),
        (OtherFinding(SAID, "bakkerij"), EvidenceLevel.COMPARED),
    ],
    ids=[
        "another company",
        "another source",
        "the same company and source",
        "an unnamed company",
        "an unnamed source",
        "another indicator",
        "a worsening",
        "no change",
        "not compared",
        "not measured",
    ],
)
def test_only_an_independent_improvement_of_the_same_indicator_repeats(
    other: OtherFinding, step: EvidenceLevel
) -> None:
    assert level(COMPARED, organisation="smederij", elsewhere=[other]) is step


def test_the_source_of_the_compared_figure_counts_and_not_that_of_another_figure() -> None:
    from_elsewhere = replace(SAID, indicator="defects", source="tno")
    same = OtherFinding(COMPARED, "smederij")
    step = level(from_elsewhere, COMPARED, organisation="smederij", elsewhere=[same])
    assert step is EvidenceLevel.COMPARED


def test_one_practice_seen_by_two_sources_is_repeated() -> None:
    assert level(COMPARED, replace(COMPARED, source="ser"), organisation="smederij") is EvidenceLevel.REPEATED
    assert level(COMPARED, COMPARED, organisation="smederij") is EvidenceLevel.COMPARED


def test_what_others_found_lifts_nobody_who_compared_nothing() -> None:
    elsewhere = [OtherFinding(COMPARED, "bakkerij"), OtherFinding(COMPARED, "drukkerij")]
    assert level(MEASURED, organisation="smederij", elsewhere=elsewhere) is EvidenceLevel.MEASURED
    assert level(natures=[Nature.STATEMENT], elsewhere=elsewhere) is EvidenceLevel.TOLD


def test_a_worsening_is_not_repeated_by_an_improvement_elsewhere() -> None:
    worse = replace(COMPARED, improvement=-3.0)
    assert (
        level(worse, organisation="smederij", elsewhere=[OtherFinding(COMPARED, "bakkerij")])
        is EvidenceLevel.COMPARED
    )


names = st.sampled_from(["", "a", "b"])
natures = st.lists(st.sampled_from(Nature), max_size=3)
some_findings = st.builds(
    Finding,
    indicator=st.sampled_from(["stocks", "defects"]),
    improvement=st.sampled_from([None, -1.0, 0.0, 1.0]),
    establishment=st.sampled_from(Establishment),
    period=st.booleans(),
    base=st.booleans(),
    compared=st.booleans(),
    source=names,
)
findings = st.lists(some_findings, max_size=4)
others = st.lists(st.builds(OtherFinding, some_findings, names), max_size=4)


@given(
    natures,
    findings,
    names,
    others,
    st.sampled_from(Nature),
    some_findings,
    st.builds(OtherFinding, some_findings, names),
)
def test_another_source_or_finding_never_lowers_the_step(
    natures: list[Nature],
    own: list[Finding],
    organisation: str,
    elsewhere: list[OtherFinding],
    nature: Nature,
    finding: Finding,
    other: OtherFinding,
) -> None:
    before = evidence_level(natures, own, organisation=organisation, elsewhere=elsewhere)
    assert evidence_level([*natures, nature], own, organisation=organisation, elsewhere=elsewhere) >= before
    assert evidence_level(natures, [*own, finding], organisation=organisation, elsewhere=elsewhere) >= before
    assert evidence_level(natures, [finding, *own], organisation=organisation, elsewhere=elsewhere) >= before
    assert evidence_level(natures, own, organisation=organisation, elsewhere=[*elsewhere, other]) >= before


@given(natures, findings, names, others)
def test_the_order_of_figures_does_not_matter(
    natures: list[Nature], own: list[Finding], organisation: str, elsewhere: list[OtherFinding]
) -> None:
    forwards = evidence_level(natures, own, organisation=organisation, elsewhere=elsewhere)
    backwards = evidence_level(natures[::-1], own[::-1], organisation=organisation, elsewhere=elsewhere[::-1])
    assert forwards is backwards


@pytest.mark.parametrize(
    ("change", "direction", "expected"),
    [(17, "up", 17), (-8, "down", 8), (-3, "up", -3), (5, "down", -5), (5, "none", None), (0, "up", 0)],
)
def test_improvement_is_positive_where_it_is_better(
    change: float, direction: str, expected: float | None
) -> None:
    assert improvement(change, direction) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (40, 10, -75.0),
        (10, 40, 300.0),
        (8, 8, 0.0),
        (5, 0, -100.0),
        (-10, -5, 50.0),
        (-10, 10, 200.0),
        (0, 5, None),
    ],
)
def test_relative_change_is_in_percent_of_before(before: float, after: float, expected: float | None) -> None:
    assert relative_change(before, after) == expected
