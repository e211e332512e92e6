"""What of a replay of spam and of real posts is held: by the text alone, and as the whole of the rules does it.

Text rules know the kinds of spam that they were made for and much less of others, which the last test shows without
hiding it. What keeps unknown spam out is that somebody reads the first text of everybody from outside.
"""

from __future__ import annotations

import time

import pytest

from network.moderation.signs import SIGNS, read_signs
from network.moderation.writing import Facts, fingerprint, is_disguised, judge, plain
from tests.network.moderation.spam import (
    CLASSES,
    KEPT_APART,
    OTHER_SITES,
    OTHER_WAYS,
    real_posts,
    spam,
)

STRANGER = Facts(is_new=True, is_first_outside=True)
NEW_IN_OWN_CIRCLE = Facts(is_new=True)
KNOWN = Facts()


def share_held(texts: list[str], facts: Facts) -> float:
    return sum(bool(judge(text, facts)) for text in texts) / len(texts)


def known_kinds() -> list[str]:
    return [text for _kind, text in spam(CLASSES, 120, 7)]


def unknown_kinds() -> list[str]:
    return [text for _kind, text in spam(KEPT_APART, 120, 7, ways=OTHER_WAYS, sites=OTHER_SITES)]


def test_spam_of_known_kinds_is_held() -> None:
    texts = known_kinds()
    assert len(texts) >= 1000 and len(set(texts)) > 900
    assert share_held(texts, NEW_IN_OWN_CIRCLE) >= 0.95
    # Of an account that was taken over, too.
    assert share_held(texts, KNOWN) >= 0.95


def test_every_kind_is_held_by_itself() -> None:
    for kind in CLASSES:
        texts = [text for name, text in spam({kind: CLASSES[kind]}, 120, 3) if name == kind]
        assert share_held(texts, NEW_IN_OWN_CIRCLE) >= 0.9, kind


def test_real_posts_are_hardly_ever_held() -> None:
    texts = list(real_posts(200, 11))
    assert len(set(texts)) == 200
    for facts in (KNOWN, NEW_IN_OWN_CIRCLE):
        held = [(text, judge(text, facts)) for text in texts if judge(text, facts)]
        assert len(held) <= 2, held
    # The first text of a stranger is always read first, also a good one: that is the rule, not a mistake.
    assert share_held(texts, STRANGER) == 1


def test_spam_of_kinds_that_the_rules_never_saw() -> None:
    """All of it by the first text that is read; by words alone a half, and of who is known hardly any."""
    texts = unknown_kinds()
    assert share_held(texts, STRANGER) == 1
    assert share_held(texts, NEW_IN_OWN_CIRCLE) >= 0.5
    assert share_held(texts, KNOWN) < 0.5  # better? then say so here and in the description above


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Win in het C A S I N O", "win in het casino"),
        ("v1agra zonder recept", "viagra zonder recept"),
        ("Gratis \u200bb\u200bi\u200bt\u200bcoin", "gratis bitcoin"),
        ("Vóór alles **één** ding", "voor alles een ding"),
        ("Wij lassen 3x zo snel in 2019", "wij lassen 3x zo snel in 2019"),
    ],
)
def test_what_was_put_in_the_place_of_letters(text: str, said: str) -> None:
    assert plain(text) == said


def test_letters_of_two_scripts_in_one_word() -> None:
    assert is_disguised("Cаsino") and is_disguised("ca\u200bsino")
    for honest in ("Привет, коллега Jan", "Een café in Curaçao", "μm en kΩ gemeten", "👍 goed gedaan"):
        assert not is_disguised(honest), honest


def test_the_same_words_are_known_again() -> None:
    said = "Wij meten elke week de wachttijd per machine."
    assert fingerprint(said) == fingerprint(
        "wij METEN elke week: de wachttijd per machine!! https://a.example/1"
    )
    assert fingerprint(said) != fingerprint("Wij meten elke dag de wachttijd per machine.")


def test_a_very_long_text_costs_little() -> None:
    """The time would be minutes if an expression tried every beginning with every end."""
    begun = time.process_time()
    for sign in (
        "a1",
        "x",
        "a-",
        "a.",
        "1",
        "1 ",
        "a@",
        "@x ",
        "> ",
        "w.w",
        "http://",
        "[](",
        "a a ",
        "+31 ",
    ):
        judge(sign * 50_000, NEW_IN_OWN_CIRCLE)
        fingerprint(sign * 50_000)
    assert time.process_time() - begun < 14 * 0.5
    padded = "Een zin over werk. " * 5000 + "Koop viagra zonder recept, klik hier: https://a.example"
    assert judge(padded, KNOWN) == ("pattern",)


def test_the_list_of_signs_says_what_it_is_about() -> None:
    assert len(SIGNS) >= 15 and all(sign.weight in (1, 2, 3) and sign.about for sign in SIGNS)
    with pytest.raises(ValueError, match="invalid literal"):
        list(read_signs("[zwaar] Iets\nwoord"))
