"""What an organiser half typed about a new event isn't gone: it waits on the server, for them alone."""

from __future__ import annotations

from html import unescape

import pytest

from network.conversations.models import Draft
from network.conversations.services import save_draft
from network.events.models import Event
from portal.accounts.models import User
from tests.network.ecosystems.conftest import Circle, read, send
from tests.network.events.conftest import plan
from tests.network.events.test_pages import form_of
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
NEW = "/bijeenkomsten/nieuw/"
KEPT = "Dit typte je eerder"
CANARY = "Kwartelkoning"


def half(circle: Circle, **values: object) -> dict[str, object]:
    """A form that isn't ready."""
    typed = form_of(organiser=f"ecosysteem:{circle.kring.slug}", title=CANARY, day="", capacity="twaalf")
    return {**typed, **values}


def test_what_was_sent_and_refused_is_there_again_in_another_browser(members: Circle) -> None:
    page = unescape(browser_of(members.host).post(NEW, half(members)).content.decode())
    assert "Kies een dag." in page and KEPT not in page
    assert not Event.objects.exists()
    again = read(members.host, NEW)
    assert KEPT in again
    for part in (f'value="{CANARY}"', 'value="twaalf"', 'value="14:00"', "naar je eigen werkplaats"):
        assert part in again, part
    assert "Kies een dag." not in again  # nobody said yet that it is ready
    home = read(members.host, "/mijn/")
    assert CANARY in home and f'href="{NEW}"' in home


def test_one_can_go_on_later_without_anything_being_said_of_it(members: Circle) -> None:
    page = send(members.host, NEW, **half(members, actie="later"))
    assert "Bewaard. Je vindt het hier terug" in page and "error-summary" not in page
    assert Draft.objects.get().rest["capacity"] == "twaalf"
    send(members.host, NEW, **half(members, actie="later", capacity="12", place="Zwolle", themes=["x", "y"]))
    draft = Draft.objects.get()
    assert (draft.rest["capacity"], draft.rest["place"], draft.rest["themes"]) == ("12", "Zwolle", ["x", "y"])
    assert "token" not in draft.rest and "csrfmiddlewaretoken" not in draft.rest
    page = send(members.host, NEW, actie="opnieuw")
    assert KEPT not in page and CANARY not in page
    assert not Draft.objects.exists()


def test_an_event_that_is_made_leaves_no_draft(members: Circle) -> None:
    send(members.host, NEW, **half(members, actie="later"))
    assert "Dit is een concept" in send(members.host, NEW, **half(members, day="2031-05-08", capacity="12"))
    assert not Draft.objects.exists()
    assert KEPT not in read(members.host, NEW)


def test_an_untouched_form_is_no_draft_and_a_copy_begins_with_its_event(members: Circle) -> None:
    page = send(members.host, NEW, actie="later", kind="workshop", offer_hours="24", audience="public")
    assert "Bewaard" not in page
    assert not Draft.objects.exists()
    event = plan(members.host, members.kring, title="Elk jaar weer")
    send(members.host, NEW, **half(members, actie="later"))
    copied = read(members.host, f"{NEW}?kopie={event.pk}")
    assert "Elk jaar weer" in copied and CANARY not in copied


def test_it_is_theirs_alone_and_only_while_they_may_organise(members: Circle, staff: User) -> None:
    send(members.host, NEW, **half(members, actie="later"))
    assert CANARY not in read(staff, NEW)
    assert CANARY not in read(staff, "/mijn/")
    save_draft(members.anna, place="event", title=CANARY)
    assert CANARY not in read(members.anna, "/mijn/")
    read(members.anna, NEW, 404)


def test_what_no_database_keeps_and_what_is_far_too_long(members: Circle) -> None:
    send(
        members.host,
        NEW,
        **half(members, actie="later", title="Bor\x00den", place="Zwol\x00le", address="a" * 5000),
    )
    draft = Draft.objects.get()
    assert (draft.title, draft.rest["place"], len(draft.rest["address"])) == ("Borden", "Zwolle", 1000)
