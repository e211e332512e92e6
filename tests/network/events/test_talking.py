"""The first word about an event, by its form: kept, looked at first and with pictures, as any other post."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils import timezone

from network.conversations.models import Draft, Post
from network.events.models import Event
from portal.media.models import MemberImage
from tests.factories.media import picture_bytes, upload
from tests.network.conversations.conftest import picture
from tests.network.ecosystems.conftest import Circle, read, send
from tests.network.events.conftest import HOUR, address, plan
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "member_files")]


def foto(alt: str) -> dict[str, Any]:
    chosen = upload("foto.png", picture_bytes(size=(60, 40)), "image/png")
    return {"picture": chosen, "picture_alt": alt}


def begun(members: Circle) -> Event:
    event = plan(members.host, members.kring)
    earlier = {"starts_at": timezone.now() - 3 * HOUR, "ends_at": timezone.now() - HOUR}
    Event.objects.filter(pk=event.pk).update(**earlier)
    event.refresh_from_db()
    return event


def test_the_first_word_about_it_takes_pictures_as_any_other(members: Circle) -> None:
    event = begun(members)
    path, token = address(event, "praat-mee/"), str(uuid.uuid4())
    page = read(members.anna, path)
    assert (
        'enctype="multipart/form-data"' in page
        and 'name="picture"' in page
        and "Bekijk een voorbeeld" in page
    )
    page = send(members.anna, path, text="", token=token, actie="beeld", **foto("Het bord"))
    assert "Het beeld staat erbij." in page and "error-summary" not in page
    page = send(members.anna, path, text="Zo hangt **het** nu.", token=token, actie="concept")
    assert "Je concept is bewaard." in page and "Zo hangt **het** nu." in page and "Het bord" in page
    assert f'href="{path}"' in read(members.anna, "/mijn/")
    page = send(members.anna, path, text="", token=token)
    assert "Schrijf eerst je bericht." in page and "Het bord" in page
    page = send(members.anna, path, text="Zo hangt **het** nu.", token=token, actie="voorbeeld")
    assert "<strong>het</strong>" in page and page.index('alt="Het bord"') < page.index('<form class="form"')
    page = send(members.anna, path, text="Zo hangt **het** nu.", token=token, **foto("De zaag"))
    assert "Napraten" in page and 'alt="Het bord"' in page and 'alt="De zaag"' in page
    assert not Draft.objects.exists() and MemberImage.objects.count() == 2
    # The same form twice is one post with its pictures once.
    send(members.anna, path, text="Zo hangt **het** nu.", token=token, **foto("De zaag"))
    assert Post.objects.count() == 1 and MemberImage.objects.count() == 2


def test_who_comes_second_takes_pictures_along_too(members: Circle) -> None:
    event = begun(members)
    path = address(event, "praat-mee/")
    send(members.bram, path, text="", token=uuid.uuid4(), actie="beeld", **foto("Bij ons"))
    send(members.anna, path, text="Morgen hangt ons bord er.", token=uuid.uuid4())
    talk = Event.objects.get(pk=event.pk).conversation
    assert talk is not None and "Bij ons" not in read(members.anna, talk.get_absolute_url())
    # What Bram began to write in the conversation itself goes along with the same post.
    picture(members.bram, f"conversation:{talk.pk}", "In de hal")
    page = send(members.bram, path, text="Bij ons ook.", token=uuid.uuid4())
    assert 'alt="Bij ons"' in page and 'alt="In de hal"' in page
    assert not Draft.objects.exists()


def test_who_does_not_see_it_writes_nothing_there(members: Circle) -> None:
    path = address(begun(members), "praat-mee/")
    send(members.outsider, path, 404, text="", token=uuid.uuid4(), actie="beeld", **foto("Mijn"))
    assert not MemberImage.objects.exists() and not Draft.objects.exists()


@pytest.mark.parametrize(
    "place", ["event-talk:", "event-talk:hier", "event-talk:" + "9" * 30, "event-talk:-1"]
)
def test_a_draft_of_no_event_keeps_nobody_from_their_own_page(members: Circle, place: str) -> None:
    browser = browser_of(members.anna)
    browser.post("/gesprekken/concept/", {"plek": place, "text": "Ergens over."})
    assert browser.get("/mijn/").status_code == 200
