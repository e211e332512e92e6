"""The page of a case: every figure with what makes it worth, and nothing that the source doesn't say."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.models import CasePage
from portal.pages.models import PageCitation, RelatedPage
from portal.text import strip_markup
from tests.factories.pages import Portal, add_measurement, make_case, make_knowledge
from tests.factories.taxonomy import CoropFactory, DivisionFactory, SizeClassFactory, SourceFactory, indicator

pytestmark = pytest.mark.django_db

MISSING = "De bron noemt het niet"


def page_of(client: Client, case: CasePage) -> str:
    html = client.get(case.get_url()).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def figures(html: str) -> list[str]:
    """The words of each measurement on the page."""
    parts = html.split('<div class="measurement measurement--')[1:]
    return [strip_markup(part.split("</li>")[0].partition(">")[2]) for part in parts]


def facts(html: str) -> dict[str, str]:
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    return {unescape(term): strip_markup(text) for term, text in rows}


def test_a_figure_shows_sign_comparator_establishment_period_and_caveat(
    portal: Portal, client: Client
) -> None:
    case = make_case(portal, "Smederij")
    add_measurement(
        case,
        change=Decimal("-8"),
        comparator="at-least",
        established="self-reported",
        period_start=2006,
        period_end=2008,
        companies=12,
        compared_with="de andere vestiging",
        caveat="De bedrijfsleider vertelt dit zelf.",
        source=SourceFactory.create(),
        place="blz. 12",
    )
    (words,) = figures(page_of(client, case))
    for expected in (
        "ten minste",
        "−8%",
        "voorraad",
        "(beter)",
        "zelf gerapporteerd",
        "2006–2008",
        "12 bedrijven",
        "de andere vestiging",
        "Let op: De bedrijfsleider vertelt dit zelf.",
    ):
        assert expected in words
    html = strip_markup(page_of(client, case))
    assert "Innovatieplatform" in html and "blz. 12" in html


@pytest.mark.parametrize(
    ("code", "values", "shown", "verdict"),
    [
        ("stocks", {"change": -8}, "−8%", "better"),
        ("stocks", {"change": 8}, "+8%", "worse"),
        ("labour-productivity", {"change": Decimal("17.5")}, "+17,5%", "better"),
        ("labour-productivity", {"change": 0}, "0%", ""),
        ("stocks", {"before": 40, "after": 10}, "40% → 10%", "better"),
        ("series-size", {"level": 1250}, "1.250 stuks", ""),
    ],
    ids=str,
)
def test_a_figure_is_written_as_it_is_in_dutch(
    portal: Portal, client: Client, code: str, values: dict[str, Any], shown: str, verdict: str
) -> None:
    indicator("series-size", name="kleinste serie", unit="stuks", family="flexibility")
    case = make_case(portal, "Smederij")
    add_measurement(case, code, **values)
    html = page_of(client, case)
    (words,) = figures(html)
    assert shown in words.replace("\u00a0", " ")
    assert ("measurement--better" in html, "measurement--worse" in html) == (
        verdict == "better",
        verdict == "worse",
    )


def test_every_figure_stands_on_the_page_with_its_own_source(portal: Portal, client: Client) -> None:
    case = make_case(portal, "Smederij")
    for number in range(7):
        source = SourceFactory.create(
            code=f"bron-{number}", publisher=f"Uitgever {number}", title=f"Titel {number}"
        )
        code = indicator(f"maat-{number}", name=f"maat {number}").code
        add_measurement(
            case,
            code,
            change=-number - 1,
            established="estimated",
            source=source,
            place=f"blz. {number}",
            caveat=f"Kanttekening {number}",
            sort_order=number,
        )
    shown = figures(page_of(client, case))
    assert len(shown) == 7
    for number, words in enumerate(shown):
        for expected in (
            f"−{number + 1}%",
            f"maat {number}",
            "geschat",
            f"Uitgever {number}",
            f"blz. {number}",
            f"Kanttekening {number}",
        ):
            assert expected in words


def test_improvements_stand_before_what_is_only_counted(portal: Portal, client: Client) -> None:
    case = make_case(portal, "Smederij")
    add_measurement(case, "series-size", level=5, sort_order=0)
    add_measurement(case, "stocks", change=-8, sort_order=1)
    assert [("−8%" in words, "5" in words) for words in figures(page_of(client, case))] == [
        (True, False),
        (False, True),
    ]


def test_a_case_without_figures_says_so(portal: Portal, client: Client) -> None:
    html = page_of(client, make_case(portal, "Smederij"))
    assert figures(html) == []
    assert "De bron noemt geen cijfers over het resultaat. Wij verzinnen ze niet." in html


@pytest.mark.parametrize(
    ("nature", "measurement", "step"),
    [
        ("statement", None, "verteld"),
        ("account", None, "beschreven"),
        ("statement", {"established": "measured", "period_start": 2006, "base": "2005"}, "gemeten"),
    ],
)
def test_the_page_shows_the_step_of_the_ladder(
    portal: Portal, client: Client, nature: str, measurement: dict[str, Any] | None, step: str
) -> None:
    case = make_case(portal, "Smederij", nature=nature, measurements=[measurement] if measurement else [])
    mark = re.findall(r'class="evidence-mark[^"]*".*?</', page_of(client, case), re.DOTALL | re.IGNORECASE)
    assert mark
    assert step in page_of(client, case).lower()


def test_what_the_source_does_not_say_is_said_to_be_so(portal: Portal, client: Client) -> None:
    shown = facts(page_of(client, make_case(portal, "Smederij", organisation="De Hamer")))
    assert shown == {
        "Organisatie": "De Hamer",
        "Soort": "praktijk",
        "Sector": MISSING,
        "Grootte": MISSING,
        "Regio": MISSING,
        "Thema's": "Proces",
        "Periode": MISSING,
        "Personeel betrokken": MISSING,
        "Inspanning": MISSING,
        "Kosten": MISSING,
        "Terugverdientijd": MISSING,
    }


def test_what_the_source_says_stands_there(portal: Portal, client: Client) -> None:
    case = make_case(
        portal,
        "Smederij",
        organisation="De Hamer",
        themes=["proces", "leiderschap"],
        sectors=[DivisionFactory.create()],
        regions=[CoropFactory.create()],
        size_class=SizeClassFactory.create(),
        period_start=2006,
        period_note="na de verhuizing",
        personnel_involved="from-start",
        effort="Een halve dag per week",
        cost="€ 5.000",
        payback="Binnen een jaar",
    )
    html = page_of(client, case)
    assert facts(html) == {
        "Organisatie": "De Hamer",
        "Soort": "praktijk",
        "Sector": "Metaalproducten",
        "Grootte": "15 tot en met 49 mensen",
        "Regio": "Noord-Overijssel",
        "Thema's": "Leiderschap, Proces",
        "Periode": "sinds 2006, na de verhuizing",
        "Personeel betrokken": "vanaf de start",
        "Inspanning": "Een halve dag per week",
        "Kosten": "€ 5.000",
        "Terugverdientijd": "Binnen een jaar",
    }
    links = re.findall(r'<dd><a href="([^"]+)"', html)
    assert [client.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize(("kind", "told"), [("failure", True), ("practice", False), ("programme", False)])
def test_what_did_not_work_is_told_at_once(portal: Portal, client: Client, kind: str, told: bool) -> None:
    case = make_case(portal, "Smederij", kind=kind)
    html = page_of(client, case)
    assert ("Dit voorbeeld gaat over iets dat niet lukte." in html) == told
    card = client.get("/praktijkvoorbeelden/").content.decode()
    assert ("Wat niet werkte" in card) == told


def test_the_text_stands_in_its_order_and_as_text(portal: Portal, client: Client) -> None:
    case = make_case(
        portal,
        "R&D <beter>",
        reason="<p>De reden.</p>",
        approach=[
            ("step", {"title": "Kies & meet", "text": "<p>Klein.</p>"}),
            ("step", {"title": "", "text": "<p>Groot.</p>"}),
        ],
        result="<p>Het gevolg.</p>",
        lessons=[("point", "<p>De les.</p>")],
        tomorrow=[("point", "<p>De daad.</p>")],
    )
    html = page_of(client, case)
    assert "<h1" in html and "R&amp;D &lt;beter&gt;" in html
    places = [
        html.index(words)
        for words in (
            "De reden.",
            "Kies &amp; meet",
            "Klein.",
            "Groot.",
            "Het gevolg.",
            "De les.",
            "De daad.",
        )
    ]
    assert places == sorted(places)


def test_empty_sections_have_no_heading(portal: Portal, client: Client) -> None:
    html = page_of(client, make_case(portal, "Smederij", result="", lessons=[], tomorrow=[]))
    headings = [strip_markup(words) for words in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)]
    assert not {"Wat het opleverde", "Wat je ervan kunt leren", "Wat kun je morgen doen?"} & set(headings)
    assert {"Waarom", "Zo pakten ze het aan"} <= set(headings)


def test_every_source_is_named_with_its_place(portal: Portal, client: Client) -> None:
    case = make_case(portal, "Smederij")
    source = SourceFactory.create(
        code="ser", publisher="SER", title="Sociale innovatie", url="https://voorbeeld.nl/ser"
    )
    PageCitation.objects.create(
        page=case, source=source, place="hoofdstuk 7", by="Een bedrijfsleider", sort_order=9
    )
    words = strip_markup(page_of(client, case))
    for expected in (
        "Innovatieplatform",
        "hoofdstuk 2",
        "SER",
        "Sociale innovatie",
        "hoofdstuk 7",
        "Een bedrijfsleider",
    ):
        assert expected in words
    assert 'href="https://voorbeeld.nl/ser"' in page_of(client, case)


def test_what_to_read_next_stands_in_the_editors_order_each_once(portal: Portal, client: Client) -> None:
    case, other = make_case(portal, "Smederij"), make_case(portal, "Ander")
    pages = [make_knowledge(portal, f"Kennis {name}") for name in "abc"]
    for order, page in enumerate((pages[2], pages[0], pages[1])):
        RelatedPage.objects.create(page=case, target=page, sort_order=order)
        RelatedPage.objects.create(page=other, target=page, sort_order=-order)
    assert [link.label for link in case.related_for(None)] == ["Kennis c", "Kennis a", "Kennis b"]
    html = page_of(client, case)
    places = [html.index(f">Kennis {name}<") for name in "cab"]
    assert places == sorted(places)
