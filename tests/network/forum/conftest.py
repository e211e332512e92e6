"""News of an ecosystem for the tests, beside what those of conversations have. All fictional."""

from __future__ import annotations

import uuid
from typing import Any

from network.conversations.models import Conversation
from network.ecosystems.models import Ecosystem
from network.forum.services import write_news
from portal.accounts.models import User
from tests.network.conversations.conftest import limits_counted_anew, member_files, members
from tests.network.ecosystems.conftest import circle, portal

__all__ = ["circle", "limits_counted_anew", "member_files", "members", "portal"]


def news_in(
    ecosystem: Ecosystem, by: User, title: str = "De kring kiest een planbord", text: str = "", **values: Any
) -> Conversation:
    text = text or own_words()
    return write_news(ecosystem, by=by, title=title, text=text, token=uuid.uuid4(), **values).conversation


def own_words() -> str:
    """Since what is said twice is held."""
    own = "".join(chr(97 + int(letter, 16)) for letter in uuid.uuid4().hex)
    return f"We spraken over {own[:9]} en besloten tot {own[9:20]}."
