"""What members type, as rich text and back."""

from __future__ import annotations

from cases.submissions.texts import as_plain, as_rich, lines, numbered


def test_paragraphs_come_back_as_they_were() -> None:
    text = "Wij zochten <script>alles</script> & nog wat.\n\nDat kostte\neen uur."
    assert as_rich(text) == (
        "<p>Wij zochten &lt;script&gt;alles&lt;/script&gt; &amp; nog wat.</p><p>Dat kostte<br/>een uur.</p>"
    )
    assert as_plain(as_rich(text)) == text


def test_rich_text_of_an_editor_reads_as_text() -> None:
    markup = (
        '<p>Zie <a href="/kennis/">onze <b>kennis</b></a>.</p><ul><li>Een</li><li>Twee</li></ul><h3>Kop</h3>'
    )
    assert as_plain(markup) == "Zie onze kennis.\n\n- Een\n- Twee\n\nKop"


def test_steps_are_lines_with_a_number_or_else_paragraphs() -> None:
    assert numbered("1. Tel\n2) Kies\n- Begin") == ["Tel", "Kies", "Begin"]
    assert numbered("Eerst telden wij.\n\nDaarna niet\nmeer.") == ["Eerst telden wij.", "Daarna niet\nmeer."]
    assert lines("- een\n\n* twee\n3 dagen wachten") == ["een", "twee", "3 dagen wachten"]
