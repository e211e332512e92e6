"""Members' and editors' text made safe: nothing that runs, loads or lays out, and no word lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import (
    ALLOWED_TAGS,
    Part,
    cell_text,
    clean_html,
    markdown_parts,
    markdown_points,
    markdown_steps,
    one_line,
    render_markdown,
    strip_markup,
)

LINK = 'rel="nofollow ugc noopener"'

# One of each class of attack, each with what may be left of it.
ATTACKS = {
    "script": ("<script>alert(1)</script>na", "na"),
    "script in capitals": ("<ScRiPt src=//x>alert(1)</sCrIpT >na", "na"),
    "script in script": ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
    "handler": ('<p onclick="alert(1)" onmouseover=alert(2)>na</p>', "<p>na</p>"),
    "image with handler": ("<img src=x onerror=alert(1)>na", "na"),
    "remote image": ('<img src="https://x.nl/pixel.gif">na', "na"),
    "svg": ("<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>k</a></svg>na", "na"),
    "math": ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>na", "na"),
    "style": ("<style>*{display:none}</style>na", "na"),
    "style attribute": ('<p style="position:fixed;inset:0">na</p>', "<p>na</p>"),
    "class and id": ('<p class="notice" id="main">na</p>', "<p>na</p>"),
    "frame": ('<iframe src="https://x.nl" srcdoc="<script>alert(1)</script>"></iframe>na', "na"),
    "form": ('<form action="https://x.nl"><input name=w><button>Log in</button></form>', "Log in"),
    "base and meta": ('<base href="https://x.nl"><meta http-equiv=refresh content="0;url=//x.nl">na', "na"),
    "object": ('<object data="x.swf"></object><embed src=x>na', "na"),
    "javascript address": ('<a href="javascript:alert(1)">na</a>', f"<a {LINK}>na</a>"),
    "javascript with a tab": ('<a href="java&#9;script:alert(1)">na</a>', f"<a {LINK}>na</a>"),
    "javascript in capitals": ('<a href=" JaVaScRiPt:alert(1)">na</a>', f"<a {LINK}>na</a>"),
    "data address": ('<a href="data:text/html;base64,PHN2Zz4=">na</a>', f"<a {LINK}>na</a>"),
    "target and download": (
        '<a href="/x" target="_top" download ping="//y">na</a>',
        f'<a href="/x" {LINK}>na</a>',
    ),
    "comment": ("<!-- <script>alert(1)</script> -->na", "na"),
    "half open": ("<p>na</p><img src='x", "<p>na</p>"),
}


@pytest.mark.parametrize(("markup", "left"), ATTACKS.values(), ids=ATTACKS)
def test_what_is_left_of_an_attack(markup: str, left: str) -> None:
    assert clean_html(markup).strip() == left


@pytest.mark.parametrize("markup", [markup for markup, _left in ATTACKS.values()], ids=ATTACKS)
def test_html_in_a_members_markdown_is_shown_and_never_made(markup: str) -> None:
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", render_markdown(markup)))
    assert tags <= {"p", "a"}
    assert "<script" not in render_markdown(markup) and " onclick=" not in re.sub(
        r"&lt;.*?&gt;", "", render_markdown(markup)
    )


def test_nested_markup_keeps_its_order_and_loses_the_rest() -> None:
    nested = "<ul><li><p>een <b>vet <i>schuin</i></b></p><ol start=3><li><em>twee</em></li></ol></li></ul>"
    assert clean_html(nested) == (
        '<ul><li><p>een vet schuin</p><ol start="3"><li><em>twee</em></li></ol></li></ul>'
    )
    assert clean_html("<p>een<p>twee") == "<p>een</p><p>twee</p>"


def test_allowed_markup_stays_as_it_is() -> None:
    markup = "<h3>Kop</h3><p>Een <strong>vet</strong> en <em>schuin</em> woord, H<sub>2</sub>O.</p><hr>"
    assert clean_html(markup) == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Een **vet** woord", "<p>Een <strong>vet</strong> woord</p>"),
        ("# Groot\n\n##### Klein", "<h3>Groot</h3>\n<h4>Klein</h4>"),
        ("www.voorbeeld.nl", f'<p><a href="http://www.voorbeeld.nl" {LINK}>www.voorbeeld.nl</a></p>'),
        ("[hier](https://voorbeeld.nl)", f'<p><a href="https://voorbeeld.nl" {LINK}>hier</a></p>'),
        ("[hier](/praktijkvoorbeelden/)", f'<p><a href="/praktijkvoorbeelden/" {LINK}>hier</a></p>'),
        ("[hier](javascript:alert(1))", "<p>[hier](javascript:alert(1))</p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        (
            "![foto](https://voorbeeld.nl/pixel.gif)",
            f'<p>!<a href="https://voorbeeld.nl/pixel.gif" {LINK}>foto</a></p>',
        ),
        ("`www.voorbeeld.nl`", "<p><code>www.voorbeeld.nl</code></p>"),
        ("    <script>alert(1)</script>", "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;\n</code></pre>"),
        ("| a | b |\n|---|---|", "<p>| a | b |\n|---|---|</p>"),
    ],
)
def test_a_members_markdown(text: str, markup: str) -> None:
    assert render_markdown(text).strip() == markup


any_text = st.text(alphabet=st.sampled_from(list("ab <>/\"'=&;:!-#*_`[]()|\n\t\\{}")), max_size=60)
pieces = st.lists(
    st.sampled_from(
        [*(markup for markup, _left in ATTACKS.values()), "<p>", "</a>", "&lt;", "&amp;lt;", "&#x3c;", "é"]
    ),
    max_size=6,
).map("".join)


@given(any_text | pieces | st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    once = clean_html(markup)
    assert clean_html(once) == once


@given(any_text | pieces)
def test_a_members_text_is_clean_already_and_holds_allowed_tags_alone(text: str) -> None:
    markup = render_markdown(text)
    assert clean_html(markup) == markup
    assert set(re.findall(r"<([a-z0-9]+)", markup)) <= ALLOWED_TAGS


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_a_page(text: str) -> None:
    for part in markdown_parts(text):
        assert clean_html(part.html) == part.html or part.kind == "heading"
    markdown_steps(text)
    markdown_points(text)


# --- an editor's page ---


def test_a_page_is_split_in_its_parts_with_their_lines() -> None:
    text = (
        "Vooraf,\nop twee regels.\n"
        "\n"
        "## Kop met *nadruk* & meer\n"
        "- een\n"
        "- twee\n"
        "\n"
        "{{ figuur: groei }}\n"
        "\n"
        "| Soort | Deel |\n"
        "|---|---|\n"
        "| **Proces** | 5 |\n"
        "\n"
        "Tot slot.\n"
    )
    assert markdown_parts(text) == [
        Part("text", 0, html="<p>Vooraf,\nop twee regels.</p>"),
        Part("heading", 3, html="Kop met nadruk & meer"),
        Part("text", 4, html="<ul>\n<li>een</li>\n<li>twee</li>\n</ul>"),
        Part("directive", 7, name="figuur", value="groei"),
        Part("table", 9, rows=(("Soort", "Deel"), ("Proces", "5"))),
        Part("text", 13, html="<p>Tot slot.</p>"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ figuur: groei }}", [("figuur", "groei")]),
        ("{{figuur:groei}}", [("figuur", "groei")]),
        ("{{ praktijk: almi, dsm }}", [("praktijk", "almi, dsm")]),
        ("{{ figuur: a }}\n{{ figuur: b }}", [("figuur", "a"), ("figuur", "b")]),
        ("{{ onbekend: x }}", [("onbekend", "x")]),
        ("{{ figuur: }}", [("figuur", "")]),
        ("zie {{ figuur: groei }}", []),
        ("{{ figuur: a }}\nen tekst", []),
        ("{{ figuur }}", []),
        ("{{ Figuur: groei }}", []),
    ],
)
def test_a_directive_stands_on_a_line_of_its_own(text: str, found: list[tuple[str, str]]) -> None:
    parts = markdown_parts(text)
    assert [(part.name, part.value) for part in parts if part.kind == "directive"] == found
    assert len(parts) == max(1, len(found))


def test_script_in_an_editors_page_is_shown_as_text() -> None:
    (part,) = markdown_parts("<script>alert(1)</script>\n\n[x](javascript:alert(1))")
    assert part.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>[x](javascript:alert(1))</p>"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1. **Kies.** Eén ploeg.\n2. **Meet:** de uren.", [("Kies", "Eén ploeg."), ("Meet", "de uren.")]),
        ("1. **Kies.** Eén ploeg.\n\n2. **Meet.** Uren.", [("Kies", "Eén ploeg."), ("Meet", "Uren.")]),
        ("1. Zonder titel", [("", "Zonder titel")]),
        ("1. **Alleen een titel**", [("Alleen een titel", "")]),
        ("1. **Vet & *schuin*.** Tekst", [("Vet & schuin", "Tekst")]),
        ("1. Eerst **vet** later", [("", "Eerst <strong>vet</strong> later")]),
        ("1. **Kies.** Eén ploeg.\n\n   En begin.", [("Kies", "<p>Eén ploeg.</p>\n<p>En begin.</p>")]),
        ("1. **Kies.**\n\n   En begin.", [("Kies", "En begin.")]),
        ("1. **Kies.** Uit:\n   - a\n   - b", [("Kies", "Uit:\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>")]),
        ("- geen stap", []),
        ("", []),
    ],
)
def test_steps(text: str, steps: list[tuple[str, str]]) -> None:
    assert markdown_steps(text) == steps


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("- een\n- **twee** drie", ["een", "<strong>twee</strong> drie"]),
        ("- een\n\n- twee", ["een", "twee"]),
        ("* een", ["een"]),
        ("- een\n\n  en meer", ["<p>een</p>\n<p>en meer</p>"]),
        ("- een\n  - dieper", ["een\n<ul>\n<li>dieper</li>\n</ul>"]),
        ("1. genummerd", []),
        ("gewone tekst", []),
    ],
)
def test_points(text: str, points: list[str]) -> None:
    assert markdown_points(text) == points


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>een</p><p>twee</p>", "een twee"),
        ("<ul><li>een</li><li>twee</li></ul>", "een twee"),
        ("<p>on<strong>ge</strong>veer</p>", "ongeveer"),
        ("a<br>b", "a b"),
        ("R&amp;D", "R&D"),
        ("<p>schrijf &amp;lt;b&amp;gt;</p>", "schrijf &lt;b&gt;"),
        ("", ""),
    ],
)
def test_words_without_markup(markup: str, words: str) -> None:
    assert strip_markup(markup) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        (" @SUM(1)", "' @SUM(1)"),
        # A spreadsheet in Dutch parts cells with semicolons, whatever the file does.
        ("Jan;=HYPERLINK(1)", "Jan;'=HYPERLINK(1)"),
        ('Jan;"=1+1"', 'Jan;"\'=1+1"'),
        ("a\n=1+1\r\n  +2", "a\n'=1+1\r\n  '+2"),
        ("a\t@b", "a\t'@b"),
        ("min 8; plus 3, -2 en a=b", "min 8; plus 3, -2 en a=b"),
    ],
)
def test_no_spreadsheet_reads_a_formula(typed: str, kept: str) -> None:
    assert cell_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jan \t de\u00a0 Vries ", "Jan de Vries"),
        ("Jan\r\nKlik hier\x0b\x00", "Jan Klik hier"),
        ("\u202enaJ\u202c \u200bde\ufeff Vries\u00ad", "naJ de Vries"),
        ("Cafe\u0301 Zoë", "Café Zoë"),
        ("\u200b \u3164\u2800", ""),
    ],
)
def test_a_name_is_one_line_of_what_is_seen(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
    assert one_line(kept) == kept
