"""What an import makes, changes and leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from wagtail.models import Page

from cases.models import CasePage
from portal.figures.models import FigurePage
from portal.organisations.models import Organisation
from portal.pages.importing.problems import ImportFailed
from portal.pages.importing.services import decoded, import_files, read_directory
from portal.pages.models import ContentPage, KnowledgePage
from tests.factories.pages import Portal, make_case
from tests.portal.pages.importing.conftest import Dump
from tests.portal.pages.importing.files import (
    ALL,
    CASE,
    FIGURE,
    KNOWLEDGE,
    PAGE,
    case_called,
    changed,
    counts,
)

# --- what is made ---


def test_a_case_is_read_as_it_stands_in_the_file(portal: Portal) -> None:
    import_files([("smederij.md", CASE)])
    case = CasePage.objects.get()
    assert (case.live, case.get_url(), case.summary) == (
        True,
        "/praktijkvoorbeelden/smederij/",
        "De smederij liet de ploeg zelf plannen.",
    )
    assert (case.organisation.name, case.main_theme.slug) == ("Smederij De Hamer", "proces")
    assert [theme.slug for theme in case.themes.order_by("slug")] == ["leiderschap", "proces"]
    assert [[term.pk for term in terms.all()] for terms in (case.sectors, case.regions, case.goals)] != [
        [],
        [],
        [],
    ]
    assert (case.period_start, case.period_end, case.effort, case.cost) == (
        2006,
        2008,
        "Een halve dag per week.",
        "",
    )
    assert case.reason == "<p>Er lag te veel, en niemand wist <i>waarom</i>.</p>"
    assert [(step.value["title"], step.value["text"].source) for step in case.approach] == [
        ("Kies één ploeg", "<p>Begin klein.</p>"),
        ("Meet", "<p>Noteer wat er ligt.</p>"),
    ]
    assert [point.value.source for point in case.lessons] == ["<p>Vraag het <b>eerst</b> aan de ploeg.</p>"]
    stocks, productivity = case.measurements.all()
    assert (stocks.change, stocks.comparator, stocks.established) == (Decimal(-8), "exactly", "self-reported")
    assert (productivity.before, productivity.after, productivity.period_start) == (
        Decimal(40),
        Decimal("50.5"),
        2006,
    )
    assert [str(citation) for citation in case.citations.all()] == ["IP (2009), deel c"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (
            "1. **Kies.** Eén ploeg.\n\n   Nog een alinea.\n2. Meet.\n   - uren\n   - stuks",
            [
                ("Kies", "<p>Eén ploeg.</p><p>Nog een alinea.</p>"),
                ("", "<p>Meet.</p><ul><li>uren</li><li>stuks</li></ul>"),
            ],
        ),
        ("1. **Alleen een titel.**", [("Alleen een titel", "")]),
    ],
)
def test_steps_of_more_than_a_sentence(portal: Portal, steps: str, expected: list[tuple[str, str]]) -> None:
    old = "1. **Kies één ploeg.** Begin klein.\n2. **Meet.** Noteer wat er ligt."
    import_files([("a.md", changed(CASE, (old, steps)))])
    assert [
        (step.value["title"], step.value["text"].source) for step in CasePage.objects.get().approach
    ] == expected


def test_a_file_with_a_mark_and_line_ends_of_another_system(portal: Portal) -> None:
    raw = b"\xef\xbb\xbf" + CASE.replace("\n", "\r\n").encode()
    import_files([("smederij.md", decoded("smederij.md", raw))])
    assert CasePage.objects.get().reason == "<p>Er lag te veel, en niemand wist <i>waarom</i>.</p>"


def test_a_file_that_is_no_text_is_told_with_its_line() -> None:
    with pytest.raises(ImportFailed, match="a.md, regel 2, bestand: is geen tekst in UTF-8."):
        decoded("a.md", b"---\ntitle: caf\xe9\n")


def test_companies_whose_names_differ_in_a_sign_are_two(portal: Portal) -> None:
    import_files(
        [
            ("a.md", case_called("a", ("Smederij De Hamer", "GasErop"))),
            ("b.md", case_called("b", ("Smederij De Hamer", "GasErop!"))),
            ("c.md", case_called("c", ("Smederij De Hamer", "???"))),
            ("d.md", case_called("d", ("Smederij De Hamer", "GasErop!"))),
        ]
    )
    slugs = list(Organisation.objects.order_by("name").values_list("name", "slug"))
    assert slugs == [("???", "organisatie"), ("GasErop", "gaserop"), ("GasErop!", "gaserop-2")]


def test_new_pages_name_each_other_in_any_order(portal: Portal) -> None:
    first = case_called("a", ("related: []", "related: [b, basis]"))
    second = case_called("b", ("related: []", "related: [a]"))
    shown = changed(KNOWLEDGE, ("- Loop een uur mee.", "{{ praktijk: b, a }}\n{{ figuur: groei }}"))
    for files in ([first, second, shown, FIGURE], [FIGURE, shown, second, first]):
        report = import_files([(f"{number}.md", file) for number, file in enumerate(files)])
        assert counts(report) == (4, 0, 0, 0)
        a, b = CasePage.objects.get(slug="a"), CasePage.objects.get(slug="b")
        basis, figure = KnowledgePage.objects.get(), FigurePage.objects.get()
        assert [link.target_id for link in a.related_links.all()] == [b.pk, basis.pk]
        assert [link.target_id for link in b.related_links.all()] == [a.pk]
        blocks = [block for block in basis.body if block.block_type == "references"]
        assert [[page.pk for page in block.value["pages"]] for block in blocks] == [[b.pk, a.pk], [figure.pk]]
        for page in Page.objects.filter(pk__in=[a.pk, b.pk, basis.pk, figure.pk]):
            page.delete()


def test_a_text_of_nothing_but_another_page(portal: Portal) -> None:
    only = changed(PAGE, ("Een portaal.", "{{ figuur: groei }}"))
    import_files([("over.md", only), ("groei.md", FIGURE)])
    assert [block.block_type for block in ContentPage.objects.get().body] == ["references"]


def test_a_link_to_a_page_that_is_there_already(portal: Portal) -> None:
    there = make_case(portal, "Bakkerij", slug="bakkerij")
    import_files([("smederij.md", changed(CASE, ("related: []", "related: [bakkerij]")))])
    assert [link.target_id for link in CasePage.objects.get(slug="smederij").related_links.all()] == [
        there.pk
    ]


# --- once more ---


def test_the_same_files_once_more_change_nothing(portal: Portal, dump: Callable[[], Dump]) -> None:
    assert counts(import_files(ALL)) == (4, 0, 0, 0)
    before = dump()
    assert counts(import_files(ALL)) == (0, 0, 4, 0)
    assert dump() == before


def test_the_same_text_from_another_place_is_unchanged(portal: Portal) -> None:
    import_files([("smederij.md", CASE)])
    assert counts(import_files([("cases/smederij.md", CASE)])) == (0, 0, 1, 0)


def test_a_changed_file_updates_its_page_and_nothing_else(portal: Portal) -> None:
    import_files(ALL)
    pages = dict(Page.objects.values_list("slug", "pk"))
    newer = changed(
        CASE, ("title: Laat", "title: Toch: laat".replace(": laat", " laat")), ("change: -8", "change: -9")
    )
    report = import_files([("smederij.md", newer), *ALL[:1], *ALL[2:]])
    assert (report.updated, report.unchanged) == (["smederij"], ["groei", "basis", "over"])
    case = CasePage.objects.get()
    assert (case.title, case.measurements.all()[0].change, case.measurements.count()) == (
        "Toch laat de ploeg zelf plannen",
        Decimal(-9),
        2,
    )
    assert dict(Page.objects.values_list("slug", "pk")) == pages


def test_what_a_file_no_longer_says_is_gone_from_its_page(portal: Portal) -> None:
    import_files([("smederij.md", CASE)])
    start, end = CASE.index("  - indicator: labour"), CASE.index("sources:")
    shorter = changed(CASE[:start] + CASE[end:], ("themes: [proces, leiderschap]", "themes: [leiderschap]"))
    assert counts(import_files([("smederij.md", shorter)])) == (0, 1, 0, 0)
    case = CasePage.objects.get()
    assert [figure.indicator.code for figure in case.measurements.all()] == ["stocks"]
    assert ([theme.slug for theme in case.themes.all()], case.main_theme.slug) == (
        ["leiderschap"],
        "leiderschap",
    )
    assert case.citations.count() == 1


def test_an_updated_page_is_found_by_its_address_at_once(portal: Portal, client: Client) -> None:
    import_files([("over.md", PAGE)])
    assert "Een portaal." in client.get("/over/").content.decode()
    import_files([("over.md", changed(PAGE, ("Een portaal.", "Een beter portaal.")))])
    assert [block.value.source for block in ContentPage.objects.get().body] == ["<p>Een beter portaal.</p>"]


# --- all or nothing ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures(
    "index"
)  # without one each of hundreds of savepoints tries in vain to write sixty documents
def test_an_error_halfway_leaves_nothing_of_sixty_files(portal: Portal, dump: Callable[[], Dump]) -> None:
    """The database itself refuses the fortieth page, which no check of the import can see coming."""
    files = [(f"{number}.md", case_called(f"smederij-{number}")) for number in range(60)]
    before = dump()
    with refusing("smederij-40"), pytest.raises((DatabaseError, ValidationError), match="nee"):
        import_files(files)
    assert dump() == before
    assert counts(import_files(files)) == (60, 0, 0, 0)


class refusing:
    """A trigger that refuses a page with this slug."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def __enter__(self) -> None:
        if connection.vendor == "sqlite":
            self.run(
                "CREATE TRIGGER refuse BEFORE INSERT ON wagtailcore_page "
                f"WHEN NEW.slug = '{self.slug}' BEGIN SELECT RAISE(ABORT, 'nee'); END"
            )
        else:
            self.run(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF NEW.slug = '{self.slug}' THEN RAISE EXCEPTION 'nee'; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON wagtailcore_page FOR EACH ROW EXECUTE FUNCTION refuse()",
            )

    def __exit__(self, *error: Any) -> None:
        if connection.vendor == "sqlite":
            self.run("DROP TRIGGER refuse")
        else:
            self.run("DROP TRIGGER refuse ON wagtailcore_page", "DROP FUNCTION refuse()")

    def run(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


# --- the content that comes with the portal ---


def test_the_whole_content_loads_once(db: None, dump: Callable[[], Dump]) -> None:
    first, again = StringIO(), StringIO()
    call_command("load_content", stdout=first)
    before = dump()
    call_command("load_content", stdout=again)
    pages = Page.objects.filter(depth__gt=2).count() - 3  # but the three overviews
    assert first.getvalue().strip() == (
        f"{pages} nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 door een redacteur gewijzigd en zo gelaten"
    )
    assert again.getvalue().strip() == (
        f"0 nieuw, 0 bijgewerkt, {pages} ongewijzigd, 0 door een redacteur gewijzigd en zo gelaten"
    )
    assert pages > 50
    assert dump() == before


def test_files_are_read_from_all_folders_below(tmp_path: Any) -> None:
    (tmp_path / "dieper").mkdir()
    (tmp_path / "b.md").write_text("b", encoding="utf-8")
    (tmp_path / "dieper" / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / "lees.txt").write_text("x", encoding="utf-8")
    assert read_directory(tmp_path) == [("b.md", "b"), ("dieper/a.md", "a")]
    assert read_directory(tmp_path / "b.md") == [("b.md", "b")]
