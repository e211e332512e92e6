"""Images that members send: what is kept, who sees them, how many one may send, and that nothing stays behind."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from portal.accounts.models import User
from portal.media import image_readers
from portal.media.inspection import UploadRefused
from portal.media.models import MemberImage, UploadCount
from portal.media.services import (
    MOST_A_DAY,
    MOST_WAITING,
    attach_images,
    forget_left_images,
    keep_image,
    member_images,
    remove_image,
    turns,
)
from tests.at_once import all_at_once
from tests.factories.media import (
    GPS_MARK,
    create_member_image,
    huge_png,
    photo_with_gps,
    picture_bytes,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("member_files")]

OPEN, CLOSED = 1, 2  # things that a room attaches images to: one for all members, one for nobody


@pytest.fixture(autouse=True)
def _room(monkeypatch: Any) -> None:
    """A room that shows what hangs on OPEN to who is signed in, and knows no third thing."""

    def visible(user: Any, images: Sequence[MemberImage]) -> set[int]:
        return {image.pk for image in images if user.is_authenticated and image.object_id == OPEN}

    monkeypatch.setattr(image_readers.image_readers, "_by_purpose", {})
    image_readers.register("note", visible, standing=lambda keys: set(keys) & {OPEN, CLOSED})


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("eigenaar@bedrijf.example")


@pytest.fixture
def other() -> User:
    return User.objects.create_user("ander@bedrijf.example")


def sent(owner: User, at: int | None = None) -> MemberImage:
    image = create_member_image(owner, "note")
    if at is not None:
        attach_images([image], object_id=at)
        image.refresh_from_db()
    return image


def files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())


def as_reader(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_upright_without_its_past(owner: User, member_files: Path) -> None:
    image = keep_image(upload("IMG.jpg", photo_with_gps()), owner=owner, purpose="note", alt="  De straat ")
    assert (image.width, image.height, image.alt) == (20, 40, "De straat")
    for path in files(member_files):
        content = path.read_bytes()
        assert GPS_MARK not in content and b"achtertuin" not in content
        assert "exif" not in Image.open(io.BytesIO(content)).info
        assert path.stat().st_mode & 0o077 == 0
    assert len(files(member_files)) == 2


def test_a_large_photo_is_kept_in_two_bounded_sizes(owner: User) -> None:
    image = keep_image(upload("groot.jpg", picture_bytes("JPEG", (3000, 1500))), owner=owner, purpose="note")
    sizes = [Image.open(file.open("rb")).size for file in (image.file, image.small_file)]
    assert sizes == [(1600, 800), (400, 200)]
    assert (image.width, image.height) == (1600, 800)
    assert image.bytes == image.file.size + image.small_file.size


def test_a_drawing_keeps_what_shines_through(owner: User) -> None:
    drawing = Image.new("P", (60, 60), 0)
    drawing.putpalette([255, 0, 0, 0, 0, 255])
    out = io.BytesIO()
    drawing.save(out, "PNG", transparency=0)
    image = keep_image(upload("logo.png", out.getvalue()), owner=owner, purpose="note")
    assert Image.open(image.file.open("rb")).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("foto.jpg", b"<html><script>alert(1)</script></html>"),
        ("foto.png", huge_png()),
        ("foto.png", picture_bytes("PNG")[:200]),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    owner: User, member_files: Path, name: str, content: bytes
) -> None:
    with pytest.raises(UploadRefused):
        keep_image(upload(name, content), owner=owner, purpose="note")
    assert not MemberImage.objects.exists()
    assert files(member_files) == []


# --- who sees it ------------------------------------------------------------------------------------------------------


def test_before_it_is_attached_it_is_its_owners_alone(owner: User, other: User) -> None:
    image = sent(owner)
    for address in (image.get_absolute_url(), image.small_url):
        assert [as_reader(who).get(address).status_code for who in (owner, other, None)] == [200, 404, 404]


def test_once_attached_the_room_says_who_sees_it(owner: User, other: User) -> None:
    shown, hidden = sent(owner, OPEN), sent(owner, CLOSED)
    assert [as_reader(who).get(shown.small_url).status_code for who in (owner, other, None)] == [
        200,
        200,
        404,
    ]
    assert [as_reader(who).get(hidden.small_url).status_code for who in (owner, other, None)] == [404] * 3


def test_what_no_room_speaks_for_nobody_sees(owner: User) -> None:
    image = create_member_image(owner, "elders")
    attach_images([image], object_id=OPEN)
    assert as_reader(owner).get(image.get_absolute_url()).status_code == 404


def test_a_room_can_show_nothing_but_what_it_was_asked_about(owner: User, monkeypatch: Any) -> None:
    elsewhere = sent(owner, CLOSED)
    mine = create_member_image(owner, "ruim")
    attach_images([mine], object_id=OPEN)
    image_readers.register("ruim", lambda user, images: {elsewhere.pk, mine.pk})
    assert set(MemberImage.objects.visible_to(owner)) == {mine}


def test_an_account_that_was_closed_sees_nothing(owner: User) -> None:
    sent(owner)
    owner.is_active = False
    assert not MemberImage.objects.visible_to(owner).exists()


def test_who_may_see_it_gets_the_picture_and_nothing_that_runs(owner: User) -> None:
    image = sent(owner)
    response = as_reader(owner).get(image.get_absolute_url())
    body = response.getvalue()
    assert body == image.file.open("rb").read()
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"].startswith("private")
    assert response.headers["Content-Disposition"] == "inline"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Sun, 22 Nov 2099 10:00:00 GMT"},
        {"Range": "bytes=0-0"},
        {"Range": "bytes=99999999-"},
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_may_not_see_it_cannot_tell_it_from_what_does_not_exist(
    owner: User, other: User, method: str, headers: dict[str, str]
) -> None:
    image = sent(owner, CLOSED)
    unknown = "/beelden/00000000-0000-4000-8000-000000000000/"
    for who in (owner, other, None):
        client = as_reader(who)
        ask: Callable[..., Any] = getattr(client, method)
        real, made_up = ask(image.get_absolute_url(), headers=headers), ask(unknown, headers=headers)
        assert real.status_code == made_up.status_code == 404
        told = [
            {k: v for k, v in answer.headers.items() if k != "X-Request-ID"} for answer in (real, made_up)
        ]
        assert told[0] == told[1]
        assert "ETag" not in real.headers and "Accept-Ranges" not in real.headers


def test_the_files_have_no_address_in_the_media_folder(owner: User) -> None:
    image = sent(owner)
    with pytest.raises(ValueError, match="no address"):
        _ = image.file.url
    client = as_reader(owner)
    for path in (
        image.file.name,
        f"images/../{image.file.name}",
        f"images/../../member-images/{image.file.name}",
    ):
        assert client.get(f"/media/{path}").status_code == 404


def test_a_list_of_images_asks_as_much_as_one(owner: User, django_assert_num_queries: Any) -> None:
    for number in (1, 12):
        with transaction.atomic():
            while MemberImage.objects.count() < number:
                sent(owner, OPEN)
        with django_assert_num_queries(2):
            assert len(MemberImage.objects.attached_to("note", [OPEN]).visible_to(owner)) == number


# --- attached, removed ------------------------------------------------------------------------------------------------


def test_what_hangs_somewhere_is_not_taken_elsewhere(owner: User) -> None:
    image, fresh = sent(owner, OPEN), sent(owner)
    with pytest.raises(ValueError, match="something else"):
        attach_images([fresh, image], object_id=CLOSED)
    fresh.refresh_from_db()
    assert fresh.object_id is None
    attach_images([image], object_id=OPEN)  # a second time is no mistake


def test_only_what_one_sent_oneself_can_be_attached(owner: User, other: User) -> None:
    image = sent(owner)
    assert list(MemberImage.objects.waiting_for(owner, purpose="note")) == [image]
    assert not MemberImage.objects.waiting_for(owner, purpose="profile").exists()
    assert not MemberImage.objects.waiting_for(other, purpose="note").exists()


def test_a_removed_image_takes_its_files_along_once_that_holds(
    owner: User, member_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    image, stays = sent(owner, OPEN), sent(owner)
    with django_capture_on_commit_callbacks() as after:
        remove_image(image)
    assert len(files(member_files)) == 4
    for run in after:
        run()
    assert {path.name for path in files(member_files)} == {
        Path(stays.file.name).name,
        Path(stays.small_file.name).name,
    }
    assert list(MemberImage.objects.all()) == [stays]


def test_who_leaves_leaves_the_image_to_what_it_hangs_on(owner: User, other: User) -> None:
    image = sent(owner, OPEN)
    owner.delete()
    image.refresh_from_db()
    assert image.owner is None
    assert as_reader(other).get(image.small_url).status_code == 200


# --- how many ---------------------------------------------------------------------------------------------------------


def test_who_leaves_many_unused_is_asked_to_use_them_first(owner: User) -> None:
    with transaction.atomic():
        images = [sent(owner) for _number in range(MOST_WAITING)]
    with pytest.raises(UploadRefused, match="nergens gebruikt"):
        sent(owner)
    attach_images(images[:1], object_id=OPEN)
    assert sent(owner)


def test_a_day_has_an_end_also_for_who_removes_or_sends_nonsense(owner: User, other: User) -> None:
    remove_image(sent(owner))
    with pytest.raises(UploadRefused):
        keep_image(upload("foto.jpg", b"onzin"), owner=owner, purpose="note")
    assert UploadCount.objects.get(user=owner).number == 2
    UploadCount.objects.filter(user=owner).update(number=MOST_A_DAY)
    with pytest.raises(UploadRefused, match="Morgen"):
        sent(owner)
    assert sent(other)
    UploadCount.objects.filter(user=owner).update(day=timezone.localdate() - timedelta(days=1))
    assert sent(owner)


def sent_at_once(owner: User, number: int) -> list[str]:
    """What becomes of so many images sent at the same moment."""
    content = picture_bytes(size=(40, 40))

    def send() -> str:
        try:
            keep_image(upload("foto.png", content), owner=owner, purpose="note")
        except UploadRefused:
            return "refused"
        return "kept"

    return sorted(all_at_once([send] * number))


def all_but_one_waiting(owner: User) -> None:
    image = sent(owner)
    MemberImage.objects.bulk_create(
        MemberImage(
            owner=owner, purpose="note", file=image.file.name, small_file=image.small_file.name,
            content_type="image/webp", width=1, height=1, bytes=1,
        )
        for _number in range(MOST_WAITING - 2)
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_as_many(owner: User) -> None:
    UploadCount.objects.create(user=owner, day=timezone.localdate(), number=MOST_A_DAY - 2)
    assert sent_at_once(owner, 5) == ["kept"] * 2 + ["refused"] * 3
    assert MemberImage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_take_the_last_place(owner: User) -> None:
    all_but_one_waiting(owner)
    assert sent_at_once(owner, 2) == ["kept", "refused"]


@pytest.mark.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_take_it(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control. SQLite lets one transaction write at a time, lock or no lock."""
    all_but_one_waiting(owner)
    counted, both_counted = member_images._refuse_too_many_waiting, threading.Barrier(2)

    def count_together(who: User) -> None:
        counted(who)
        both_counted.wait(10)

    for module in (member_images, turns):
        monkeypatch.setattr(module, "one_at_a_time", lambda who: None)
    monkeypatch.setattr(member_images, "_refuse_too_many_waiting", count_together)
    assert sent_at_once(owner, 2) == ["kept", "kept"]


