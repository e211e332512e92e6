"""Importing: check everything first, then change everything or nothing, and leave alone what an editor changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from wagtail.models import Page

from portal.pages.importing.deletions import FileKey, made_before, remember, without_gone
from portal.pages.importing.edits import content_hash, is_edited
from portal.pages.importing.files import read_file
from portal.pages.importing.importers import Draft, Vocabulary, importer_for, known_types, problem_at
from portal.pages.importing.problems import ImportFailed, Problem
from portal.text import Part


@dataclass
class ImportReport:
    """What an import did, by slug."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = (
            f"{len(self.created)} nieuw, {len(self.updated)} bijgewerkt, {len(self.unchanged)} ongewijzigd, "
            f"{len(self.kept)} door een redacteur gewijzigd en zo gelaten"
        )
        if self.deleted:
            told += f", {len(self.deleted)} verwijderd en zo gelaten: {', '.join(self.deleted)}"
        return told


def read_directory(path: Path) -> list[tuple[str, str]]:
    """(name, text) of every content file below `path`, in order of name."""
    files = sorted(path.rglob("*.md")) if path.is_dir() else [path]
    base = path if path.is_dir() else path.parent
    return [
        (str(file.relative_to(base)), decoded(str(file.relative_to(base)), file.read_bytes()))
        for file in files
    ]


