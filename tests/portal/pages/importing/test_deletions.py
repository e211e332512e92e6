"""What an editor deleted stays away when the same files are loaded again."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cases.models import CasePage
from portal.figures.models import FigurePage
from portal.pages.importing.problems import ImportFailed
from portal.pages.importing.services import ImportReport, import_files
from portal.pages.models import KnowledgePage
from tests.factories.pages import Portal, make_case
from tests.portal.pages.importing.conftest import Dump
from tests.portal.pages.importing.files import ALL, CASE, FIGURE, KNOWLEDGE, case_called, changed

pytestmark = pytest.mark.django_db


def load(files: list[tuple[str, str]]) -> ImportReport:
    return import_files(files, leave_deleted=True)


def test_a_deleted_page_stays_away_and_the_report_says_so(portal: Portal, dump: Callable[[], Dump]) -> None:
    load(ALL)
    CasePage.objects.get().delete()
    before = dump()
    report = load(ALL)
    assert report.deleted == ["smederij"]
    assert not report.created
    assert str(report) == (
        "0 nieuw, 0 bijgewerkt, 3 ongewijzigd, 0 door een redacteur gewijzigd en zo gelaten, "
        "1 verwijderd en zo gelaten: smederij"
    )
    assert dump() == before


def test_a_deleted_page_stays_away_when_its_file_changes(portal: Portal) -> None:
    load(ALL)
    CasePage.objects.get().delete()
    changed_file = changed(CASE, ("title: Laat", "title: Toch laat"))
    files = [("smederij.md", changed_file) if name == "smederij.md" else (name, text) for name, text in ALL]
    assert load(files).deleted == ["smederij"]
    assert not CasePage.objects.exists()


def test_pages_that_named_it_are_made_without_it(portal: Portal) -> None:
    """Its link, and its place in a text; also in a page that is made for the first time."""
    load(ALL)
    CasePage.objects.get().delete()
    FigurePage.objects.get().delete()
    shown = "{{ figuur: groei }}\n\n{{ praktijk: smederij }}\n\n## Zo begin je"
    other = changed(
        KNOWLEDGE,
        ("slug: basis", "slug: verder"),
        ("related: []", "related: [smederij, over]"),
        ("## Zo begin je", shown),
    )
    report = load([*ALL, ("verder.md", other)])
    assert report.created == ["verder"]
    assert sorted(report.deleted) == ["groei", "smederij"]
    page = KnowledgePage.objects.get(slug="verder")
    assert [link.target.slug for link in page.related_links.all()] == ["over"]
    assert [block.block_type for block in page.body] == ["paragraph", "heading", "paragraph"]


def test_a_file_that_never_was_a_page_becomes_one(portal: Portal) -> None:
    load(ALL)
    report = load([*ALL, ("tweede.md", case_called("tweede"))])
    assert (report.created, report.deleted) == (["tweede"], [])


def test_a_name_that_never_existed_is_still_a_problem(portal: Portal) -> None:
    load(ALL)
    CasePage.objects.get().delete()
    with pytest.raises(ImportFailed, match="er is geen pagina 'nergens'"):
        load(
            [
                *ALL,
                (
                    "x.md",
                    changed(KNOWLEDGE, ("slug: basis", "slug: x"), ("related: []", "related: [nergens]")),
                ),
            ]
        )


def test_another_page_under_its_name_is_left_alone(portal: Portal) -> None:
    load(ALL)
    CasePage.objects.get().delete()
    mine = make_case(portal, "Door een redacteur", slug="smederij")
    report = load(ALL)
    assert (report.kept, report.deleted) == (["smederij"], [])
    assert CasePage.objects.get() == mine


def test_who_imports_the_file_on_purpose_has_the_page_back(portal: Portal) -> None:
    load(ALL)
    CasePage.objects.get().delete()
    assert import_files(ALL).created == ["smederij"]
    assert load(ALL).deleted == []


def test_a_failed_import_remembers_nothing(portal: Portal) -> None:
    with pytest.raises(ImportFailed):
        load([*ALL, ("kapot.md", changed(FIGURE, ("slug: groei", "slug: Kapot!")))])
    assert len(load(ALL).created) == 4


def test_the_command_leaves_it_and_brings_it_back(db: None) -> None:
    call_command("load_content", stdout=StringIO())
    total = Page.objects.count()
    CasePage.objects.get(slug="almi-machinefabriek").delete()
    FigurePage.objects.get(slug="groei-slimmer-werken").delete()
    again, back = StringIO(), StringIO()
    call_command("load_content", stdout=again)
    assert "2 verwijderd en zo gelaten: groei-slimmer-werken, almi-machinefabriek" in again.getvalue()
    assert Page.objects.count() == total - 2
    call_command("load_content", "--ook-verwijderde", stdout=back)
    assert back.getvalue().startswith("2 nieuw")
    assert Page.objects.count() == total
