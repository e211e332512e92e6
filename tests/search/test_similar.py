"""What is like a page: other pages by their words, for who may read them, and nothing when no engine answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.pages.models import RelatedPage
from search.documents import Reader
from search.engine import close_engine
from search.indexing.relay import relay_all
from search.services import similar
from tests.factories.pages import Portal, make_case, make_knowledge, make_page, restrict
from tests.factories.taxonomy import GoalFactory


def reader(user: Any = None) -> Reader:
    user = user or AnonymousUser()
    return Reader(user, terms_for(user))


def like(page: Any, user: Any = None, **values: Any) -> list[str]:
    relay_all()
    kind = {"casepage": "case", "knowledgepage": "knowledge", "contentpage": "page"}[page._meta.model_name]
    return [shown.title for _hit, shown in similar(f"{kind}:{page.pk}", reader(user), **values)]


@pytest.fixture
def welding(portal: Portal) -> Any:
    return make_case(
        portal, "Lasrobot in de werkplaats", summary="Een lasrobot neemt het zware laswerk over."
    )


def test_like_it_is_what_shares_its_telling_words_of_any_type(portal: Portal, welding: Any) -> None:
    make_case(portal, "Planbord in de thuiszorg", summary="Wijkverpleging plant zelf.")
    make_case(portal, "Lasrobots voor kleine series", summary="De lasrobot betaalt zich terug.")
    make_knowledge(portal, "Robots kiezen", "Wanneer een lasrobot loont.")
    found = like(welding)
    assert found[:2] == ["Lasrobots voor kleine series", "Robots kiezen"]
    assert "Lasrobot in de werkplaats" not in found


def test_keywords_count_and_the_limit_holds(portal: Portal) -> None:
    goal = GoalFactory.create(slug="minder-regeldruk", name="Minder regeldruk")
    page = make_case(portal, "Een", goals=[goal], summary="")
    for title in ("Twee", "Drie", "Vier"):
        make_case(portal, title, goals=[goal], summary="")
    assert sorted(like(page)) == ["Drie", "Twee", "Vier"]
    assert len(like(page, limit=2)) == 2


def test_what_is_on_the_page_already_makes_room_for_the_next(portal: Portal, welding: Any) -> None:
    make_case(portal, "Lasrobot een", slug="een")
    make_case(portal, "Lasrobot twee", slug="twee")
    assert like(welding, limit=1, besides={"/praktijkvoorbeelden/een/"}) == ["Lasrobot twee"]


def test_the_database_is_asked_for_permission_each_time(portal: Portal, welding: Any) -> None:
    other = make_case(portal, "Lasrobot achter de schermen")
    assert like(welding) == ["Lasrobot achter de schermen"]
    restrict(other, groups=[Group.objects.create(name="ingewijden")])  # the index hasn't heard of it
    kinds = f"case:{welding.pk}"
    assert similar(kinds, reader()) == ()
    insider = User.objects.create_user("ingewijd@portaal.example")
    insider.groups.set(Group.objects.all())
    assert like(welding, insider) == ["Lasrobot achter de schermen"]
    assert like(welding) == []


def test_no_engine_and_no_document_give_nothing(
    portal: Portal, welding: Any, settings: Any, tmp_path: Any
) -> None:
    relay_all()
    for strange in ("case:999999", "geheim:1", "case:", "case:x", ""):
        assert similar(strange, reader()) == ()
    close_engine()
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    assert similar(f"case:{welding.pk}", reader()) == ()


@pytest.mark.parametrize("make", [make_case, make_knowledge])
def test_a_page_shows_what_is_like_it_but_not_what_it_names_already(
    portal: Portal, client: Client, make: Any
) -> None:
    page = make(portal, "Lasrobot kiezen", slug="kiezen")
    named = make_case(portal, "Lasrobot in beeld", slug="in-beeld")
    make_page(portal, "Over de lasrobot", slug="lasrobot")
    RelatedPage.objects.create(page=page, target=named)
    relay_all()
    html = client.get(page.get_url()).content.decode()
    after = html.partition("Lijkt hierop")[2].partition("</ul>")[0]
    assert "Over de lasrobot" in after and "Lasrobot in beeld" not in after and "Lasrobot kiezen" not in after


def test_kept_ids_cost_one_query_a_type(live_portal: Portal, client: Client) -> None:
    page = make_case(live_portal, "Lasrobot kiezen", slug="kiezen")
    make_case(live_portal, "Lasrobot in beeld")
    make_knowledge(live_portal, "Wat een lasrobot kost")
    relay_all()
    asked = reader()
    assert len(similar(f"case:{page.pk}", asked)) == 2
    with CaptureQueriesContext(connection) as queries:
        assert len(similar(f"case:{page.pk}", asked)) == 2
    assert len(queries) == 2
