"""Who and what there is, by the key that the content files call it."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from network.conversations.models import Conversation, Post
from network.ecosystems.models import Ecosystem
from network.forum.models import ForumRoom
from portal.accounts.models import User
from portal.organisations.models import Organisation

CONTENT = Path(__file__).parent.parent / "content"
SPACE = uuid.UUID("5d1f3d0e-2f0c-4a57-9b1e-6a1f6c0d0e01")  # of the tokens below
CAME = timedelta(days=120)  # how long ago the people came


def read(name: str) -> Any:
    """A file of the content."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def token(*parts: str) -> uuid.UUID:
    """The same for the same thing, so that loading again makes nothing twice."""
    return uuid.uuid5(SPACE, "/".join(parts))


@dataclass
class Cast:
    """`now`: to which everything that happened earlier is counted back. `made`: how many of what are new."""

    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    ecosystems: dict[str, Ecosystem] = field(default_factory=dict)
    rooms: dict[str, ForumRoom] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)

    @property
    def came(self) -> datetime:
        return self.now - CAME
