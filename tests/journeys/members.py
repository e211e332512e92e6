"""People with an account in the portal of the journeys, and the mail that waits for them there."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from playwright.sync_api import Page

from portal.operations.trial import TrialPortal
from tests.journeys.inside import told

PASSWORD = "vijf-houten-trappen-omhoog"
MAKE = """
import json
from allauth.account.models import EmailAddress
from portal.accounts.models import User
for name, email in json.loads({people!r}):
    user = User.objects.create_user(email, {password!r}, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
"""


def make_members(portal: TrialPortal, people: dict[str, str]) -> None:
    """Accounts with a verified address, by name and address; the way in through the pages has journeys of its own."""
    code = MAKE.format(people=json.dumps(list(people.items())), password=PASSWORD)
    told(portal, code)


def sign_in_as(page: Page, email: str) -> None:
    page.goto("/inloggen/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form", has=page.locator("input[name=password]")).get_by_role("button").click()
    page.wait_for_url("**/mijn/")


def link_mailed_to(portal: TrialPortal, email: str, pattern: str) -> str:
    """The first address that fits in a mail to `email`; such a portal puts its mail in files."""
    until = time.monotonic() + 45
    while time.monotonic() < until:
        for message in mailed(portal):
            body = message.get_body(("plain",))  # some have markup beside the text
            found = body and re.search(pattern, body.get_content())
            if found and message["To"] == email:
                return found[0]
        time.sleep(0.5)
    raise AssertionError(f"no mail to {email} with {pattern}")


def mailed(portal: TrialPortal) -> Iterator[EmailMessage]:
    for file in (portal.data_dir / "mail").glob("*"):
        for part in file.read_bytes().split(b"\n" + b"-" * 79):
            if part.strip():
                yield message_from_bytes(part.lstrip(), policy=default)
