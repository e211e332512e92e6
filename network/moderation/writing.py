"""Whether a text waits for somebody to look at it, from the text and a few facts. No database: literals in, words out.

A person who was let in a few times and for a week is known; who isn't yet, is held sooner. Nothing is ever refused or
removed from here: what is held, a moderator reads.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.moderation.signs import CONTACT, DIRECT, DUTCH, ENGLISH, HIDING_LINK, SIGNS

NEW_DAYS = 7
ACCEPTED_TO_BE_KNOWN = 2
MOST_LINKS_OF_NEW = 2
MOST_LINKS = 10
MOST_MENTIONS_OF_NEW, MOST_MENTIONS = 3, 15
FEWEST_WORDS_BESIDE_LINK = 4
# Fewer than this, many people say by themselves: thanks, good luck.
FEWEST_WORDS_TO_KNOW_AGAIN, FEWEST_WORDS_OF_OTHERS = 5, 12
SCORE_OF_NEW, SCORE = 3, 4
SHOUTED, FEWEST_WORDS_SHOUTED = 0.6, 6
READ_AT_MOST = 20_000  # characters

# Why a text is held, for its author and for moderators.
REASONS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "first-post": _("dit is je eerste bericht buiten je eigen kring"),
        "links": _("er staan veel links in, en je account is nieuw"),
        "many-links": _("er staan heel veel links in"),
        "link-only": _("er staat bijna alleen een link in"),
        "mentions": _("er worden veel mensen in genoemd"),
        "repeated": _("dezelfde tekst is al eerder geplaatst"),
        "contact": _("er staat een telefoonnummer, adres of verkorte link in, en je account is nieuw"),
        "pattern": _("de tekst lijkt op reclame of oplichting"),
        "disguised": _("er staan letters in die een woord onherkenbaar maken"),
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a writer at the moment of writing.

    `is_new`: younger than a week, or fewer than two accepted texts. `is_first_outside`: nothing of theirs was accepted
    yet, and this isn't for their own circle. `same_by_author`, `same_by_others`: earlier times of this very text.
    """

    is_new: bool = False
    is_first_outside: bool = False
    same_by_author: int = 0
    same_by_others: int = 0


def judge(text: str, facts: Facts) -> tuple[str, ...]:
    """Codes of `REASONS`, in their order; nothing where the text may stand at once."""
    text = _read(text)
    said = plain(text)
    links, words = len(LINK.findall(text)), len(WORD.findall(LINK.sub(" ", said)))
    found = {
        "first-post": facts.is_first_outside,
        "links": facts.is_new and links > MOST_LINKS_OF_NEW,
        "many-links": links > MOST_LINKS,
        "link-only": links > 0 and words < FEWEST_WORDS_BESIDE_LINK,
        "mentions": len(MENTION.findall(text)) > (MOST_MENTIONS_OF_NEW if facts.is_new else MOST_MENTIONS),
        "repeated": _is_repeated(facts, words, links),
        "contact": facts.is_new and bool(DIRECT.search(said) or HIDING_LINK.search(said)),
        "pattern": _score(text, said, words) >= (SCORE_OF_NEW if facts.is_new else SCORE),
        "disguised": is_disguised(text),
    }
    return tuple(reason for reason in REASONS if found[reason])


def _read(text: str) -> str:
    """A long text by its beginning and its end: nothing hides behind much else."""
    return text if len(text) <= READ_AT_MOST else f"{text[: READ_AT_MOST // 2]} {text[-READ_AT_MOST // 2 :]}"


def _is_repeated(facts: Facts, words: int, links: int) -> bool:
    """What another sent counts where nobody would think of it by themselves: it is long, or leads somewhere."""
    if words < FEWEST_WORDS_TO_KNOW_AGAIN:
        return False
    of_others = facts.same_by_others > 0 and (links > 0 or words >= FEWEST_WORDS_OF_OTHERS)
    return of_others or facts.same_by_author > (0 if facts.is_new else 1)


LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"']+"
    r"|(?<![a-z0-9.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|xyz|top|shop|info|click|bet)\b(?:/\S*)?",
    re.IGNORECASE,
)
MENTION = re.compile(r"(?<![\w/.])@[\w.-]{2,}")
WORD = re.compile(r"[^\W\d_]{2,}")
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x180E, 0x034F])
LOOK_ALIKES = str.maketrans("абвеёзікмнорстухсԁɡѕјһԛ", "abbeezikmhopctyxcdgsjhq")
# Figures and signs for letters, within a word only: "cas1n0", "v!agra".
DISGUISE = str.maketrans("013457@$!€", "oieastasie")
LONGEST_WORD = 30
DISGUISED_WORD = re.compile(r"[a-z]+[013457@$!][a-z013457@$!]*[a-z][@$!1]?")
SPACED_WORD = re.compile(r"\b(?:[a-z][ .\-_*]){4,30}[a-z]\b", re.I)


def plain(text: str) -> str:
    """Lower case, one space between words, no accents, and letters for what was put in their place."""
    shown = unicodedata.normalize("NFKD", text.translate(INVISIBLE))
    bare = "".join(sign for sign in shown if not unicodedata.combining(sign)).lower().translate(LOOK_ALIKES)
    bare = SPACED_WORD.sub(lambda found: re.sub(r"[ .\-_*]", "", found[0]), bare)
    words = re.sub(r"[*_`~]+", "", bare).split()
    return " ".join(_undisguised(word) for word in words)


def _undisguised(word: str) -> str:
    core = word.strip(".,;:()\"'?")
    if len(core) > LONGEST_WORD or not DISGUISED_WORD.fullmatch(core):
        return word
    return word.replace(core, core.translate(DISGUISE))


def is_disguised(text: str) -> bool:
    """Letters of two scripts in one word, or signs that nobody sees within one."""
    for word in re.findall(r"[^\W\d_]{3,}", text):
        if word.isascii():
            continue
        scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in word}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            return True
    return bool(re.search(r"\w[\u200b\u2060\ufeff\u034f]\w", text))


def _score(text: str, said: str, words: int) -> int:
    """The weight of all signs, each kind once and a little more where it is said again."""
    score = 0
    for sign in SIGNS:
        said_so = {found[0] for found in sign.pattern.finditer(said)}
        if said_so:
            score += sign.weight + min(len(said_so) - 1, 2)
    has_contact = CONTACT.search(said) is not None
    is_hiding = HIDING_LINK.search(said) is not None
    if not score and not (has_contact and is_hiding):
        return 0
    score += 1 if has_contact or LINK.search(text) else 0
    score += 2 if is_hiding else 0
    return score + (1 if _shouts(text) else 0) + (1 if _is_english(said, words) else 0)


def _shouts(text: str) -> bool:
    letters = [sign for sign in LINK.sub("", text) if sign.isalpha()]
    words = len(text.split())
    is_loud = letters and sum(sign.isupper() for sign in letters) / len(letters) > SHOUTED
    return bool(
        (is_loud and words >= FEWEST_WORDS_SHOUTED) or text.count("!") >= 4 or re.search(r"[!?]{3}", text)
    )


def _is_english(said: str, words: int) -> bool:
    """More English than Dutch in the little words, of a text of more than a few."""
    spoken = said.split()
    return words > 5 and sum(word in ENGLISH for word in spoken) > sum(word in DUTCH for word in spoken)


def fingerprint(text: str) -> str:
    """The same for the same words, whatever their capitals, figures, signs and links."""
    words = WORD.findall(LINK.sub(" ", plain(_read(text))))
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
