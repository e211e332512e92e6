"""The step of real and made cases as the database gives it: derived from sources and figures, never typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from cases.evidence import level_of, levels_of
from cases.models import CasePage
from portal.evidence.ladder import EvidenceLevel
from tests.factories.pages import Portal, add_measurement, make_case, make_portal, restrict
from tests.factories.taxonomy import SourceFactory

pytestmark = pytest.mark.django_db

COMPARED: dict[str, Any] = {
    "established": "measured",
    "period_start": 2006,
    "base": "de stand in 2006",
    "compared_with": "de andere vestiging",
}
TOLD, DESCRIBED, MEASURED, COMPARED_STEP, REPEATED = EvidenceLevel


@pytest.fixture
def portal() -> Portal:
    return make_portal()


def fresh(case: CasePage) -> EvidenceLevel:
    return level_of(CasePage.objects.get(pk=case.pk))


@pytest.mark.any_database
def test_the_real_cases_stand_on_the_step_that_their_sources_bear() -> None:
    call_command("load_content", verbosity=0)
    steps = {case.slug: case.evidence.code for case in CasePage.objects.live()}
    assert steps == {
        "almi-machinefabriek": "described",
        "de-kien": "described",
        "donkergroen": "described",
        "dsm-delft": "told",
        "elektroned": "described",
        "ga-voor-slim": "described",
        "gaserop": "described",
        "noordrijn-westfalen": "described",
        "npal": "described",
        "ondernemershuis-regio-stedendriehoek": "described",
        "pactum": "told",
        "perron-038": "described",
        "scania-production-zwolle": "described",
        "thales-hengelo": "told",
        "toyota-production-system": "described",
        "witteveen-bos": "described",
    }


def test_another_company_with_the_same_compared_improvement_makes_both_repeated(portal: Portal) -> None:
    first = make_case(portal, "Smederij", measurements=[COMPARED])
    assert fresh(first) is COMPARED_STEP
    second = make_case(portal, "Bakkerij", measurements=[COMPARED])
    assert levels_of(list(CasePage.objects.all())) == {first.pk: REPEATED, second.pk: REPEATED}


def test_two_pages_on_one_company_from_one_source_repeat_nothing(portal: Portal) -> None:
    first = make_case(portal, "Smederij", organisation="De Smid", measurements=[COMPARED])
    second = make_case(portal, "Smederij, later", organisation="De Smid", measurements=[COMPARED])
    assert levels_of([first, second]) == {first.pk: COMPARED_STEP, second.pk: COMPARED_STEP}


def test_a_first_figure_from_another_source_does_not_make_a_figure_independent(portal: Portal) -> None:
    other = SourceFactory.create(code="tno", short_name="TNO")
    first = make_case(portal, "Smederij", organisation="De Smid")
    add_measurement(first, "lead-time", sort_order=0, source=other)
    add_measurement(first, "stocks", sort_order=1, **COMPARED)
    make_case(portal, "Smederij, later", organisation="De Smid", measurements=[COMPARED])
    assert fresh(first) is COMPARED_STEP


def test_a_hidden_or_unpublished_case_does_not_show_in_the_step_of_another(portal: Portal) -> None:
    first = make_case(portal, "Smederij", measurements=[COMPARED])
    hidden = make_case(portal, "Bakkerij", measurements=[COMPARED])
    restriction = restrict(hidden)
    make_case(portal, "Drukkerij", measurements=[COMPARED], live=False)
    assert fresh(first) is COMPARED_STEP
    restriction.delete()
    assert fresh(first) is REPEATED


def test_a_figure_in_a_draft_only_does_not_count(portal: Portal) -> None:
    case = make_case(portal, "Smederij", nature="statement")
    case.measurements.add(add_measurement(make_case(portal, "Bakkerij"), **COMPARED))
    case.save_revision()
    assert fresh(case) is TOLD


@pytest.mark.parametrize("number", [3, 25])
def test_the_steps_of_a_list_cost_the_same_for_few_and_many(
    portal: Portal, number: int, django_assert_num_queries: Any
) -> None:
    for count in range(number):
        make_case(portal, f"Smederij {count}", measurements=[COMPARED])
    cases = list(CasePage.objects.all().with_card())
    with django_assert_num_queries(1):
        assert set(levels_of(cases).values()) == {REPEATED}
