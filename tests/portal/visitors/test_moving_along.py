"""What a visitor kept without an account moves along at sign-in, once, and is theirs on every device."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.visitors.kept import MOST, keep, move_along
from portal.visitors.models import KeptPage
from tests.factories.pages import Portal, make_case, make_portal, restrict
from tests.portal.accounts.people import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


def kept_of(user: User) -> list[int]:
    return list(KeptPage.objects.filter(user=user).values_list("page_id", flat=True))


def test_signing_in_takes_it_along_and_leaves_no_list_behind(portal: Portal) -> None:
    first, second = make_case(portal, "Eerste", slug="een"), make_case(portal, "Tweede", slug="twee")
    sanne = make_person()
    visitor = Client()
    for page in (first, second):
        visitor.post(f"/bewaard/{page.pk}/")
    sign_in(visitor)
    assert kept_of(sanne) == [second.pk, first.pk]
    assert visitor.cookies["bewaard"].value == ""
    elsewhere = Client()
    elsewhere.force_login(sanne)
    page = elsewhere.get("/bewaard/").content.decode()
    assert page.index("Tweede") < page.index("Eerste")
    assert "hoort bij je account" in page
    elsewhere.post(f"/bewaard/{first.pk}/", {"actie": "weg"})
    assert kept_of(sanne) == [second.pk]
    elsewhere.post(f"/bewaard/{first.pk}/")
    elsewhere.post(f"/bewaard/{first.pk}/")
    assert kept_of(sanne) == [first.pk, second.pk]


def test_twice_is_once_and_what_is_gone_stays_away(portal: Portal) -> None:
    sanne, case = make_person(), make_case(portal, "Eerste", slug="een")
    for _each in range(3):
        move_along(sanne, [case.pk, 987654])
    assert kept_of(sanne) == [case.pk]


def test_what_one_may_not_see_is_in_no_list(portal: Portal) -> None:
    sanne, case = make_person(), make_case(portal, "Kwartelkoning", slug="dicht")
    keep(sanne, case.pk)
    case.unpublish()
    client = Client()
    client.force_login(sanne)
    assert "Kwartelkoning" not in client.get("/bewaard/").content.decode()
    assert "Kwartelkoning" not in client.get("/mijn/").content.decode()
    hidden = make_case(portal, "Dicht", slug="nog-een")
    restrict(hidden)
    Client().post(f"/bewaard/{hidden.pk}/")
    assert kept_of(sanne) == [case.pk]


def test_there_is_room_for_a_hundred(portal: Portal) -> None:
    sanne = make_person()
    pages = [make_case(portal, f"Zaak {number}", slug=f"zaak-{number}").pk for number in range(4)]
    assert MOST == 100
    move_along(sanne, pages)
    assert kept_of(sanne) == pages
