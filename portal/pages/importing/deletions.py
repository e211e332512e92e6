"""Pages that were made from a file and deleted since: loading the same files again leaves them so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portal.pages.importing.importers import REFERENCES, Draft, split_slugs
from portal.pages.models import ImportedFile
from portal.text import Part

#: type and slug
FileKey = tuple[str, str]


def made_before() -> frozenset[FileKey]:
    """Every file from which a page was made once, whether that page is still there or not."""
    return frozenset(ImportedFile.objects.values_list("type", "slug"))


def remember(drafts: Iterable[Draft]) -> None:
    """Write down that these files have become pages."""
    known = made_before()
    keys = dict.fromkeys((draft.type, draft.slug) for draft in drafts)
    ImportedFile.objects.bulk_create(
        [ImportedFile(type=type_, slug=slug) for type_, slug in keys if (type_, slug) not in known]
    )


def without_gone(draft: Draft, is_gone: Callable[[str], bool]) -> Draft:
    """The draft without what it says of deleted pages: links to them, and them as charts or cards in its text."""
    if not any(is_gone(slug) for slug in (*draft.related, *(slug for slug, _line in draft.shown))):
        return draft
    values = dict(draft.values)
    if "parts" in values:
        values["parts"] = list(_parts(values["parts"], is_gone))
    return replace(
        draft,
        related=[slug for slug in draft.related if not is_gone(slug)],
        shown=[(slug, line) for slug, line in draft.shown if not is_gone(slug)],
        values=values,
    )


def _parts(parts: Iterable[Part], is_gone: Callable[[str], bool]) -> Iterator[Part]:
    for part in parts:
        if part.kind != "directive" or part.name not in REFERENCES:
            yield part
        elif left := [slug for slug in split_slugs(part.value) if not is_gone(slug)]:
            yield replace(part, value=", ".join(left))
