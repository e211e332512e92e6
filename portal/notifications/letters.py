"""The one mail that a person gets of all that is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.design.shapes import Link
from portal.mail.letters import as_plain_text, whole_address
from portal.notifications.kinds import Shown, find
from portal.notifications.tokens import Unsubscription, write_token

MOST_IN_A_MAIL = 30


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def written(user: User, items: Sequence[Shown], *, kinds: Sequence[str]) -> Letter:
    """`items`, newest first, of these `kinds`: what happened comes first, with a link for each."""
    lines = [
        Shown(one_line(item.text), whole_address(item.url), one_line(item.context), _whole(item.links))
        for item in items[:MOST_IN_A_MAIL]
    ]
    only = kinds[0] if len(set(kinds)) == 1 else ""
    off_url = whole_address(
        reverse("notifications:unsubscribe", args=[write_token(Unsubscription(user.pk, only))])
    )
    subject = (
        lines[0].text
        if len(items) == 1
        else ngettext("%(number)d nieuwe melding", "%(number)d nieuwe meldingen", len(items))
        % {"number": len(items)}
    )
    about = {
        "subject": subject,
        "lines": lines,
        "left_out": len(items) - len(lines),
        "only": find(only) if only else None,
        "list_url": whole_address(reverse("notifications:list")),
        "preferences_url": whole_address(reverse("notifications:preferences")),
        "off_url": off_url,
        "site_name": settings.SITE_NAME,
    }
    return Letter(
        subject=subject,
        text=as_plain_text("notifications/mail/digest.txt", about).strip() + "\n",
        html=render_to_string("notifications/mail/digest.html", about),
        # RFC 8058: the reader's own mail program shows a button, and posts there.
        headers={
            "List-Unsubscribe": f"<{off_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _whole(links: Sequence[Link]) -> list[Link]:
    return [Link(label=link.label, url=whole_address(link.url)) for link in links]


def one_line(text: str) -> str:
    """No line break of a member's title passes for a line of ours."""
    return " ".join(text.split())
