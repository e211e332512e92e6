"""Names in a text. What is typed as "@Anna de Vries" is kept as `@{12}`, so that a name can change and be forgotten.

Pure: no database. The caller knows who may be named here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

TOKEN = re.compile(r"@\{(\d{1,18})\}")
# A sign that nobody sees keeps what somebody typed from being taken for one of ours.
# With what would hang in the air without the name: the comma behind one that opens, the space before one that closes.
OPENING = re.compile(rf"(<(?:p|li)>)\s*{TOKEN.pattern}\s*[,:]?\s*")
CLOSING = re.compile(rf"\s+{TOKEN.pattern}(?=[,.;:!?])")
TYPED_TOKEN = re.compile(r"@(?=\{\d{1,18}\})")
HARMLESS = "@\u2060"
# Not within an address of e-mail, a word or a link.
AT = re.compile(r"(?<![\w@/.+-])@(?=\w)")


def fold(text: str, people: Mapping[int, str]) -> str:
    """`text` with each "@name" of `people` (id → name) as a token. The longest name that fits counts, whatever the
    capitals; a name that two people have is left as it was typed."""
    names = _unambiguous(people)
    longest = sorted(names, key=len, reverse=True)
    lowered, pieces, last = _lowered(text), [], 0
    for match in AT.finditer(text):
        start = match.end()
        name = next((each for each in longest if _stands_at(lowered, start, each)), None)
        if name is None or match.start() < last:
            continue
        pieces += [TYPED_TOKEN.sub(HARMLESS, text[last : match.start()]), f"@{{{names[name]}}}"]
        last = start + len(name)
    return "".join([*pieces, TYPED_TOKEN.sub(HARMLESS, text[last:])])


def unfold(text: str, people: Mapping[int, str], unknown: str) -> str:
    """The text as its author typed it: names for tokens, `unknown` for who isn't in `people` any more."""
    return TOKEN.sub(lambda match: "@" + people.get(int(match[1]), unknown), text).replace(HARMLESS, "@")


def shown(html: str, show: Callable[[int], str]) -> str:
    """`html` with what `show` makes of each person; `show` answers safe HTML."""
    return TOKEN.sub(lambda match: show(int(match[1])), html)


def nameless(html: str) -> str:
    """`html` as it reads without the people that it names."""
    return TOKEN.sub("", CLOSING.sub("", OPENING.sub(r"\1", html)))


def mentioned(text: str) -> list[int]:
    """Whom the author names, each once and in order; not whom a quote names."""
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    return list(dict.fromkeys(int(match[1]) for match in TOKEN.finditer(own)))


def everybody_in(texts: Iterable[str]) -> set[int]:
    """All people named in these texts or in HTML made of them, quotes included."""
    return {int(match[1]) for text in texts for match in TOKEN.finditer(text)}


def _unambiguous(people: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for pk, name in people.items():
        if name.strip():
            found.setdefault(_lowered(name.strip()), []).append(pk)
    return {name: pks[0] for name, pks in found.items() if len(pks) == 1}


def _lowered(text: str) -> str:
    """In small letters and as long as it was: `casefold` makes two letters of some."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _stands_at(lowered: str, start: int, name: str) -> bool:
    end = start + len(name)
    return lowered.startswith(name, start) and not (end < len(lowered) and lowered[end].isalnum())
