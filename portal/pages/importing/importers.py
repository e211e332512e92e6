"""What a room offers so that its kind of page can come from a file; found in `importers.py` like `admin.py`."""

from __future__ import annotations

import builtins
import datetime
import json
import re
import uuid
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from wagtail.models import Page

from portal.evidence.models import NatureChoices, Source
from portal.pages.importing.fields import Fields
from portal.pages.importing.files import ContentFile
from portal.pages.importing.problems import Problem
from portal.pages.models import SUMMARY_LENGTH, BasePage, PageCitation, RelatedPage
from portal.text import clean_html, markdown_parts


class Vocabulary:
    """Codes to objects, each list read from the database once for a whole import."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], str], Mapping[str, Any]] = {}

    def of(self, model: type[Any], key: str = "code") -> Mapping[str, Any]:
        if (model, key) not in self._known:
            self._known[model, key] = {str(getattr(item, key)): item for item in model._default_manager.all()}
        return self._known[model, key]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return self.of(Source)


@dataclass
class Draft:
    """A file that was read and found right: what every page has, and in `values` what its kind adds."""

    importer: PageImporter
    file: ContentFile
    type: str
    slug: str
    title: str
    summary: str
    reviewed_on: datetime.date | None
    citations: list[PageCitation] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    #: slugs of pages that the text shows, with the line on which it does
    shown: list[tuple[str, int]] = field(default_factory=list)


class PageImporter(ABC):
    """Reads a file of one `type` into a draft, and fills a page with it."""

    type: ClassVar[str]
    model: ClassVar[builtins.type[BasePage]]

    @abstractmethod
    def parent(self) -> Page:
        """The page below which these pages live."""

    @abstractmethod
    def read(self, draft: Draft, vocabulary: Vocabulary) -> None:
        """Read the kind's own fields and text into `draft.values`; problems go to the file's list."""

    @abstractmethod
    def fill(self, page: Any, draft: Draft, pages: Mapping[str, Page]) -> None:
        """Set the kind's own fields on `page`; `pages` has every page that the text or the links may name, by slug."""

    def draft(self, file: ContentFile, vocabulary: Vocabulary) -> Draft:
        """The whole file as a draft; complete only where no problem was found."""
        head = file.head
        draft = Draft(
            importer=self,
            file=file,
            type=head.text("type", required=True),
            slug=head.slug(),
            title=head.text("title", required=True, max_length=200),
            summary=head.text("summary", required=True, max_length=SUMMARY_LENGTH),
            reviewed_on=head.date("reviewed", required=True),
            related=head.texts("related"),
        )
        head.refuse_twice("related", draft.related)
        if draft.slug and draft.slug in draft.related:
            head.problem("related", "verwijst naar de pagina zelf.")
        draft.citations = [read_citation(fields, vocabulary) for fields in head.children("sources")]
        self.read(draft, vocabulary)
        head.refuse_unknown()
        return draft

    def fill_common(self, page: Any, draft: Draft, pages: Mapping[str, Page]) -> None:
        page.title = draft.title
        page.draft_title = draft.title
        page.summary = draft.summary
        page.search_description = draft.summary
        page.reviewed_on = draft.reviewed_on
        page.citations = in_order(draft.citations)
        page.related_links = [
            RelatedPage(target=pages[slug], sort_order=order) for order, slug in enumerate(draft.related)
        ]


_importers: dict[str, PageImporter] = {}


def register(importer: type[PageImporter]) -> type[PageImporter]:
    """Offer an importer; usable as a class decorator."""
    _importers[importer.type] = importer()
    return importer


def importer_for(type_: str) -> PageImporter | None:
    return _importers.get(type_)


def known_types() -> list[str]:
    return sorted(_importers)


def read_citation(fields: Fields, vocabulary: Vocabulary) -> PageCitation:
    source = fields.one("source", vocabulary.sources, required=True)
    citation = PageCitation(
        nature=fields.choice("nature", NatureChoices.values, default=NatureChoices.ACCOUNT),
        place=fields.text("place", required=True, max_length=250),
        by=fields.text("by", max_length=200),
    )
    if source is not None:
        citation.source = source
    fields.refuse_unknown()
    return citation


BLOCK_TAG = r"</?(?:p|ul|ol|li|h3|h4|blockquote|pre|hr|br)\b[^>]*>"


