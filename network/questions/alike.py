"""What the portal has already that is like a question: everything that this person may find, of every kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from portal.accounts.audiences import terms_for
from portal.design.shapes import ThreadView
from search.documents import Reader
from search.facets import read_vocabulary
from search.presentation import hit_view, recommended_view
from search.question import Question
from search.services import answer

SHOWN = 5
FEWEST_LETTERS = 6


def alike(title: str, user: Any) -> list[ThreadView]:
    """The best of a search for these words, asked as the page of results asks it: with this person's permissions, and
    each hit checked in the database. While no engine answers there is nothing: titles that share a word with a whole
    sentence are mostly noise, and nobody who asks has to wait for them."""
    if len("".join(title.split())) < FEWEST_LETTERS:
        return []
    question = Question.from_data(QueryDict(urlencode({"q": title})), read_vocabulary())
    found = answer(replace(question, page_size=SHOWN), Reader(user, terms_for(user)), {})
    if found.is_fallback:
        return []
    views = [recommended_view(each) for each in found.recommended]
    views += [hit_view(hit, shown) for hit, shown in found.found]
    # Short: it stands between the title and the rest of the form.
    return [
        ThreadView(title=each.title, url=each.url, meta=(each.kind, *each.meta[:1])) for each in views[:SHOWN]
    ]
