"""Somebody is erased while others go on writing: their words aren't overwritten with older ones, and the name is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from network.conversations.models import Draft
from network.conversations.services import edit_post, save_draft
from portal.accounts.models import User
from portal.people.models import Profile
from portal.people.services import Details, save_profile
from portal.privacy.services import erase_account
from tests.at_once import all_at_once
from tests.network.conversations.conftest import known, open_topic, reply
from tests.portal.privacy.conftest import NAME

pytestmark = pytest.mark.django_db(transaction=True)
HALFWAY = 0.5  # seconds in which the other one has come to the row


def erased_meanwhile(me: User, write: Callable[[], Any]) -> None:
    """Somebody else wrote, and what they wrote is there only once the erasure is under way."""
    has_written = threading.Event()

    def go_on_writing() -> None:
        with transaction.atomic():
            write()
            has_written.set()
            time.sleep(HALFWAY)

    def erase() -> None:
        has_written.wait()
        erase_account(me, texts_go=False, at=timezone.now())

    all_at_once([go_on_writing, erase])


def test_what_somebody_is_typing_is_not_put_back_as_it_was(me: User, other: User) -> None:
    save_draft(other, place="ergens", text=f"Beste @{NAME}", rest={"place": f"Bij {NAME}"})
    further = {"text": f"Beste @{NAME}, kom je ook?", "rest": {"place": f"Bij {NAME} thuis"}}
    erased_meanwhile(me, lambda: save_draft(other, place="ergens", **further))  # type: ignore[arg-type]
    draft = Draft.objects.get()
    assert (draft.text, draft.rest) == ("Beste @Oud-lid, kom je ook?", {"place": "Bij Oud-lid thuis"})


def test_nor_is_what_somebody_changes_in_a_post(me: User, other: User) -> None:
    known(other)
    post = reply(open_topic(other), other, f"Dank @{NAME}")
    erased_meanwhile(me, lambda: edit_post(post, by=other, text=f"Dank @{NAME}, tot morgen", version=1))
    post.refresh_from_db()
    assert post.text == "Dank @Oud-lid, tot morgen" and "tot morgen" in post.html


def test_nor_what_somebody_tells_about_themselves(me: User, other: User) -> None:
    """Of all other tables too."""
    said = {"name": other.name, "role_at_work": ""}
    save_profile(other, details=Details(about=f"Ik werk met {NAME}", **said))
    further = Details(about=f"Ik werk met {NAME}, elke dag", **said)
    erased_meanwhile(me, lambda: save_profile(other, details=further))
    assert Profile.objects.get(user=other).about == "Ik werk met Oud-lid, elke dag"
