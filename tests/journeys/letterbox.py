"""The mail that a trial portal sends: files in its own directory, written by its worker."""

from __future__ import annotations

import re
import time
from email import message_from_string
from email.policy import default

from portal.operations.trial import TrialPortal

WAIT_SECONDS = 40.0
BETWEEN = re.compile(r"^-{79}\n", re.MULTILINE)
CODE = re.compile(r"^    (\S+)$", re.MULTILINE)


def mails_to(portal: TrialPortal, address: str) -> list[str]:
    """Their texts, in the order in which they were sent."""
    files = sorted((portal.data_dir / "mail").glob("*"), key=lambda file: file.stat().st_mtime)
    texts = (text for file in files for text in BETWEEN.split(file.read_text(encoding="utf-8")))
    messages = [message_from_string(text, policy=default) for text in texts if text.strip()]
    # Some have markup beside the text.
    bodies = (message.get_body(("plain",)) for message in messages if message["To"] == address)
    return [str(body.get_content()) for body in bodies if body is not None]


def code_for(portal: TrialPortal, address: str, *, number: int = 1) -> str:
    """The code in the mail with this number to the address, as soon as it is there."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        found = [code for text in mails_to(portal, address) for code in CODE.findall(text)]
        if len(found) >= number:
            return str(found[number - 1])
        time.sleep(0.2)
    raise AssertionError(f"no code {number} for {address}: {mails_to(portal, address)}")
