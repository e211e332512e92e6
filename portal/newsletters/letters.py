"""An edition as a mail, and as a page: from what everybody may read at that moment, whoever it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from portal.mail.letters import as_plain_text, whole_address
from portal.newsletters.blocks import EVENT
from portal.newsletters.models import Edition, Subscription
from portal.newsletters.plain import as_text
from portal.pages.querysets import visible_pages
from portal.pages.references import cards_of, has_card
from portal.text import clean_html
from search.checking import shown_documents
from search.documents import Reader

BOLD_OR_ITALIC = re.compile(r"(</?)(b|i)>")
OWN_ADDRESS = re.compile(r'href="(/[^"]*)"')


@dataclass(frozen=True, slots=True)
class Item:
    """A page or an event: what it is called, where it stands and what it is about."""

    title: str
    url: str
    summary: str = ""
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str = ""
    html: SafeString = field(default_factory=SafeString)  # cleaned
    text: str = ""
    items: Sequence[Item] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def sections_of(edition: Edition) -> list[Section]:
    """All parts with something in them. A few queries, whatever their number."""
    pages = _items_of_pages(edition)
    wanted = [
        each for block in edition.body if block.block_type == "events" for each in block.value["events"]
    ]
    events = shown_documents(
        [each for each in wanted if each.startswith(f"{EVENT}:")], Reader(AnonymousUser())
    )
    found = []
    for block in edition.body:
        value = block.value
        if block.block_type == "text":
            html = _absolute(clean_html(_named(expand_db_html(value["text"].source))))
            found.append(Section(value["title"], mark_safe(html), as_text(html)))  # noqa: S308 - cleaned just now
            continue
        if block.block_type == "pages":
            items = [pages[page.pk] for page in value["pages"] if page is not None and page.pk in pages]
        else:
            shown = [events[each] for each in value["events"] if each in events]
            items = [
                Item(each.title, whole_address(each.url), each.summary, " · ".join(each.meta))
                for each in shown
            ]
        if items:
            found.append(Section(value["title"], items=items))
    return found


def left_out(edition: Edition) -> int:
    """How many chosen pages and events not everybody may read (any more)."""
    chosen = sum(
        len(block.value["pages"] if block.block_type == "pages" else block.value["events"])
        for block in edition.body
        if block.block_type != "text"
    )
    return chosen - sum(len(section.items) for section in sections_of(edition))


def _items_of_pages(edition: Edition) -> dict[int, Item]:
    blocks = [block for block in edition.body if block.block_type == "pages"]
    chosen = [page.pk for block in blocks for page in block.value["pages"] if page is not None]
    if not chosen:
        return {}
    pages = [page for page in visible_pages(AnonymousUser()).filter(pk__in=chosen) if has_card(page)]
    return {
        pk: Item(card.title, whole_address(card.url), card.summary, card.organisation)
        for pk, card in cards_of(pages).items()
    }


def written(edition: Edition, sections: Sequence[Section], *, to: Subscription | None) -> Letter:
    """For one reader; without one as staff see it, with links that end nothing."""
    key = str(to.key) if to is not None else "00000000-0000-0000-0000-000000000000"
    off_url = whole_address(reverse("newsletters:unsubscribe", args=[key]))
    about: dict[str, Any] = {
        "subject": edition.subject,
        "introduction": edition.introduction,
        "sections": sections,
        "archive_url": whole_address(edition.get_absolute_url()),
        "choose_url": whole_address(reverse("newsletters:choose", args=[key])),
        "off_url": off_url,
        "site_name": settings.SITE_NAME,
    }
    return Letter(
        subject=edition.subject,
        text=as_plain_text("newsletters/mail/edition.txt", about).strip() + "\n",
        html=render_to_string("newsletters/mail/edition.html", about),
        # RFC 8058: the reader's own mail program shows a button, and posts there.
        headers={
            "List-Unsubscribe": f"<{off_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _named(markup: str) -> str:
    """Wagtail's editor writes `<b>` and `<i>`; we say what they mean."""
    return BOLD_OR_ITALIC.sub(lambda found: f"{found[1]}{'strong' if found[2] == 'b' else 'em'}>", markup)


def _absolute(markup: str) -> str:
    return OWN_ADDRESS.sub(lambda found: f'href="{whole_address(found[1])}"', markup)
