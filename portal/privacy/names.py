"""By which words a person can be known in somebody else's text, and such a text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.privacy.addresses import addresses_of


@dataclass(frozen=True, slots=True)
class Words:
    """`name` is empty where it would hit others: a name of one word, or one that somebody else bears too."""

    addresses: tuple[str, ...]
    name: str

    @property
    def all_of_them(self) -> tuple[str, ...]:
        return (*self.addresses, self.name) if self.name else self.addresses

    @property
    def pattern(self) -> re.Pattern[str]:
        """Whole words, whatever the capitals and the spaces."""
        found = [re.escape(word).replace(r"\ ", r"\s+") for word in self.all_of_them]
        return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


def words_of(user: User) -> Words:
    name = " ".join(user.name.split())
    others = User.objects.filter(name__iexact=name).exclude(pk=user.pk)
    is_known_by_it = " " in name and not others.exists()
    return Words(tuple(addresses_of(user)), name if is_known_by_it else "")


def without(text: str, words: Words) -> str:
    """`text` with a former member where the person stood."""
    return words.pattern.sub(_("Oud-lid"), text)


def without_in(value: Any, words: Words) -> Any:
    """The same all through lists and dictionaries of JSON."""
    if isinstance(value, str):
        return without(value, words)
    if isinstance(value, list):
        return [without_in(each, words) for each in value]
    if isinstance(value, dict):
        return {key: without_in(each, words) for key, each in value.items()}
    return value


def holding(field: str, words: Words) -> Q:
    """Rows whose `field` may hold one of the words."""
    condition = Q()
    for word in words.all_of_them:
        condition |= Q(**{f"{field}__icontains": word})
    return condition
