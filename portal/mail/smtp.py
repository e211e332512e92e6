"""SMTP, with the one distinction that matters afterwards: may this mail be sent again without arriving twice?"""

from __future__ import annotations

import re
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend
from django.core.mail.message import sanitize_address

READY_FOR_DATA = 354
TAKEN = 250
PERMANENT = 500
BEGINNING_DOT = re.compile(rb"^\.", re.MULTILINE)


class NotTakenError(Exception):
    """The server surely doesn't have it. `is_final`: trying again would give the same answer."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


class UncertainError(Exception):
    """The whole message was sent, and then there was no answer: the server may have it."""


class EmailBackend(DjangoBackend):
    """Django's, that raises NotTakenError or UncertainError for one message. Opening raises what smtplib raises."""

    def _send(self, email_message: EmailMessage) -> bool:
        encoding = email_message.encoding or "utf-8"
        sender = sanitize_address(email_message.from_email, encoding)
        recipients = [sanitize_address(address, encoding) for address in email_message.recipients()]
        message: Any = email_message.message()  # Django's own kind, which knows how lines end
        data = message.as_bytes(linesep="\r\n")
        assert self.connection is not None  # noqa: S101 - send_messages opened it
        _deliver(self.connection, sender, recipients, data)
        return True


def _deliver(connection: Any, sender: str, recipients: list[str], data: bytes) -> None:
    """One transaction of RFC 5321, section 3.3."""
    try:
        connection.ehlo_or_helo_if_needed()
        _expect(connection.mail(sender), TAKEN)
        for address in recipients:
            _expect(connection.rcpt(address), TAKEN)
        _expect(connection.docmd("DATA"), READY_FOR_DATA)
    except OSError as error:  # smtplib's own errors are OSErrors too
        raise NotTakenError(type(error).__name__, is_final=False) from error
    try:
        connection.send(_with_end(data))
        answer = connection.getreply()
    except OSError as error:
        raise UncertainError(type(error).__name__) from error
    _expect(answer, TAKEN)


def _with_end(data: bytes) -> bytes:
    """RFC 5321, 4.5.2: a dot at the beginning of a line is doubled; a lone one ends the message."""
    lines = BEGINNING_DOT.sub(b"..", data)
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _expect(answer: tuple[int, bytes], code: int) -> None:
    status, text = answer
    if status == code or (code == TAKEN and status // 10 == TAKEN // 10):
        return
    # What the server says may quote the address; its code says enough.
    raise NotTakenError(f"SMTP {status}", is_final=status >= PERMANENT)
