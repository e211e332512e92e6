"""What editors do, as it reaches the index: every change of pages, privacy and what documents are made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.pages.models import KnowledgePage
from search.documents import sources
from search.engine import engine
from search.indexing.relay import relay_all
from search.models import SearchEvent
from search.results import Measured, Results
from tests.factories.pages import (
    Portal,
    add_measurement,
    make_case,
    make_figure,
    make_knowledge,
    make_page,
    restrict,
)
from tests.factories.taxonomy import (
    CoropFactory,
    DivisionFactory,
    GoalFactory,
    SizeClassFactory,
    ThemeFactory,
)

Find = Callable[..., Results]


def ids(results: Results) -> set[str]:
    return {hit.id for hit in results.hits}


def indexed() -> set[str]:
    if connection.in_atomic_block:
        relay_all()
    return {found.id for found in engine().contents()}


def test_a_published_page_of_every_kind_is_found_before_the_answer_is_sent(
    live_portal: Portal, find: Find
) -> None:
    case = make_case(live_portal, "Zonnebloempit in de werkplaats")
    knowledge = make_knowledge(live_portal, "Zonnebloempit als begrip")
    figure = make_figure(live_portal, "Zonnebloempit in cijfers")
    page = make_page(live_portal, "Over de zonnebloempit")
    assert ids(find("zonnebloempit")) == {
        f"case:{case.pk}", f"knowledge:{knowledge.pk}", f"figure:{figure.pk}", f"page:{page.pk}",
    }  # fmt: skip
    assert not SearchEvent.objects.exists()


def test_what_narrows_is_applied_before_the_answer_is_sent(live_portal: Portal, find: Find) -> None:
    page = make_knowledge(live_portal, "Zonnebloempit")
    case = make_case(live_portal, "Zonnebloempit in bedrijf")
    page.unpublish()
    restrict(live_portal.cases)
    assert find("zonnebloempit").total == 0
    case.delete()
    assert indexed() == set()
    assert not SearchEvent.objects.exists()


def test_a_draft_is_not_in_the_index_until_it_is_published(portal: Portal, find: Find) -> None:
    page = make_knowledge(portal, "Gewoon", live=False)
    page.title = "Zonnebloempit"
    revision = page.save_revision()
    assert indexed() == set()
    revision.publish()
    assert ids(find("zonnebloempit")) == {f"knowledge:{page.pk}"}


def test_a_draft_of_a_live_page_leaves_the_index_as_it_was(portal: Portal, find: Find) -> None:
    page = make_knowledge(portal, "Gewoon")
    page.title = "Zonnebloempit"
    page.save_revision()
    assert find("zonnebloempit").total == 0
    assert find("gewoon").total == 1


def test_unpublishing_takes_a_page_out(portal: Portal, find: Find) -> None:
    page = make_knowledge(portal, "Zonnebloempit")
    page.unpublish()
    assert indexed() == set()


def test_unpublishing_with_all_below_takes_the_whole_branch_out(portal: Portal) -> None:
    make_case(portal, "Eén")
    make_case(portal, "Twee")
    make_knowledge(portal, "Drie")
    editor = User.objects.create_superuser(email="redactie@example.org", password="x")
    UnpublishPageAction(portal.cases, user=editor, include_descendants=True).execute()
    assert {found.partition(":")[0] for found in indexed()} == {"knowledge"}


def test_deleting_a_branch_takes_out_all_that_was_in_it(portal: Portal) -> None:
    make_case(portal, "Eén")
    make_case(portal, "Twee")
    kept = make_knowledge(portal, "Drie")
    portal.cases.delete()
    assert indexed() == {f"knowledge:{kept.pk}"}


def test_a_restriction_on_an_ancestor_hides_all_below_and_lifting_it_shows_them(
    portal: Portal, find: Find
) -> None:
    case = make_case(portal, "Zonnebloempit")
    member = User.objects.create_user(email="lid@example.org", password="x")
    restriction = restrict(portal.cases)
    assert find("zonnebloempit").total == 0
    assert ids(find("zonnebloempit", member)) == {f"case:{case.pk}"}
    restriction.delete()
    assert ids(find("zonnebloempit")) == {f"case:{case.pk}"}


def test_a_restriction_to_a_group_follows_a_change_of_its_groups(portal: Portal, find: Find) -> None:
    one, other = Group.objects.create(name="een"), Group.objects.create(name="ander")
    person = User.objects.create_user(email="lid@example.org", password="x")
    person.groups.add(one)
    case = make_case(portal, "Zonnebloempit")
    restriction = restrict(portal.cases, groups=[one])
    assert ids(find("zonnebloempit", person)) == {f"case:{case.pk}"}
    restriction.groups.set([other])
    assert find("zonnebloempit", person).total == 0


def test_moving_a_page_behind_a_restriction_hides_it_and_changes_its_address(
    portal: Portal, find: Find
) -> None:
    hidden = make_page(portal, "Besloten")
    restrict(hidden)
    page = make_page(portal, "Zonnebloempit")
    page.move(hidden, pos="last-child")
    assert find("zonnebloempit").total == 0
    member = User.objects.create_user(email="lid@example.org", password="x")
    (hit,) = find("zonnebloempit", member).hits
    assert hit.url == "/besloten/zonnebloempit/"


def test_another_slug_on_an_ancestor_changes_the_addresses_below(portal: Portal, find: Find) -> None:
    make_case(portal, "Zonnebloempit")
    portal.cases.slug = "voorbeelden"
    portal.cases.save()
    (hit,) = find("zonnebloempit").hits
    assert hit.url == "/voorbeelden/zonnebloempit/"


def test_a_change_of_a_measurement_reaches_the_index(portal: Portal, find: Find) -> None:
    case = make_case(portal, "Zonnebloempit")
    better = Measured("stocks", 10)
    assert find(measured=(better,)).total == 0
    figure = add_measurement(case, "stocks", change=Decimal(-12))
    assert find(measured=(better,)).total == 1
    figure.change = Decimal(12)
    figure.save()
    assert find(measured=(better,)).total == 0
    figure.change = Decimal(-12)
    figure.save()
    figure.delete()
    assert find(measured=(better,)).total == 0


def test_a_renamed_organisation_and_theme_are_found_by_their_new_name(portal: Portal, find: Find) -> None:
    case = make_case(portal, "Gewoon", organisation="Bakkerij Jansen", themes=["proces"])
    organisation = Organisation.objects.get(name="Bakkerij Jansen")
    organisation.name = "Zonnebloempit bv"
    organisation.save()
    theme = ThemeFactory.create(slug="proces")
    theme.name = "Kwartelei"
    theme.save()
    assert ids(find("zonnebloempit")) == {f"case:{case.pk}"}
    assert ids(find("kwartelei")) == {f"case:{case.pk}"}
    assert find("bakkerij").total == 0


def test_a_removed_goal_leaves_the_documents_that_named_it(portal: Portal, find: Find) -> None:
    goal = GoalFactory.create(slug="minder-voorraad")
    make_case(portal, "Gewoon", goals=[goal])
    assert find(filters={"goal": ("minder-voorraad",)}).total == 1
    goal.delete()
    assert find(filters={"goal": ("minder-voorraad",)}).total == 0


def test_a_new_root_of_the_site_changes_all_addresses(portal: Portal, find: Find) -> None:
    make_case(portal, "Zonnebloempit")
    site = portal.home.get_site()
    site.root_page = portal.root
    site.save()
    (hit,) = find("zonnebloempit").hits
    assert hit.url == "/slimmer-werken/praktijkvoorbeelden/zonnebloempit/"


def test_what_is_rolled_back_never_reaches_the_index(live_portal: Portal) -> None:
    class Regretted(Exception):
        pass

    with pytest.raises(Regretted), transaction.atomic():
        make_knowledge(live_portal, "Zonnebloempit")
        raise Regretted
    assert indexed() == set()
    assert not SearchEvent.objects.exists()


def test_a_row_lost_with_an_inner_savepoint_is_written_again_by_the_next_change(
    live_portal: Portal, find: Find
) -> None:
    page = make_knowledge(live_portal, "Gewoon")

    class Regretted(Exception):
        pass

    with transaction.atomic():
        with pytest.raises(Regretted), transaction.atomic():
            page.save()
            raise Regretted
        page.title = "Zonnebloempit"
        page.save()
    assert find("zonnebloempit").total == 1


def test_a_case_document_holds_all_that_it_can_be_found_by(portal: Portal) -> None:
    case = make_case(
        portal,
        "Kleine series",
        organisation="ALMI",
        themes=["zelforganisatie"],
        goals=[GoalFactory.create(slug="minder-voorraad")],
        sectors=[DivisionFactory.create()],
        regions=[CoropFactory.create()],
        size_class=SizeClassFactory.create(),
        period_start=2006,
        period_end=2008,
        measurements=[
            {"code": "stocks", "change": Decimal(-8)},
            {"code": "labour-productivity", "change": Decimal(-3)},
        ],
    )
    (document,) = sources()["case"].documents([case.pk])
    assert dict(document.facets) == {
        "theme": ("zelforganisatie",),
        "goal": ("minder-voorraad",),
        "sector": ("25", "C"),
        "region": ("CR10", "PV23"),
        "size": ("15-49",),
        "kind": ("practice",),
        "evidence": ("told", "described"),
        "year": ("2006", "2007", "2008"),
        "organisation": ("ALMI",),
        "indicator": ("stocks",),
    }
    assert [(each.indicator, each.improvement) for each in document.measurements] == [("stocks", 8.0)]
    assert document.organisation == "ALMI"
    assert set(document.keywords) == {
        "Zelforganisatie", "minder voorraad", "Metaalproducten", "Industrie", "Noord-Overijssel", "Overijssel",
        "voorraad", "arbeidsproductiviteit",
    }  # fmt: skip
    assert "Begin klein" in document.body and "<p>" not in document.body
    assert document.audience == {"public"}
    assert document.url == "/praktijkvoorbeelden/kleine-series/"


@pytest.mark.parametrize("type_code", ["case", "knowledge", "figure", "page"])
def test_documents_cost_the_same_queries_whatever_their_number(portal: Portal, type_code: str) -> None:
    makers: dict[str, Callable[[int], Any]] = {
        "case": lambda number: make_case(
            portal,
            f"C{number}",
            sectors=[DivisionFactory.create()],
            regions=[CoropFactory.create()],
            measurements=[{}],
        ),
        "knowledge": lambda number: make_knowledge(portal, f"K{number}", themes=[ThemeFactory.create()]),
        "figure": lambda number: make_figure(portal, f"F{number}"),
        "page": lambda number: make_page(portal, f"P{number}"),
    }
    portal.home.get_url()  # the addresses of sites are kept from here on
    counts = []
    for total in (3, 25):
        for number in range(total):
            makers[type_code](number + 100 * total)
        with CaptureQueriesContext(connection) as queries:
            found = list(sources()[type_code].documents())
        assert len(found) >= total
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13


def test_pages_outside_every_site_are_not_found(portal: Portal) -> None:
    stray = KnowledgePage(title="Zwerver", slug="zwerver", body=[])
    Page.objects.get(depth=1).add_child(instance=stray)
    assert indexed() == set()


def test_relay_leaves_nothing_behind(portal: Portal) -> None:
    make_case(portal, "Zonnebloempit", measurements=[{}])
    assert SearchEvent.objects.exists()
    relay_all()
    assert not SearchEvent.objects.exists()
