"""What an editor did with an imported page is kept by the next import."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from cases.models import CasePage
from portal.pages.importing.services import import_files
from tests.factories.pages import Portal, make_case
from tests.portal.pages.importing.conftest import Dump
from tests.portal.pages.importing.files import ALL, CASE, changed, counts


def save_draft(case: CasePage) -> None:
    case.summary = "Door een redacteur."
    case.save_revision()


def publish(case: CasePage) -> None:
    case.summary = "Door een redacteur."
    case.save_revision().publish()


def change_a_figure(case: CasePage) -> None:
    figure = case.measurements.all()[0]
    figure.change = Decimal(-7)
    case.measurements = [figure, *case.measurements.all()[1:]]
    case.save_revision().publish()


def change_a_word(case: CasePage) -> None:
    case.reason = case.reason.replace("te veel", "veel te veel")
    case.save_revision().publish()


def turn_the_steps_round(case: CasePage) -> None:
    case.approach = [(block.block_type, block.value) for block in reversed(list(case.approach))]
    case.save_revision().publish()


def unpublish(case: CasePage) -> None:
    case.unpublish()


def change_the_address(case: CasePage) -> None:
    case.slug = "de-smederij"
    case.save_revision().publish()


DEEDS = [
    save_draft,
    publish,
    change_a_figure,
    change_a_word,
    turn_the_steps_round,
    unpublish,
    change_the_address,
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_an_editor_did_is_kept(
    portal: Portal, dump: Callable[[], Dump], deed: Callable[[CasePage], None]
) -> None:
    import_files(ALL)
    deed(CasePage.objects.get())
    before = dump()
    newer = changed(CASE, ("title: Laat", "title: Toch laat"))
    report = import_files([("smederij.md", newer), *ALL[2:]])
    assert (report.kept, report.unchanged) == (["smederij"], ["basis", "over"])
    assert dump() == before
    assert str(report) == "0 nieuw, 0 bijgewerkt, 2 ongewijzigd, 1 door een redacteur gewijzigd en zo gelaten"


def test_saving_without_a_change_is_no_change(portal: Portal) -> None:
    import_files([("smederij.md", CASE)])
    case = CasePage.objects.get()
    case.save_revision()
    case.get_latest_revision_as_object().save_revision().publish()
    assert counts(import_files([("smederij.md", changed(CASE, ("Minder voorraad.", "Veel minder.")))])) == (
        0,
        1,
        0,
        0,
    )
    assert CasePage.objects.get().result == "<p>Veel minder.</p>"


def test_a_change_that_was_taken_back_is_no_change(portal: Portal) -> None:
    import_files([("smederij.md", CASE)])
    case = CasePage.objects.get()
    summary = case.summary
    publish(case)
    assert import_files([("smederij.md", CASE)]).kept == ["smederij"]
    case.summary = summary
    case.save_revision().publish()
    assert import_files([("smederij.md", CASE)]).unchanged == ["smederij"]


def test_a_page_made_by_hand_is_left_alone(portal: Portal) -> None:
    make_case(portal, "Met de hand", slug="smederij")
    assert import_files([("smederij.md", CASE)]).kept == ["smederij"]
    assert CasePage.objects.get().title == "Met de hand"
