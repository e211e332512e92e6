"""What texts of spammers have in common, in Dutch and English; each group of signs with its weight.

The expressions stand in `signs.txt`, for what `writing.plain` makes of a text: lower case, without accents or tricks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sign:
    weight: int
    about: str
    pattern: re.Pattern[str]


def read_signs(text: str) -> Iterator[Sign]:
    """Groups of lines under `[weight] what it is about`. Raises ValueError for a group without a weight."""
    for group in re.split(r"^(?=\[)", text, flags=re.MULTILINE)[1:]:
        head, *lines = group.splitlines()
        weight, _bracket, about = head.removeprefix("[").partition("] ")
        patterns = [line.strip() for line in lines if line.strip()]
        yield Sign(int(weight), about, re.compile(r"\b(?:" + "|".join(patterns) + ")", re.ASCII))


SIGNS = tuple(read_signs(Path(__file__).with_name("signs.txt").read_text(encoding="utf-8")))

# No part of an expression may grow without end: somebody will send 20,000 times the same sign.
PHONE = r"(?<![\w+])\+?\d[\d ()-]{8,20}\d(?!\w)"
FREE_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@(?:gmail|hotmail|outlook|yahoo|proton|mail)\.\w"
# Ways out of the portal: by a messenger, straight to a person, or to where nobody can see where they lead.
CONTACT = re.compile(
    r"\b(?:telegram|whats ?app|wechat|signal|skype|viber|t\.me/|wa\.me/)"
    rf"|{PHONE}|{FREE_MAIL}",
    re.ASCII,
)
DIRECT = re.compile(
    rf"{PHONE}|{FREE_MAIL}"
    r"|\b(?:telegram|whats ?app|wechat|signal|skype|viber)\W{1,3}(?:@|\+?\d)"
    r"|\b(?:t|wa)\.me/",
    re.ASCII,
)
HIDING_LINK = re.compile(
    r"(?:bit\.ly|tinyurl\.com|t\.co|cutt\.ly|goo\.gl|is\.gd|rb\.gy|shorturl\.at|t\.me|wa\.me)/"
    r"|(?<![a-z0-9-])[a-z0-9-]{1,63}\.(?:xyz|top|click|shop|bet|casino|loan|win|club|buzz|icu|live|vip|store|site|online|ru|cn|tk|ml|cf)\b",
    re.ASCII,
)
DUTCH = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "ik",
        "je",
        "we",
        "wij",
        "niet",
        "dat",
        "die",
        "op",
        "te",
        "met",
        "voor",
        "is",
    ]
    + ["zijn", "hebben", "bij", "naar", "maar", "ook", "als", "wat"]
)
ENGLISH = frozenset(
    [
        "the",
        "a",
        "and",
        "of",
        "i",
        "you",
        "we",
        "our",
        "not",
        "that",
        "this",
        "to",
        "with",
        "for",
        "is",
        "are",
        "have",
    ]
    + ["at", "your", "it", "be", "can", "will", "from"]
)
