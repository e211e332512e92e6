"""Every component draws from literals, refuses what it doesn't know, and carries nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template, TemplateSyntaxError

import portal.design.templatetags.design  # noqa: F401 - fills the register with every component
from portal.design.components.finding import page_numbers
from portal.design.icons import GOAL_ICONS, ICONS
from portal.design.library import register
from portal.design.shapes import FacetOption, Link, MeasurementView, SourceView
from portal.design.specimens import specimens
from portal.design.stylesheet import STATIC

ROOM = STATIC.parent.parent
TEMPLATES = ROOM / "templates" / "design"
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)", re.IGNORECASE)
EXAMPLES = {
    "icon": '{% icon "search" %}',
    "measurement": "{% measurement stocks %}",
    "measurement_list": '{% measurement_list measurements "large" %}',
    "evidence_mark": '{% evidence_mark "measured" "/bewijs/" %}',
    "source_line": '{% source_line source "told" %}',
    "search_box": '{% search_box "/zoeken/" value="<b>" %}',
    "hit": "{% for view in hits %}{% hit view %}{% endfor %}",
    "facet_panel": '{% facet_panel title="Filters" active=2 %}x{% endfacet_panel %}',
    "facet_group": '{% facet_group legend="Branche" name="sector" options=facets %}',
    "chips": '{% chips chips label="Filters" removes=True clear_url="?" %}',
    "tabs": '{% tabs tabs label="Soort" %}',
    "pagination": "{% pagination pages %}",
    "result_strip": "{% result_strip strip %}",
    "ranked_result": '{% ranked_result 1 "Kleine series" "#" stocks evidence_level="told" %}',
    "companies_like_mine": '{% companies_like_mine "/mijn-bedrijf/" company "?wis" %}',
    "cover": '{% cover "proces" "25" %}',
    "case_card": "{% for view in cases %}{% case_card view %}{% endfor %}",
    "case_list": '{% case_list cases "rows" %}',
    "ways_in": "{% ways_in ways_in %}",
    "next_steps": "{% next_steps next_steps %}",
    "share_bar": '{% share_bar title="A & B" url="https://example.org/?a=1" keep_url="/bewaar/" %}',
    "page_head": '{% page_head title="Kop" lead="Lead" kicker="Boven" theme="proces" %}',
    "section_head": '{% section_head title="Kop" link_label="Alles" link_url="#" %}',
    "summary_list": "{% summary_list summary %}",
    "steps": "{% steps steps %}",
    "steps_block": "{% steps_block %}<ol><li>Een</li></ol>{% endsteps_block %}",
    "prose": "{% prose %}<p>x</p>{% endprose %}",
    "tomorrow_box": "{% tomorrow_box %}<p>x</p>{% endtomorrow_box %}",
    "details": '{% details summary="Meer" %}x{% enddetails %}',
    "data_table": "{% data_table table %}",
    "timeline": "{% timeline timeline %}",
    "chart": "{% for chart in charts %}{% chart chart %}{% endfor %}",
    "diagram": '{% diagram "j-curve" %}{% diagram "five-disc" %}',
    "button": '{% button "Verstuur" %}{% button "Naar" "/x/" "quiet" "arrow-right" %}',
    "form_field": "{% for field in form %}{% form_field field %}{% endfor %}",
    "error_summary": "{% error_summary form %}",
    "step_header": '{% step_header title="Wie?" number=2 total=6 %}',
    "task_list": "{% task_list tasks %}",
    "status": '{% status "Klaar" "good" %}',
    "notice": '{% notice kind="warning" %}x{% endnotice %}',
    "notification_list": "{% notification_list notifications %}",
    "empty_state": '{% empty_state title="Leeg" text="Waarom" %}',
    "person_card": "{% person_card person %}{% person_card person_with_photo %}",
    "portrait": '{% portrait "Anna de Vries" "/foto/" %}',
    "organisation_card": "{% organisation_card organisation %}",
    "thread_list": "{% thread_list threads %}",
    "event_list": "{% event_list events %}",
    "news_list": "{% news_list news %}",
    "post": "{% post post %}",
    "pictures": "{% pictures pictures %}",
    "picture_form": "{% picture_form picture_form %}",
    "site_header": '{% site_header site_name navigation search_url="/zoeken/" %}',
    "navigation": '{% navigation navigation label="Hoofdmenu" %}',
    "breadcrumb": "{% breadcrumb crumbs %}",
    "site_footer": '{% site_footer site_name footer_columns edit_url="/beheer/1/" %}',
}


def draw(source: str, **extra) -> str:
    return Template("{% load design %}" + source).render(Context({**specimens(), **extra}))


def soup(source: str, **extra) -> BeautifulSoup:
    return BeautifulSoup(draw(source, **extra), "html.parser")


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


def test_every_tag_has_an_example():
    assert set(register.tags) == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_draws_with_literals_and_nothing_inline(name):
    html = draw(EXAMPLES[name])
    assert BeautifulSoup(html, "html.parser").find(True) is not None
    assert INLINE.search(html) is None


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_refuses_an_argument_that_it_does_not_declare(name):
    closing = f"{{% end{name} %}}" if f"end{name}" in EXAMPLES[name] else ""
    with pytest.raises(TemplateSyntaxError):
        draw(f"{{% {name} nonsense=1 %}}{closing}")


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - {"prose", "steps_block", "tomorrow_box", "notice"}))
def test_refuses_to_draw_without_its_arguments(name):
    closing = f"{{% end{name} %}}" if f"end{name}" in EXAMPLES[name] else ""
    with pytest.raises(TemplateSyntaxError):
        draw(f"{{% {name} %}}{closing}")


@pytest.mark.parametrize(
    "source",
    [
        '{% measurement "niet" %}',
        "{% measurement_list missing %}",
        '{% measurement stocks "huge" %}',
        "{% hit stocks %}",
        '{% chips "tekst" label="x" %}',
        "{% chart missing %}",
        "{% form_field form %}",
    ],
)
def test_refuses_another_shape(source):
    with pytest.raises((TypeError, ValueError)):
        draw(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% evidence_mark "zeker" %}',
        '{% icon "unicorn" %}',
        '{% status "Klaar" "purple" %}',
        '{% diagram "pie" %}',
        '{% step_header title="x" number=7 total=6 %}',
        "{% next_steps four %}",
        '{% notice kind="loud" %}x{% endnotice %}',
    ],
)
def test_refuses_a_word_that_it_does_not_know(source):
    with pytest.raises(ValueError):
        draw(source, four=[Link(label="x", url="#")] * 4)


def test_component_templates_and_stylesheets_are_pairs():
    without_css = {"page", "steps_block"}
    templates = {path.stem for path in TEMPLATES.glob("*.html")} - without_css
    drawn_by_script = {"suggestions"}  # the list under the search box while typing
    styled = {path.stem for path in (STATIC / "components").glob("*.css")}
    assert templates == styled - drawn_by_script
    assert set(register.tags) - {"steps_block"} == templates


def test_the_readme_lists_every_tag():
    listed = set(re.findall(r"`([a-z_]+)`", (ROOM / "README.md").read_text()))
    assert set(register.tags) - listed == set()


def test_icons_and_sprite_agree():
    sprite = (STATIC / "icons.svg").read_text()
    assert sorted(re.findall(r'id="([^"]+)"', sprite)) == sorted(ICONS)
    assert set(re.findall(r'viewBox="([^"]+)"', sprite)) == {"0 0 24 24"}
    assert set(re.findall(r'stroke-width="([^"]+)"', sprite)) == {"1.75"}


def test_every_goal_has_an_icon_of_its_own():
    assert set(GOAL_ICONS.values()) <= set(ICONS)
    assert len(set(GOAL_ICONS.values())) == len(GOAL_ICONS) == 14


def test_room_knows_no_model():
    sources = "\n".join(path.read_text() for path in Path(ROOM).rglob("*.py"))
    assert "django.db" not in sources
    assert "wagtail" not in sources


# --- measurement ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "good", "verdict"),
    [
        (-8, "down", "better"),
        (-8, "up", "worse"),
        (8, "none", "neutral"),
        (0, "up", "neutral"),
        (8, "up", "better"),
    ],
)
def test_verdict(change, good, verdict):
    assert MeasurementView(label="x", value=change, direction_good=good).verdict == verdict


def test_a_worse_figure_says_so_in_words():
    view = MeasurementView(label="tijd", value=17, direction_good="down")
    assert words(soup("{% measurement view %}", view=view)) == "+17% tijd slechter"


def test_a_level_has_no_sign_no_verdict_and_its_unit():
    view = MeasurementView(
        label="in het verband", unit="bedrijven", value=105, kind="level", direction_good="up"
    )
    drawn = soup("{% measurement view %}", view=view)
    assert words(drawn) == "105 bedrijven in het verband"
    assert drawn.select(".measurement--neutral") != []
    assert drawn.find("svg") is None


def test_before_and_after_draw_a_slope():
    view = MeasurementView(label="serie", unit="stuks", before=50, after=5, direction_good="down")
    drawn = soup("{% measurement view %}", view=view)
    assert words(drawn.select_one(".measurement__figure")) == "50 → 5 stuks"
    assert drawn.select(".measurement__line") != []


def test_at_least_stands_before_the_figure():
    view = MeasurementView(label="productiviteit", value=17, direction_good="up", comparator="at-least")
    assert (
        words(soup('{% measurement view "compact" %}', view=view)) == "ten minste +17% productiviteit (beter)"
    )


def test_bars_are_true_to_scale():
    view = MeasurementView(label="voorraad", value=-50, direction_good="down")
    drawn = soup("{% measurement view %}", view=view)
    before = float(drawn.select_one(".measurement__before")["width"])
    assert float(drawn.select_one(".measurement__after")["width"]) == pytest.approx(before / 2, abs=0.1)


@pytest.mark.parametrize(
    "given", [{}, {"before": 3}, {"value": 1, "kind": "guess"}, {"value": 1, "comparator": "≥"}]
)
def test_a_measurement_without_figure_or_with_unknown_words_is_refused(given):
    with pytest.raises(ValueError):
        MeasurementView(label="x", **given)


def test_evidence_is_dots_and_a_word():
    drawn = soup('{% evidence_mark "described" %}')
    assert len(drawn.select(".evidence-mark__dot--on")) == 2
    assert len(drawn.select(".evidence-mark__dot")) == 5
    assert words(drawn) == "Bewijs: beschreven , trede 2 van 5"


def test_source_line_says_only_what_is_known():
    source = SourceView(who="SER Overijssel", year=2025, place="hoofdstuk 5, advies 4")
    assert (
        words(soup("{% source_line view %}", view=source))
        == "Bron SER Overijssel, 2025, hoofdstuk 5, advies 4."
    )


# --- finding ----------------------------------------------------------------------------------------------------------


def test_what_was_searched_is_escaped():
    drawn = soup('{% search_box "/zoeken/" value=query %}', query='"><script>alert(1)</script>')
    assert drawn.find("script") is None
    assert drawn.find("input")["value"] == '"><script>alert(1)</script>'


def test_checked_options_are_never_hidden():
    options = [FacetOption(value=str(n), label=str(n), count=n, checked=n == 9) for n in range(10)]
    drawn = soup('{% facet_group legend="x" name="x" options=options shown=3 %}', options=options)
    hidden = {box["value"] for box in drawn.select("details input")}
    assert hidden == {"3", "4", "5", "6", "7", "8"}
    assert [box["value"] for box in drawn.select("input[checked]")] == ["9"]


def test_one_page_needs_no_numbers():
    assert draw("{% pagination pages %}", pages=page_numbers(1, 1, str)).strip() == ""


@pytest.mark.parametrize(
    ("current", "last", "labels"),
    [
        (1, 3, ["1", "2", "3"]),
        (1, 10, ["1", "2", None, "10"]),
        (5, 10, ["1", None, "4", "5", "6", None, "10"]),
        (3, 10, ["1", "2", "3", "4", None, "10"]),
        (10, 10, ["1", None, "9", "10"]),
    ],
)
def test_page_numbers(current, last, labels):
    numbers = page_numbers(current, last, str)
    assert [page and page.label for page in numbers.pages] == labels
    assert [page.label for page in numbers.pages if page and page.current] == [str(current)]


# --- forms ------------------------------------------------------------------------------------------------------------


def test_an_error_is_told_above_and_at_the_field_in_the_same_words():
    summary, field = soup("{% error_summary form %}"), soup("{% form_field form.name %}")
    link = summary.select_one("a")
    control = field.select_one("input")
    assert link["href"] == f"#{control['id']}"
    assert words(field.select_one(".form-field__error")) == f"Fout: {words(link)}"
    assert control["aria-invalid"] == "true"
    described = control["aria-describedby"].split()
    assert [words(field.find(id=name)) for name in described] == [
        "Zoals in het handelsregister.",
        f"Fout: {words(link)}",
    ]


def test_optional_is_marked_and_required_is_not():
    assert "(optioneel)" in draw("{% form_field form.sector %}")
    assert "(optioneel)" not in draw("{% form_field form.name %}")


def test_radios_are_a_fieldset_with_legend():
    drawn = soup("{% form_field form.size %}")
    assert words(drawn.select_one("fieldset > legend")) == "Hoeveel mensen werken er?"
    assert len(drawn.select("input[type=radio]")) == 2


# --- layout -----------------------------------------------------------------------------------------------------------


def render_page(**context) -> BeautifulSoup:
    html = Template('{% extends "design/page.html" %}').render(Context({**specimens(), **context}))
    return BeautifulSoup(html, "html.parser")


def test_page_has_language_title_skip_link_and_landmarks():
    drawn = render_page(title="Praktijk")
    assert drawn.html["lang"] == "nl"
    assert drawn.title.get_text() == "Praktijk · Slimmer Werken"
    assert drawn.select_one(drawn.select_one("a.skip-link")["href"]).name == "main"
    assert [len(drawn.select(name)) for name in ("header", "main", "footer")] == [1, 1, 1]
    assert [
        script.get("src") is not None and script.has_attr("defer") for script in drawn.select("script")
    ] == [True]


def test_errors_stand_before_the_title():
    assert (
        render_page(title="Aanvraag", has_errors=True).title.get_text() == "Fout: Aanvraag · Slimmer Werken"
    )


def test_the_current_page_is_marked_in_the_menu():
    drawn = render_page(title="x")
    assert [words(link) for link in drawn.select(".navigation [aria-current]")] == ["Praktijk"]


def test_enter_in_a_form_with_pictures_sends_the_form():
    """A browser presses the first button: that must neither add nor take out a picture."""
    first, *others = soup("{% picture_form picture_form %}").find_all("button")
    assert first.has_attr("hidden") and not first.has_attr("name")
    assert [(each["name"], each["value"]) for each in others] == [
        ("beeld_weg", "a"),
        ("beeld_weg", "b"),
        ("actie", "beeld"),
    ]


def test_small_pictures_lead_to_the_large_ones_and_keep_their_place():
    pictures = soup("{% pictures pictures %}").find_all("img")
    assert [(each["alt"], each["width"], each["height"], each["loading"]) for each in pictures] == [
        ("Het planbord naast de zaagmachine", "400", "300", "lazy"),
        ("Bakken met onderdelen, elk met een kleur", "225", "400", "lazy"),
    ]
    assert all(each.parent.name == "a" and each.parent["href"] == "#" for each in pictures)
    assert draw("{% pictures none %}", none=[]).strip() == ""
