"""What editors read of asking."""

from __future__ import annotations

import pytest

from network.questions.services import note_asked, note_opened, note_shown
from tests.network.ecosystems.conftest import read
from tests.portal.organisations.people import browser_of, make_person, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
PATH = "/beheer/rapporten/vragen-stellen/"


def test_a_line_a_day_with_what_it_spared() -> None:
    for _time in range(3):
        note_shown()
        note_opened()
    note_asked(was_shown=True, was_opened=True)
    page = " ".join(read(make_staff(), PATH).split())
    assert "Hoefde niet te vragen" in page
    response = browser_of(make_staff()).get(f"{PATH}?export=csv")
    lines = response.getvalue().decode().splitlines()
    assert lines[1].split(",")[1:] == ["3", "3", "1", "1", "1", "2"]


def test_it_is_not_for_members() -> None:
    assert browser_of(make_person()).get(PATH).status_code != 200