def decoded(name: str, content: bytes) -> str:
    """The text of a file, which is always UTF-8; raises ImportFailed where it isn't."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ImportFailed([Problem(name, line, "bestand", "is geen tekst in UTF-8.")]) from error


def import_files(
    files: Iterable[tuple[str, str]],
    *,
    only_types: Iterable[str] | None = None,
    by: Any = None,
    publish: bool = True,
    leave_deleted: bool = False,
) -> ImportReport:
    """Make or update a page from each (name, text). Raises ImportFailed with every problem; then nothing changed.

    `by` is the person in the pages' history. Without `publish` the pages become drafts, and readers see no change.
    With `leave_deleted` a page that was made from its file before and deleted since isn't made again, and pages that
    name it are made without that link.
    """
    problems: list[Problem] = []
    drafts = _read(files, problems, set(only_types) if only_types is not None else None)
    _check_slugs(drafts)
    places = _places(drafts, made_before() if leave_deleted else frozenset())
    _check_links(drafts, places)
    if problems:
        raise ImportFailed(problems)
    with transaction.atomic():
        return _write(drafts, places, by=by, publish=publish)


def _read(
    files: Iterable[tuple[str, str]], problems: list[Problem], only_types: set[str] | None
) -> list[Draft]:
    vocabulary = Vocabulary()
    drafts: list[Draft] = []
    for name, raw in files:
        file = read_file(name, raw, problems)
        if file is None:
            continue
        type_ = file.head.text("type", required=True)
        importer = importer_for(type_)
        if importer is not None and (only_types is None or type_ in only_types):
            drafts.append(importer.draft(file, vocabulary))
        elif type_:
            allowed = sorted(only_types) if only_types is not None else known_types()
            file.head.problem("type", f"'{type_}' kan hier niet; kies uit {', '.join(allowed)}.")
    return drafts


def _check_slugs(drafts: list[Draft]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for draft in drafts:
        key = (draft.type, draft.slug)
        if draft.slug and key in seen:
            draft.file.head.problem("slug", f"'{draft.slug}' staat ook in {seen[key]}.")
        seen.setdefault(key, draft.file.name)


@dataclass
class Places:
    """Where everything stands: the page that each draft has already, and the pages and drafts with each named slug."""

    own: dict[int, Any] = field(default_factory=dict)
    existing: dict[str, dict[int, Page]] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    #: drafts whose page was deleted and stays so, with their slugs
    deleted: dict[int, str] = field(default_factory=dict)

    def is_gone(self, slug: str) -> bool:
        """Whether what is named was deleted, and nothing else has its name."""
        return slug in self.deleted.values() and not self.number_of(slug)

    def number_of(self, slug: str) -> int:
        return len(self.existing.get(slug, {})) + self.new.get(slug, 0)


def _places(drafts: list[Draft], made: Collection[FileKey]) -> Places:
    """`made`: the files whose pages stay deleted where they were."""
    places = Places()
    named = {draft.slug for draft in drafts} | {slug for draft in drafts for slug, _line in _linked(draft)}
    for page in Page.objects.filter(slug__in=named):
        places.existing.setdefault(page.slug, {})[page.pk] = page
    for number, draft in enumerate(drafts):
        try:
            parent = draft.importer.parent()
        except ObjectDoesNotExist:
            draft.file.head.problem("type", "de pagina waar deze onder hoort is er nog niet.")
            continue
        own = _own_page(draft, parent)
        places.own[number] = own
        if own is not None:
            places.existing.setdefault(draft.slug, {})[own.pk] = own
            continue
        if (draft.type, draft.slug) in made:
            places.deleted[number] = draft.slug
            continue
        places.new[draft.slug] = places.new.get(draft.slug, 0) + 1
        if any(
            page.depth == parent.depth + 1 and page.is_child_of(parent) for page in _found(places, draft.slug)
        ):
            draft.file.head.problem("slug", f"'{draft.slug}' is het adres van een andere pagina.")
    return places


def _found(places: Places, slug: str) -> Iterable[Page]:
    return places.existing.get(slug, {}).values()


def _own_page(draft: Draft, parent: Page) -> Any:
    """The page that was made from such a file, also where an editor gave it another address since."""
    pages = draft.importer.model.objects.child_of(parent)
    return (
        pages.filter(slug=draft.slug).first()
        or pages.filter(import_source__startswith=f"{draft.slug[:SLUG_LENGTH]} ").first()
    )


def _linked(draft: Draft) -> list[tuple[str, int]]:
    """The slugs that a draft names, with their lines."""
    line = draft.file.head.line_of("related")
    return [*((slug, line) for slug in draft.related), *draft.shown]


def _check_links(drafts: list[Draft], places: Places) -> None:
    for draft in drafts:
        related = len(draft.related)
        for position, (slug, line) in enumerate(_linked(draft)):
            name = "related" if position < related else "tekst"
            if places.is_gone(slug):
                continue
            if not places.number_of(slug):
                problem_at(draft.file, line, name, f"er is geen pagina '{slug}'.")
            elif places.number_of(slug) > 1:
                problem_at(draft.file, line, name, f"er is meer dan één pagina '{slug}'.")


def _write(drafts: list[Draft], places: Places, *, by: Any, publish: bool) -> ImportReport:
    report = ImportReport()
    pages = {slug: page for slug, found in places.existing.items() for page in found.values()}
    todo: list[tuple[Draft, Any, bool]] = []
    for number, draft in enumerate(drafts):
        page = places.own[number]
        if number in places.deleted:
            report.deleted.append(draft.slug)
        elif page is not None and (page.locked or is_edited(page)):
            report.kept.append(draft.slug)
        elif page is not None and page.import_source == fingerprint(draft):
            report.unchanged.append(draft.slug)
        else:
            with _told(draft):
                todo.append((draft, page or _new_page(draft), page is None))
    # Pages can name each other, so all of them exist before the first is filled.
    pages.update({draft.slug: page for draft, page, _new in todo})
    for draft, page, new in todo:
        with _told(draft):
            _fill(without_gone(draft, places.is_gone), page, pages, by=by, publish=publish)
        (report.created if new else report.updated).append(draft.slug)
    remember(draft for number, draft in enumerate(drafts) if number not in places.deleted)
    return report


@contextmanager
def _told(draft: Draft) -> Iterator[None]:
    """What only the page itself refuses is told as a problem of its file; the transaction takes back the rest."""
    try:
        yield
    except ValidationError as error:
        raise ImportFailed(
            [Problem(draft.file.name, 1, "pagina", message) for message in error.messages]
        ) from error


def _new_page(draft: Draft) -> Any:
    """A bare page at its place, not yet live; it is filled when all pages exist."""
    importer = draft.importer
    page = importer.model(title=draft.title, slug=draft.slug, live=False)
    importer.fill(page, _without_links(draft), {})
    return importer.parent().add_child(instance=page)


def _without_links(draft: Draft) -> Draft:
    """The same draft without what names other pages, for the moment when those don't exist yet."""
    parts = [part for part in draft.values.get("parts", []) if part.kind != "directive"]
    # A text of nothing but other pages is no empty text, which a page would refuse.
    values = {**draft.values, "parts": parts or [Part("text", 0, html="<p>…</p>")]}
    return replace(draft, citations=[], related=[], shown=[], values=values)


def _fill(draft: Draft, page: Any, pages: Mapping[str, Page], *, by: Any, publish: bool) -> None:
    model = draft.importer.model
    if not publish and page.live:
        # Only a new revision: what readers see, stays.
        page = page.get_latest_revision_as_object()
    draft.importer.fill_common(page, draft, pages)
    draft.importer.fill(page, draft, pages)
    if publish or not page.live:
        page.save()
        # Read again, so that the revision holds numbers as the database gives them to an editor.
        page = model.objects.get(pk=page.pk)
    revision = page.save_revision(user=by, log_action=by is not None)
    if publish:
        revision.publish(user=by)
    stored = model.objects.get(pk=page.pk)
    model.objects.filter(pk=page.pk).update(
        import_hash=content_hash(stored), import_source=fingerprint(draft)
    )


SLUG_LENGTH = 120


def fingerprint(draft: Draft) -> str:
    """The slug and the hash of the file that a page was last made from."""
    return f"{draft.slug[:SLUG_LENGTH]} {hashlib.sha256(draft.file.raw.encode()).hexdigest()}"
