"""Ending the newsletter at the very moment that mails are being laid ready."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connections, transaction

from portal.newsletters.models import Subscription
from portal.newsletters.services import lay_ready, start_sending, unsubscribe
from tests.portal.newsletters.conftest import mails, make_edition, subscribed
from tests.portal.organisations.people import make_person


@pytest.mark.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_who_ends_it_while_mails_are_laid_ready_gets_none() -> None:
    """SQLite writes one thing at a time, so there it can't be asked."""
    row = subscribed("lezer@voorbeeld.example")
    start_sending(make_edition(), by=make_person())

    def end() -> None:
        try:
            unsubscribe(row)
        finally:
            connections.close_all()

    ending = threading.Thread(target=end)
    with transaction.atomic():
        assert lay_ready() == 1
        ending.start()
        time.sleep(1)  # it is in the middle of it by now
    ending.join()
    assert not Subscription.objects.exists()
    assert mails() == []