def in_order(rows: list[Any]) -> list[Any]:
    """`rows` of an orderable relation, numbered as they stand in the file."""
    for order, row in enumerate(rows):
        row.sort_order = order
    return rows


def rich_text(markup: str) -> str:
    """HTML from Markdown as Wagtail's editor writes it, so that an editor can go on with it."""
    markup = clean_html(markup).replace(' rel="nofollow ugc noopener"', "")
    for theirs, ours in (("strong", "b"), ("em", "i")):
        markup = markup.replace(f"<{theirs}>", f"<{ours}>").replace(f"</{theirs}>", f"</{ours}>")
    return re.sub(rf"\s*({BLOCK_TAG})\s*", r"\1", markup).replace("\n", " ")


def rich_piece(markup: str) -> str:
    """A step's or a point's HTML, which may begin without a paragraph, as rich text."""
    begin = re.search(BLOCK_TAG, markup)
    lead, rest = (markup[: begin.start()], markup[begin.start() :]) if begin else (markup, "")
    return rich_text((f"<p>{lead}</p>" if lead.strip() else "") + rest)


def rich_text_from(text: str) -> str:
    """A section's Markdown as rich text."""
    return rich_text("".join(part.html for part in markdown_parts(text) if part.kind == "text"))


REFERENCES = {"figuur", "praktijk"}
# The name in a file, and the name of the drawing in the design system.
DIAGRAMS = {"j-curve": "j-curve", "schijf-van-vijf": "five-disc"}


def read_body(draft: Draft) -> None:
    """Split the Markdown into parts, and note which pages it shows; an unknown directive is a problem."""
    parts = markdown_parts(draft.file.body)
    directives = [part for part in parts if part.kind == "directive"]
    for part in directives:
        line = draft.file.body_line + part.line
        slugs = split_slugs(part.value) if part.name in REFERENCES else []
        draft.shown += [(slug, line) for slug in slugs]
        if not slugs and (part.name != "diagram" or part.value not in DIAGRAMS):
            problem_at(draft.file, line, "tekst", f"'{part.name}: {part.value}' is onbekend.")
    refuse_directives(draft.file, except_on={part.line for part in directives})
    if not parts:
        problem_at(draft.file, draft.file.body_line, "tekst", "ontbreekt.")
    draft.values["parts"] = parts


def refuse_directives(file: ContentFile, *, except_on: Collection[int] = ()) -> None:
    """Braces anywhere but on the lines of `except_on` (from 0) are a directive that went wrong, and would be shown."""
    for offset, line in enumerate(file.body.split("\n")):
        if ("{{" in line or "}}" in line) and offset not in except_on:
            message = (
                "een verwijzing als '{{ figuur: naam }}' kan hier niet, of staat niet alleen op haar regel."
            )
            problem_at(file, file.body_line + offset, "tekst", message)


def stream(blocks: list[tuple[str, Any]]) -> str:
    """Blocks as the stream field stores them, so that page choices and tables can be given as plain values."""
    return json.dumps([{"type": type_, "value": value} for type_, value in blocks])


def body_blocks(draft: Draft, pages: Mapping[str, Page]) -> str:
    """The parts of the text as stream blocks."""
    found: list[tuple[str, Any]] = []
    for part in draft.values["parts"]:
        if part.kind == "heading":
            found.append(("heading", part.html))
        elif part.kind == "text":
            found.append(("paragraph", rich_text(part.html)))
        elif part.kind == "table":
            found.append(("table", _table(part.rows)))
        elif part.name == "diagram":
            found.append(("diagram", {"diagram": DIAGRAMS[part.value]}))
        else:
            found.append(
                ("references", {"pages": [_list_item(pages[slug].pk) for slug in split_slugs(part.value)]})
            )
    return stream(found)


def _list_item(value: Any) -> dict[str, Any]:
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def split_slugs(value: str) -> list[str]:
    return [slug.strip() for slug in value.split(",") if slug.strip()]


def problem_at(file: ContentFile, line: int, name: str, message: str) -> None:
    file.head.problems.append(Problem(file.name, line, name, message))


def _table(rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    return {
        "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
        "rows": [{"values": list(row)} for row in rows[1:]],
        "caption": "",
    }
