"""The people on the page of an organisation lead to their profiles, as far as the reader may see those."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from portal.organisations.faces import Face, register
from portal.people.shapes import shown_faces


@register
def profiles(user_ids: Collection[int], reader: Any) -> Mapping[int, Face]:
    people = shown_faces(user_ids, reader)
    return {pk: Face(person.url, person.photo_url) for pk, person in people.items() if person.url}
