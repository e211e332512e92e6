"""People and organisations, and what they write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.design.library import component, require_shape, require_shapes
from portal.design.shapes import OrganisationView, PersonView, PostView, ThreadView


def initials(name: str) -> str:
    """One or two letters for the drawn mark of a person: the first of the first and of the last word."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@component("person_card")
def person_card(view: PersonView) -> dict[str, Any]:
    require_shape(view, PersonView, "person_card")
    return {"person": view, "initials": initials(view.name)}


@component("portrait")
def portrait(name: str, photo_url: str = "") -> dict[str, Any]:
    """A person at the head of their own page: the photo, or the first letters of the name."""
    return {"name": name, "photo_url": photo_url, "initials": initials(name)}


@component("organisation_card")
def organisation_card(view: OrganisationView) -> dict[str, Any]:
    require_shape(view, OrganisationView, "organisation_card")
    return {"organisation": view}


@component("thread_list")
def thread_list(items: Sequence[ThreadView], level: int = 3) -> dict[str, Any]:
    """Conversations under each other; `level` is the level of their headings."""
    if level not in (2, 3, 4):
        raise ValueError(f"heading level {level!r}")
    return {"items": require_shapes(items, ThreadView, "thread_list"), "level": level}


@component("post")
def post(view: PostView) -> dict[str, Any]:
    require_shape(view, PostView, "post")
    return {"post": view, "initials": initials(view.author)}
