"""Material of an event: a file or a link, for who comes and who organises it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.events.models import Event, EventMaterial
from network.events.services import Refused, UploadRefused, add_material, register, remove_material, withdraw
from portal.accounts.models import User
from portal.media.models import MemberFile
from portal.media.services import forget_left_files
from tests.factories.media import pdf_bytes, upload
from tests.network.ecosystems.conftest import Circle, read
from tests.network.events.conftest import address, plan, told
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
LINK = "https://voorbeeld.example/dias"
CANARY = "baardmannetje"


@pytest.fixture(autouse=True)
def place() -> Iterator[Path]:
    found = Path(settings.MEMBER_FILES_ROOT)
    shutil.rmtree(found, ignore_errors=True)
    yield found
    shutil.rmtree(found, ignore_errors=True)


@pytest.fixture
def event(members: Circle) -> Event:
    """Anna and Bram come; the guest sees it and doesn't."""
    made = plan(members.host, members.kring)
    for each in (members.anna, members.bram):
        register(made, by=each)
    return made


def report(event: Event, by: User, **values: Any) -> EventMaterial:
    given = {"title": "Verslag", "upload": upload(f"{CANARY}.pdf", pdf_bytes(CANARY)), **values}
    return add_material(event, by=by, **given)


def who_gets(circle: Circle, material: EventMaterial) -> list[str]:
    assert material.file is not None
    readers: dict[str, User | None] = {
        "nobody": None, "outsider": circle.outsider, "guest": circle.guest, "anna": circle.anna, "bram": circle.bram,
        "host": circle.host, "boss": User.objects.create_superuser(f"{uuid.uuid4().hex}@voorbeeld.example"),
    }  # fmt: skip
    answers = {
        name: {
            getattr(browser_of(user), method)(material.file.get_absolute_url(), headers=headers).status_code
            for method in ("get", "head")
            for headers in ({}, {"Range": "bytes=0-0"})
        }
        for name, user in readers.items()
    }
    assert all(statuses in ({200}, {404}) for statuses in answers.values())
    return [name for name, statuses in answers.items() if statuses == {200}]


def test_an_organiser_puts_a_file_there_and_who_comes_takes_it(members: Circle, event: Event) -> None:
    path = address(event, "materiaal/")
    browser = browser_of(members.host)
    token = browser.get(path).context["form"]["token"].value()
    for _time in range(2):  # a form sent twice is one file, and who comes hears of it once
        sent = {"title": "Verslag", "token": token, "upload": upload("Verslag.pdf", pdf_bytes(CANARY))}
        assert browser.post(path, sent).status_code == 302
    material = event.materials.get()
    assert told("material", event.notices.get(kind="material").pk) == {"Anna", "Bram"}
    assert "Verslag.pdf (" in read(members.host, path)
    for who, sees in ((members.anna, True), (members.guest, False)):
        assert (material.address in read(who, address(event))) is sees
    answer = browser_of(members.bram).get(material.address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Verslag.pdf"'
    assert CANARY.encode() in answer.getvalue()


def test_the_file_is_for_who_comes_and_who_organises(members: Circle, event: Event) -> None:
    material = report(event, members.host)
    assert who_gets(members, material) == ["anna", "bram", "host"]
    withdraw(event, by=members.anna)
    assert who_gets(members, material) == ["bram", "host"]
    Event.objects.filter(pk=event.pk).update(shown="removed")  # by a moderator
    assert who_gets(members, material) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Kies een bestand, of geef een link."),
        ({"upload": upload("a.exe", b"MZ")}, "Dit soort bestand kan niet."),
        ({"upload": upload("a.pdf", pdf_bytes()), "url": LINK}, "niet allebei"),
        ({"upload": upload("a.pdf", pdf_bytes()), "title": ""}, "Kies je bestand nog een keer."),
    ],
)
def test_what_is_wrong_is_said(members: Circle, event: Event, given: dict[str, Any], said: str) -> None:
    if "upload" in given:
        given["upload"].seek(0)
    answer = browser_of(members.host).post(
        address(event, "materiaal/"), {"title": "Verslag", "token": str(uuid.uuid4()), **given}
    )
    assert said in answer.content.decode()
    assert not event.materials.exists()


def test_who_is_new_gives_a_link(members: Circle, event: Event) -> None:
    User.objects.filter(pk=members.host.pk).update(date_joined=timezone.now())
    members.host.refresh_from_db()
    page = read(members.host, address(event, "materiaal/"))
    assert "Je bent hier nieuw." in page and 'type="file"' not in page
    with pytest.raises(UploadRefused, match="Je bent hier nieuw"):
        report(event, members.host)
    assert add_material(event, title="Dia's", url=LINK, by=members.host).address == LINK


def test_it_is_a_file_or_a_link(members: Circle, event: Event) -> None:
    for odd in ({"upload": None}, {"url": LINK}, {"title": "\u200b"}):
        with pytest.raises(Refused):
            report(event, members.host, **odd)
    material = report(event, members.host)
    for wrong in ({"url": LINK}, {"file": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventMaterial.objects.filter(pk=material.pk).update(**wrong)
    report(event, members.host, title="Nog een")  # two without a link are no double


def test_the_file_goes_with_what_it_belongs_to(
    members: Circle, event: Event, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = report(event, members.host), report(event, members.host, title="Nog een")
    with django_capture_on_commit_callbacks(execute=True):
        remove_material(event, material=first.pk, by=members.host)
    assert list(MemberFile.objects.all()) == [second.file]
    assert len([path for path in place.rglob("*") if path.is_file()]) == 1
    event.delete()
    forget_left_files(timezone.now() + timedelta(hours=25))
    assert not MemberFile.objects.exists()
