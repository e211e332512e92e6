"""What is asked in the authorisation matrix: for everybody, and in ecosystems of others."""

from __future__ import annotations

import uuid
from typing import Any

from network.conversations.services import set_post_state
from network.ecosystems.models import Ecosystem
from network.ecosystems.services import take_part
from network.questions.services import ask_question
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from tests.factories.taxonomy import ThemeFactory


def name_questions() -> dict[str, Any]:
    """A question for everybody, one where a participant manages and one where they only take part."""
    asker = _asker()
    named: dict[str, Any] = {}
    for name in ("open", "eigen", "stil"):
        question, _is_new = ask_question(
            by=asker,
            ecosystem=Ecosystem.objects.filter(name=name).first(),
            title=f"Wie kent {name}",
            text=f"Help ons met {name} op weg.",
            theme=ThemeFactory.create(slug="proces"),
            token=uuid.uuid4(),
        )
        post = question.conversation.posts.get()
        # A moderator let it through: its author is new.
        set_post_state(post.pk, "visible")
        named |= {f"{name}_question": question.pk, f"{name}_question_post": post.pk}
    return named


def _asker() -> User:
    """A colleague of who runs the ecosystems, since those have written enough."""
    host = User.objects.get(email="gastheer@portaal.example")
    asker = User.objects.create_user("vrager@portaal.example")
    Membership.objects.create(organisation=Organisation.objects.get(slug="stroomhuis"), user=asker)
    for ecosystem in Ecosystem.objects.filter(name__in=["eigen", "stil"]):
        take_part(ecosystem, user=asker, by=host)
    return asker
