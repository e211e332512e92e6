"""What search gets of a conversation: each word once, and nobody's name."""

from __future__ import annotations

import pytest

from network.forum.search_documents import TopicSource
from search.documents import SearchDocument
from tests.network.conversations.conftest import open_topic, reply, topic_in
from tests.network.ecosystems.conftest import Circle

LONG = " ".join(f"woord{number}" for number in range(60))


def document(pk: int) -> SearchDocument:
    (found,) = TopicSource().documents([pk])
    return found


def test_the_beginning_is_the_summary_and_the_rest_the_body(members: Circle) -> None:
    topic = open_topic(members.anna, text=LONG)
    reply(topic, members.bram, "Wij doen het zo.")
    found = document(topic.pk)
    assert f"{found.summary} {found.body}" == f"{LONG} Wij doen het zo."
    assert 150 < len(found.summary) <= 200


def test_a_short_opening_is_the_summary(members: Circle) -> None:
    topic = open_topic(members.anna, text="Wie weet?")
    assert (document(topic.pk).summary, document(topic.pk).body) == ("Wie weet?", "")


def test_one_long_word_is_cut_where_it_must(members: Circle) -> None:
    found = document(open_topic(members.anna, text="x" * 450).pk)
    assert (len(found.summary), len(found.body)) == (200, 250)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bedankt @Bram, dat hielp!", "Bedankt, dat hielp!"),
        ("@Bram, kom eens kijken.", "kom eens kijken."),
        ("Ik vroeg het @Bram en bouwde het in .NET :)", "Ik vroeg het en bouwde het in .NET :)"),
    ],
)
def test_what_hung_on_a_name_goes_with_it_and_nothing_else(members: Circle, text: str, found: str) -> None:
    assert document(topic_in(members, members.anna, text=text).pk).summary == found
