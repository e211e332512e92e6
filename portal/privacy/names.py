"""By which words a person can be known in somebody else's text, and such a text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.privacy.addresses import addresses_of

# Between the words of a name, and in every text: nobody is known by these.
# fmt: off
PARTICLES = frozenset({
    "aan", "aan't", "al", "am", "an", "auf", "bij", "bin", "da", "das", "de", "degli", "dei", "del",
    "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "en", "het", "in", "ibn", "la", "las",
    "le", "les", "lo", "los", "onder", "op", "over", "te", "ten", "ter", "toe", "tot", "uijt", "uit", "van",
    "vande", "vanden", "ver", "voor", "vom", "von", "y", "zu", "zum", "zur", "'s", "'t", "s", "t",
})
# fmt: on
BETWEEN = r"(?:\s|\+|%20)+"  # words are parted so in an address that somebody kept, too
LONG_ENOUGH = 2  # in letters: one is an initial


@dataclass(frozen=True, slots=True)
class Words:
    """`name` is empty where it would hit others: a name of one word, one that somebody or something else bears too.

    A name can be anything that its person likes, also words that everybody uses. Only one `is_distinctive` is looked for
    whatever its capitals; of another one each word must be written as of a name.
    """

    addresses: tuple[str, ...]
    name: str
    is_distinctive: bool = True

    @property
    def all_of_them(self) -> tuple[str, ...]:
        return (*self.addresses, self.name) if self.name else self.addresses

    @property
    def pattern(self) -> re.Pattern[str]:
        """Whole words, whatever the spaces; of addresses whatever the capitals too."""
        found = [f"(?i:{re.escape(address)})" for address in self.addresses]
        if self.name:
            found.append(BETWEEN.join(self._as_written(word) for word in self.name.split()))
        return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)")

    def _as_written(self, word: str) -> str:
        if self.is_distinctive or word.lower() in PARTICLES:
            return f"(?i:{re.escape(word)})"
        return f"{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})"


def words_of(user: User) -> Words:
    name = " ".join(user.name.split())
    others = User.objects.filter(name__iexact=name).exclude(pk=user.pk)
    is_known_by_it = " " in name and bool(telling_words(name)) and not others.exists()
    return Words(tuple(addresses_of(user)), name if is_known_by_it and not is_something(name, user) else "")


def telling_words(name: str) -> list[str]:
    """Those by which somebody may be known: no "van", no "de", no initials."""
    found = (word.strip(".,-'\u2019\"()") for word in name.split())
    letters = [word for word in found if sum(sign.isalpha() for sign in word) >= LONG_ENOUGH]
    return [word for word in letters if word.lower() not in PARTICLES]


def is_something(name: str, user: User) -> bool:
    """Is the portal called that, or something in it? A firm of one person may be called as that person is."""
    if name.casefold() == settings.SITE_NAME.casefold():
        return True
    if any(apps.get_model(model).objects.filter(name__iexact=name).exists() for model in CALLED):
        return True
    firms = apps.get_model("organisations", "Organisation").objects.filter(name__iexact=name)
    others = apps.get_model("organisations", "Membership").objects.exclude(user=user).values("organisation")
    own = apps.get_model("organisations", "Membership").objects.filter(user=user).values("organisation")
    return firms.exclude(Q(pk__in=own) & ~Q(pk__in=others)).exists()


# What bears a name that members use in their texts; organisations are asked for apart.
CALLED = (
    "ecosystems.Ecosystem",
    "evidence.Indicator",
    "taxonomy.Region",
    "taxonomy.Sector",
    "taxonomy.Theme",
)


def plain_parts(word: str) -> list[str]:
    """Without letters with accents: JSON may hold those as numbers, and SQLite knows no capitals of them."""
    plain = "".join(sign if sign.isascii() else " " for sign in word)
    parts = [each for each in plain.split() if len(each) > 1]
    return parts or [word]


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
