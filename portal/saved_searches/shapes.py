"""A saved search in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.design.shapes import Link, Task
from portal.saved_searches.models import MOST_NAME, Finding, SavedSearch
from portal.saved_searches.services import read_question
from portal.saved_searches.showing import seen_documents
from search.documents import ShownHit
from search.facets import TYPE, Vocabulary
from search.presentation import chips
from search.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched: the words, the filters, and both as a name to begin with."""

    text: str
    filters: Sequence[str]
    name: str


def asked(question: Question, words: Vocabulary) -> Asked:
    filters = [chip.label for chip in chips(question, words, "")]
    if question.type:
        filters.insert(0, capfirst(words.of(TYPE.name)[question.type].name))
    parts = [capfirst(question.text)] if question.text else []
    name = Truncator(" · ".join([*parts, *filters])).chars(MOST_NAME)
    return Asked(question.text, filters, name)


def saved_tasks(user: User, rows: Sequence[SavedSearch], words: Vocabulary) -> list[Task]:
    """Each leads to its results of now, with what was found last; a few queries for one as for all."""
    last = _last_findings([row.pk for row in rows])
    seen = seen_documents(user, last.values())
    return [_task(row, last.get(row.pk), seen, words) for row in rows]


def _last_findings(pks: Sequence[int]) -> dict[int, Finding]:
    newest = Finding.objects.filter(search=OuterRef("search")).order_by("-found_at", "-pk").values("pk")[:1]
    rows = Finding.objects.filter(search__in=pks, pk=Subquery(newest)) if pks else []
    return {row.search_id: row for row in rows}


def _task(row: SavedSearch, last: Finding | None, seen: dict[int, list[ShownHit]], words: Vocabulary) -> Task:
    question = read_question(row, words)
    links = [Link(label=_("Wijzig"), url=row.get_absolute_url())]
    number = len(seen.get(last.pk, ())) if last is not None else 0
    if last is not None and number:
        told = ngettext("%(number)d nieuw op %(day)s", "%(number)d nieuw op %(day)s", number)
        day = date_format(timezone.localdate(last.found_at), "j F")
        links.insert(0, Link(label=told % {"number": number, "day": day}, url=last.get_absolute_url()))
    if question.remarks:
        return Task(
            label=row.name,
            url=row.get_absolute_url(),
            hint=_("Een filter hiervan bestaat niet meer. Haal hem weg en bewaar hem opnieuw."),
            status=_("werkt niet meer"),
            kind="problem",
        )
    return Task(
        label=row.name,
        url=question.address(reverse("search:results")),
        hint=in_words(asked(question, words)),
        status=str(row.get_frequency_display()) if row.next_look_at else _("kijkt niet"),
        links=links,
    )


def in_words(what: Asked) -> str:
    words = [_("‘%(text)s’") % {"text": what.text}] if what.text else []
    return " · ".join([*words, *what.filters])


def breadcrumb_of(*, inside: bool = True) -> list[Link]:
    """To the member's own pages, and from within one search to all of them."""
    found = [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Mijn omgeving"), url=reverse(settings.LOGIN_REDIRECT_URL)),
    ]
    if inside:
        found.append(Link(label=_("Mijn zoekopdrachten"), url=reverse("saved-searches:list")))
    return found
