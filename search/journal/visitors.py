"""What a request tells of who asks, for telling visits apart and leaving machines out."""

from __future__ import annotations

import re

# Robots that say so; others are counted, since nothing tells them from people.
_MACHINE = re.compile(r"bot\b|bot/|spider|crawl|slurp|preview|monitor|curl/|wget/|python-", re.IGNORECASE)


def is_machine(browser: str) -> bool:
    return not browser or bool(_MACHINE.search(browser))