# --- what nobody uses -------------------------------------------------------------------------------------------------


@pytest.fixture
def tomorrow() -> Iterator[Any]:
    yield timezone.now() + timedelta(hours=25)


def test_what_was_never_attached_goes_after_a_day(
    owner: User, member_files: Path, tomorrow: Any, django_capture_on_commit_callbacks: Any
) -> None:
    left, used = sent(owner), sent(owner, CLOSED)
    forget_left_images(timezone.now() + timedelta(hours=23))
    assert MemberImage.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        forget_left_images(tomorrow)
    assert list(MemberImage.objects.all()) == [used]
    assert not any(left.uuid.hex in path.name for path in files(member_files))
    assert len(files(member_files)) == 2


def test_what_hung_on_something_that_is_gone_goes(owner: User, tomorrow: Any) -> None:
    kept, gone = sent(owner, CLOSED), sent(owner, 987)
    elsewhere = create_member_image(owner, "elders")  # a room that doesn't say what there is
    attach_images([elsewhere], object_id=987)
    forget_left_images(tomorrow)
    assert set(MemberImage.objects.all()) == {kept, elsewhere}
    assert not MemberImage.objects.filter(pk=gone.pk).exists()


def test_files_without_a_row_go_but_not_what_is_being_written(
    owner: User, member_files: Path, tomorrow: Any
) -> None:
    kept = sent(owner, OPEN)
    (member_files / "ff").mkdir()
    old, young = member_files / "ff" / "oud.webp", member_files / "ff" / "nieuw.webp"
    for path in (old, young):
        path.write_bytes(b"RIFF")
    os.utime(young, (tomorrow.timestamp(), tomorrow.timestamp()))
    assert forget_left_images(tomorrow) == 1
    assert not old.exists() and young.exists()
    assert Path(kept.file.path).exists()


def test_the_count_of_yesterday_is_forgotten(owner: User) -> None:
    UploadCount.objects.create(user=owner, day=timezone.localdate() - timedelta(days=2), number=3)
    forget_left_images(timezone.now())
    assert not UploadCount.objects.exists()


@pytest.mark.parametrize("empty", ["purpose", "file", "small_file"])
def test_the_database_holds_to_what_an_image_has(owner: User, empty: str) -> None:
    image = sent(owner)
    with pytest.raises(Exception, match="media_memberimage|constraint"), transaction.atomic():
        MemberImage.objects.filter(pk=image.pk).update(**{empty: ""})
    assert connection.is_usable()
