"""Whose name goes out of what others wrote, when they leave."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.conversations.services.leaving import forget_mentions
from tests.network.conversations.conftest import reply, topic_in
from tests.network.ecosystems.conftest import Circle, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


@pytest.mark.parametrize("name", ["", "  "])
def test_of_who_never_gave_a_name_no_text_of_others_is_held(members: Circle, name: str) -> None:
    talk = topic_in(members, members.anna)
    for number in range(3):
        reply(talk, members.bram, f"Bij ons  hangt het al {number} jaar.")
    nameless = person("naamloos")
    nameless.name = name
    nameless.save(update_fields=["name"])
    with CaptureQueriesContext(connection) as queries:
        forget_mentions(nameless)
    loaded = [each["sql"] for each in queries if 'FROM "conversations_post"' in each["sql"]]
    assert len(loaded) == 1, "the numbers of the texts, which are none"
