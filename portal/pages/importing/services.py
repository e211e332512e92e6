"""Importing: check everything first, then change everything or nothing, and leave alone what an editor changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from portal.pages.importing.files import ContentFile, ImportFailed, Problem, read_file
from portal.pages.importing.importers import Draft, Vocabulary, importer_for, known_types, problem_at
from portal.pages.models import BasePage

# What changes by publishing alone, or by the import itself, and so says nothing about an editor's work.
VOLATILE = {
    "pk", "path", "depth", "numchild", "url_path", "live", "expired", "expire_at", "go_live_at",
    "has_unpublished_changes",
    "first_published_at", "last_published_at", "latest_revision", "latest_revision_created_at", "live_revision",
    "import_hash", "import_source", "translation_key", "content_type", "owner", "locked", "locked_at", "locked_by",
    "draft_title", "alias_of", "locale", "wagtail_admin_comments",
}  # fmt: skip


@dataclass
class ImportReport:
    """What an import did, by slug."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{len(self.created)} nieuw, {len(self.updated)} bijgewerkt, {len(self.unchanged)} ongewijzigd, "
            f"{len(self.kept)} door een redacteur gewijzigd en zo gelaten"
        )


def read_directory(path: Path) -> list[tuple[str, str]]:
    """(name, text) of every content file below `path`, in order of name."""
    files = sorted(path.rglob("*.md")) if path.is_dir() else [path]
    base = path if path.is_dir() else path.parent
    return [(str(file.relative_to(base)), file.read_text(encoding="utf-8")) for file in files]


def import_files(
    files: Iterable[tuple[str, str]], *, only_types: Iterable[str] | None = None
) -> ImportReport:
    """Make or update a page from each (name, text). Raises ImportFailed with every problem; then nothing changed."""
    problems: list[Problem] = []
    drafts = _read(files, problems, set(only_types) if only_types is not None else None)
    _check_slugs(drafts, problems)
    existing = {page.slug: page for page in Page.objects.filter(slug__in=_named_slugs(drafts))}
    _check_links(drafts, existing)
    if problems:
        raise ImportFailed(problems)
    with transaction.atomic():
        return _write(drafts, existing)


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
        if importer is None or (only_types is not None and type_ not in only_types):
            allowed = sorted(only_types) if only_types is not None else known_types()
            file.head.problem("type", f"'{type_}' kan hier niet; kies uit {', '.join(allowed)}.")
            continue
        drafts.append(importer.draft(file, vocabulary))
    return drafts


def _check_slugs(drafts: list[Draft], problems: list[Problem]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for draft in drafts:
        key = (draft.type, draft.slug)
        if draft.slug and key in seen:
            draft.file.head.problem("slug", f"'{draft.slug}' staat ook in {seen[key]}.")
        seen.setdefault(key, draft.file.name)


def _named_slugs(drafts: list[Draft]) -> set[str]:
    return {draft.slug for draft in drafts} | {slug for draft in drafts for slug in _linked(draft)}


def _linked(draft: Draft) -> list[str]:
    return [*draft.related, *(slug for slug, _line in draft.shown)]


def _check_links(drafts: list[Draft], existing: Mapping[str, Page]) -> None:
    known = {draft.slug for draft in drafts} | set(existing)
    for draft in drafts:
        for slug in draft.related:
            if slug not in known:
                draft.file.head.problem("related", f"er is geen pagina '{slug}'.")
        for slug, line in draft.shown:
            if slug not in known:
                problem_at(draft.file, line, "tekst", f"er is geen pagina '{slug}'.")


def _write(drafts: list[Draft], existing: Mapping[str, Page]) -> ImportReport:
    report = ImportReport()
    pages: dict[str, Page] = dict(existing)
    todo: list[tuple[Draft, Any, bool]] = []
    for draft in drafts:
        page = _own_page(draft)
        if page is not None and is_edited(page):
            report.kept.append(draft.slug)
        elif page is not None and page.import_source == fingerprint(draft.file):
            report.unchanged.append(draft.slug)
        else:
            todo.append((draft, page or _new_page(draft), page is None))
    # Pages can name each other, so all of them exist before the first is filled.
    pages.update({draft.slug: page for draft, page, _new in todo})
    for draft, page, new in todo:
        _fill(draft, page, pages)
        (report.created if new else report.updated).append(draft.slug)
    return report


def _own_page(draft: Draft) -> Any:
    importer = draft.importer
    return importer.model.objects.child_of(importer.parent()).filter(slug=draft.slug).first()


def _new_page(draft: Draft) -> Any:
    """A bare page at its place, not yet live; it is filled when all pages exist."""
    importer = draft.importer
    page = importer.model(title=draft.title, slug=draft.slug, live=False)
    importer.fill(page, _without_links(draft), {})
    return importer.parent().add_child(instance=page)


def _without_links(draft: Draft) -> Draft:
    """The same draft without what names other pages, for the moment when those don't exist yet."""
    values = {
        **draft.values,
        "parts": [part for part in draft.values.get("parts", []) if part.kind != "directive"],
    }
    return replace(draft, citations=[], related=[], shown=[], values=values)


def _fill(draft: Draft, page: Any, pages: Mapping[str, Page]) -> None:
    importer = draft.importer
    importer.fill_common(page, draft, pages)
    importer.fill(page, draft, pages)
    page.save()
    page.save_revision().publish()
    page.refresh_from_db()
    importer.model.objects.filter(pk=page.pk).update(
        import_hash=content_hash(page), import_source=fingerprint(draft.file)
    )


def fingerprint(file: ContentFile) -> str:
    """Name and hash of the file that a page was last made from."""
    return f"{file.name[:120]} {hashlib.sha256(file.raw.encode()).hexdigest()}"


def content_hash(page: BasePage) -> str:
    """The hash of what the page's latest revision says."""
    content: dict[str, Any] = page.get_latest_revision().content if page.latest_revision_id else {}
    kept = {name: value for name, value in content.items() if name not in VOLATILE}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


def is_edited(page: BasePage) -> bool:
    """Whether somebody changed, or took offline, what the last import wrote; a page made by hand counts as edited."""
    return not page.live or not page.import_hash or content_hash(page) != page.import_hash
