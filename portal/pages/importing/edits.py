"""Whether an editor changed what an import wrote."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from portal.pages.models import BasePage

# What changes by publishing alone, or by the import itself, and so says nothing about an editor's work.
VOLATILE = {
    "pk", "path", "depth", "numchild", "url_path", "live", "expired", "expire_at", "go_live_at",
    "has_unpublished_changes",
    "first_published_at", "last_published_at", "latest_revision", "latest_revision_created_at", "live_revision",
    "import_hash", "import_source", "translation_key", "content_type", "owner", "locked", "locked_at", "locked_by",
    "draft_title", "alias_of", "locale", "wagtail_admin_comments",
}  # fmt: skip
# What the admin's form gives to each row and block by itself; the order of a list says the same.
OF_THE_FORM = {"pk", "page", "sort_order", "id"}
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')

# A number is kept with all its decimals, and typed without.
DECIMAL = re.compile(r"^-?\d+\.\d+$")


def content_hash(page: BasePage) -> str:
    """The hash of what the page's latest revision says, the same when an editor saves it without a change."""
    content: dict[str, Any] = page.get_latest_revision().content if page.latest_revision_id else {}
    kept = {name: _plain(value) for name, value in content.items() if name not in VOLATILE}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


def is_edited(page: BasePage) -> bool:
    """Whether somebody changed, or took offline, what the last import wrote; a page made by hand counts as edited."""
    taken_offline = not page.live and page.first_published_at is not None
    return taken_offline or not page.import_hash or content_hash(page) != page.import_hash


def _plain(value: Any) -> Any:
    """`value` without what the admin's form adds to it."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name not in OF_THE_FORM}
    if isinstance(value, list):
        # Numbers are the keys of terms, which the form gives in an order of its own.
        return (
            sorted(value)
            if all(isinstance(item, int) for item in value)
            else [_plain(item) for item in value]
        )
    if isinstance(value, str):
        blocks = _stream(value)
        if blocks is not None:
            return _plain(blocks)
        return BLOCK_KEY.sub("", value) if not DECIMAL.match(value) else value.rstrip("0").rstrip(".")
    return value


def _stream(value: str) -> list[Any] | None:
    """The blocks of a stream field, which a revision holds as text."""
    if not value.startswith("[{"):
        return None
    try:
        blocks = json.loads(value)
    except ValueError:
        return None
    return blocks if isinstance(blocks, list) else None
