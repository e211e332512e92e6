"""An explanation as sentences and tables."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.design.numbers import format_number
from portal.design.shapes import TableView
from search.results import Explanation, Query, TermShare, WordShare


def explained(told: Explanation, query: Query) -> dict[str, Any]:
    return {
        "place": place_sentence(told, query),
        "sum": sum_sentence(told),
        "corrected": told.searched
        if told.searched.casefold() != " ".join(query.text.split()).casefold()
        else "",
        "parts": parts_table(told),
        "words": words_table(told),
        "terms": terms_table(told),
    }


def place_sentence(told: Explanation, query: Query) -> str:
    total = ngettext("%(number)s resultaat", "%(number)s resultaten", told.total) % {
        "number": format_number(told.total)
    }
    if told.place is None:
        return _("Deze pagina staat niet bij de eerste honderd van %(total)s.") % {"total": total}
    place = _("Deze pagina staat op plaats %(place)d van %(total)s.") % {"place": told.place, "total": total}
    if query.sort != "relevance":
        place += " " + _("De bezoeker koos een andere volgorde dan beste eerst; de score telt dan minder.")
    return place


def sum_sentence(told: Explanation) -> str:
    text = told.passage + told.letters + told.title_letters + told.title_share
    values = {"text": points(text), "boost": format_number(round(told.boost, 2)), "score": points(told.score)}
    if told.preference:
        values["preference"] = points(told.preference)
        return _(
            "Score %(score)s = %(text)s voor de woorden × %(boost)s voor de soort pagina + %(preference)s omdat het op"
            " het bedrijf van de bezoeker lijkt."
        ) % values  # fmt: skip
    return _("Score %(score)s = %(text)s voor de woorden × %(boost)s voor de soort pagina.") % values


def points(value: float) -> str:
    return format_number(round(value, 2), decimals=2)


def parts_table(told: Explanation) -> TableView:
    """The four features of stage two, each with what it looks at."""
    rows = (
        (
            _("Beste stuk tekst"),
            told.passage,
            _("het stuk van 120 woorden waarin je woorden het best samenkomen"),
        ),
        (_("Letters"), told.letters, _("hoeveel van de letters van elk woord ergens op de pagina staan")),
        (_("Letters in de titel"), told.title_letters, _("hetzelfde, in titel en naam van de organisatie")),
        (_("Titel gedekt"), told.title_share, _("welk deel van de titel of naam de zoekvraag noemt")),
    )
    return TableView(
        caption=_("Waaruit de score bestaat"),
        columns=(_("Onderdeel"), _("Punten"), _("Wat het bekijkt")),
        rows=[(name, points(value), text) for name, value, text in rows],
        numeric=frozenset({1}),
    )


def words_table(told: Explanation) -> TableView:
    return TableView(
        caption=_("Per woord van de zoekvraag"),
        columns=(_("Woord"), _("Letters"), _("Letters in de titel"), _("Eerste ronde")),
        rows=[
            (
                _word(word),
                points(word.letters),
                points(word.title_letters),
                points(sum(term.total for term in word.terms)),
            )
            for word in told.words
        ],
        numeric=frozenset({1, 2, 3}),
    )


def terms_table(told: Explanation) -> TableView:
    """Stage one: which pages come into view at all.

    Not in how many pages a term stands: those that the asker may not read would count.
    """
    known = {term.term: term for word in told.words for term in word.terms}
    return TableView(
        caption=_("Eerste ronde: welke pagina's in beeld komen"),
        columns=(
            _("Stam of woorddeel"),
            _("Ergens"),
            _("In de titel"),
            _("In de tekst"),
        ),
        rows=[_term(term) for term in known.values()],
        numeric=frozenset({1, 2, 3}),
    )


def _word(word: WordShare) -> str:
    return _("%(word)s (synoniem)") % {"word": word.text} if word.is_synonym else word.text


def _term(term: TermShare) -> tuple[str, ...]:
    name = term.term
    if term.documents and not term.is_searched:
        name = _("%(term)s (te gewoon om op te zoeken)") % {"term": name}
    elif not term.total:
        name = _("%(term)s (staat niet op deze pagina)") % {"term": name}
    return (
        name,
        points(term.anywhere),
        points(term.title),
        points(term.body),
    )
