"""Files that members send: what is kept, who sees them, that a day has an end, and that nothing stays behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.media import file_readers
from portal.media.inspection import UploadRefused
from portal.media.models import MemberFile, UploadCount
from portal.media.personal_data import sent_files
from portal.media.services import MOST_A_DAY, forget_left_files, keep_file, remove_files
from tests.factories.media import GPS_MARK, office_file, pdf_bytes, photo_with_gps, upload
from tests.portal.media.test_member_images import as_reader, files

pytestmark = pytest.mark.django_db

WORD = "doopvontgeheim"


class Room:
    """A room that refers to the files in `standing`, and shows them to who is in `readers`."""

    def __init__(self) -> None:
        self.readers: list[User] = []
        self.standing: set[int] = set()

    def visible(self, user: Any, found: Sequence[MemberFile]) -> set[int]:
        return {file.pk for file in found if user in self.readers} & self.standing


@pytest.fixture(autouse=True)
def room(monkeypatch: Any) -> Room:
    room = Room()
    monkeypatch.setattr(file_readers.file_readers, "_by_purpose", {})
    file_readers.register("note", room.visible, standing=lambda keys: set(keys) & room.standing)
    return room


@pytest.fixture(autouse=True)
def place() -> Iterator[Path]:
    found = Path(settings.MEMBER_FILES_ROOT)
    shutil.rmtree(found, ignore_errors=True)
    yield found
    shutil.rmtree(found, ignore_errors=True)


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("eigenaar@bedrijf.example")


@pytest.fixture
def other() -> User:
    return User.objects.create_user("ander@bedrijf.example")


def sent(owner: User, name: str = "Verslag.pdf", content: bytes | None = None) -> MemberFile:
    return keep_file(upload(name, content or pdf_bytes(WORD)), owner=owner, purpose="note")


# --- what is kept


def test_it_is_what_its_name_says_and_lies_for_the_portal_alone(owner: User, place: Path) -> None:
    file = sent(owner, "C:\\map\\Verslag van\x07 mei.PDF")
    assert (file.name, file.content_type, file.bytes) == (
        "Verslag van mei.PDF", "application/pdf", len(pdf_bytes(WORD)),
    )  # fmt: skip
    (kept,) = files(place)
    assert kept.read_bytes() == pdf_bytes(WORD) and kept.stat().st_mode & 0o077 == 0
    assert sent(owner, "Begroting.xlsx", office_file("xlsx")).content_type == "application/octet-stream"


def test_a_photo_loses_its_past(owner: User, place: Path) -> None:
    assert sent(owner, "plattegrond.jpg", photo_with_gps()).content_type == "image/jpeg"
    (kept,) = files(place)
    assert GPS_MARK not in kept.read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("verslag.pdf", b"<html><script>alert(1)</script></html>"),
        ("verslag.html", b"<html></html>"),
        ("verslag", pdf_bytes()),
        ("macro.docx", office_file("docx", word__vbaProject_dot_bin=b"x")),
        ("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("programma.txt", b"MZ\x00\x00"),
    ],
)
def test_what_is_something_else_is_refused_and_leaves_nothing(
    owner: User, place: Path, name: str, content: bytes
) -> None:
    with pytest.raises(UploadRefused):
        sent(owner, name, content)
    assert not MemberFile.objects.exists() and files(place) == []
    assert UploadCount.objects.get(user=owner).number == 1


def test_a_day_has_an_end(owner: User, other: User) -> None:
    UploadCount.objects.create(user=owner, day=timezone.localdate(), number=MOST_A_DAY)
    with pytest.raises(UploadRefused, match="Morgen"):
        sent(owner)
    assert sent(other)


def test_the_database_holds_to_what_a_file_has(owner: User) -> None:
    file = sent(owner)
    for empty in ("purpose", "file", "name"):
        with pytest.raises(IntegrityError), transaction.atomic():
            MemberFile.objects.filter(pk=file.pk).update(**{empty: ""})


# --- who gets it


def test_nobody_gets_what_no_room_refers_to_not_even_who_sent_it(
    owner: User, other: User, room: Room
) -> None:
    file = sent(owner)
    room.readers = [owner]
    assert [as_reader(who).get(file.get_absolute_url()).status_code for who in (owner, other, None)] == [
        404
    ] * 3
    room.standing = {file.pk}
    assert [as_reader(who).get(file.get_absolute_url()).status_code for who in (owner, other, None)] == [
        200, 404, 404,
    ]  # fmt: skip


def test_it_is_given_to_be_kept_and_never_shown_within_the_portal(owner: User, room: Room) -> None:
    file = sent(owner, "Rooster mei.txt", b"maandag")
    room.readers, room.standing = [owner], {file.pk}
    answer = as_reader(owner).get(file.get_absolute_url(), headers={"Range": "bytes=0-3"})
    assert answer.getvalue() == b"maandag"
    assert {name: answer.headers[name] for name in ("Content-Disposition", "Cache-Control")} == {
        "Content-Disposition": 'attachment; filename="Rooster mei.txt"',
        "Cache-Control": "private, no-store",
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Accept-Ranges" not in answer.headers


def test_a_file_that_lacks_on_the_disk_is_not_there(owner: User, room: Room, place: Path) -> None:
    file = sent(owner)
    room.readers, room.standing = [owner], {file.pk}
    shutil.rmtree(place)
    assert as_reader(owner).get(file.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}, {"Range": "bytes=0-0"}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_what_is_not_yours_cannot_be_told_from_what_does_not_exist(
    owner: User, room: Room, method: str, headers: dict[str, str]
) -> None:
    file = sent(owner)
    room.standing = {file.pk}
    client: Client = as_reader(owner)
    real, made_up = (
        getattr(client, method)(address, headers=headers)
        for address in (file.get_absolute_url(), "/bestanden/00000000-0000-4000-8000-000000000000/")
    )
    assert real.status_code == made_up.status_code == 404
    told = [{k: v for k, v in each.headers.items() if k != "X-Request-ID"} for each in (real, made_up)]
    assert told[0] == told[1]
    with pytest.raises(ValueError, match="no address"):
        _ = file.file.url
    assert client.get(f"/media/{file.file.name}").status_code == 404


# --- what nobody uses


def test_what_nothing_refers_to_goes_at_night_and_not_before(
    owner: User, place: Path, room: Room, django_capture_on_commit_callbacks: Any
) -> None:
    left, used = sent(owner), sent(owner)
    room.standing = {used.pk}
    assert forget_left_files(timezone.now() + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        forget_left_files(timezone.now() + timedelta(hours=25))
    assert list(MemberFile.objects.all()) == [used] and len(files(place)) == 1
    assert not any(left.uuid.hex in path.name for path in files(place))


def test_a_removed_file_leaves_the_disk_once_that_holds(
    owner: User, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    gone, stays = sent(owner), sent(owner)
    with django_capture_on_commit_callbacks() as after:
        remove_files(MemberFile.objects.filter(pk=gone.pk))
    assert len(files(place)) == 2
    for run in after:
        run()
    assert [path.name for path in files(place)] == [Path(stays.file.name).name]


def test_files_without_a_row_go_but_not_what_is_being_written(owner: User, place: Path, room: Room) -> None:
    kept, tomorrow = sent(owner), timezone.now() + timedelta(hours=25)
    room.standing = {kept.pk}
    (place / "ff").mkdir()
    old, young = place / "ff" / "oud.pdf", place / "ff" / "nieuw.pdf"
    for path in (old, young):
        path.write_bytes(b"%PDF-")
    os.utime(young, (tomorrow.timestamp(), tomorrow.timestamp()))
    assert forget_left_files(tomorrow) == 1
    assert not old.exists() and young.exists() and Path(kept.file.path).exists()


def test_who_takes_their_data_along_gets_their_files(owner: User, other: User) -> None:
    mine, _theirs = sent(owner, "Rooster.txt", b"maandag"), sent(other)
    taken = {name: path.read_bytes() for name, path in sent_files(owner)}
    assert taken == {f"bestanden/{mine.pk}-Rooster.txt": b"maandag"}
