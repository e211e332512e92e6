"""A file that comes in is opened while its request holds no transaction: on SQLite that would keep every writer waiting.

With real transactions, by each door that takes files; the checks are those of `test_uploads`, `test_member_images` and
`test_member_files`.
"""

from __future__ import annotations

import io
import threading
import time
import uuid
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageFile

from cases.submissions.models import SubmissionProof
from cases.submissions.services import begin_submission
from cases.submissions.steps import PROOF
from network.conversations.models import Post
from network.conversations.pictures import of_post
from network.documents.models import EcosystemDocument
from portal.accounts.models import User
from portal.media.inspection import clean_image
from portal.media.models import MemberFile, MemberImage, PortalDocument, PortalImage, UploadCount
from portal.media.services import MOST_A_DAY, keep_image
from portal.pages.staff import EDITORS, setup_staff
from portal.people.models import Profile
from tests.at_once import all_at_once
from tests.factories.media import office_file, picture_bytes, upload
from tests.network.conversations.conftest import known, topic_in
from tests.network.ecosystems.conftest import Circle, circle, portal, send
from tests.portal.organisations.people import browser_of

__all__ = ["circle", "portal"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("member_files")]


@pytest.fixture
def members(circle: Circle, settings: Any, tmp_path: Path) -> Circle:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    with transaction.atomic():
        known(circle.host, circle.anna, circle.bram, circle.guest, circle.outsider)
    return circle


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each picture that is decoded and each archive that is opened, whether that is within a transaction."""
    found: list[bool] = []
    monkeypatch.setattr(ImageFile.ImageFile, "load", noting(ImageFile.ImageFile.load, found))
    monkeypatch.setattr(zipfile, "ZipFile", noting(zipfile.ZipFile, found))
    return found


def noting(function: Callable[..., Any], found: list[bool]) -> Callable[..., Any]:
    def note(*args: Any, **kwargs: Any) -> Any:
        found.append(connection.in_atomic_block)
        return function(*args, **kwargs)

    return note


def foto() -> Any:
    return upload("foto.png", picture_bytes(size=(60, 40)), "image/png")


def pictured(alt: str = "Een bord") -> dict[str, Any]:
    return {"picture": foto(), "picture_alt": alt}


def outside(opened: list[bool]) -> bool:
    """Something was opened, and never within a transaction."""
    found, opened[:] = list(opened), []
    return bool(found) and not any(found)


def test_by_none_of_the_doors_of_members(members: Circle, opened: list[bool]) -> None:
    with transaction.atomic():
        topic = topic_in(members, members.anna)
        submission = begin_submission(by=members.anna)
    assert not outside(opened)  # nothing came in yet
    new = {"text": "Kijk **hier**", "token": str(uuid.uuid4())}
    send(members.bram, f"/gesprekken/{topic.pk}/antwoord/", **new, **pictured())
    assert outside(opened)
    post = Post.objects.get(number=2)
    send(members.bram, f"/berichten/{post.pk}/wijzigen/", text="Anders", version=1, **pictured("Een zaag"))
    assert outside(opened) and of_post(post.pk).count() == 2
    browser_of(members.bram).post("/account/profiel/foto/", {"photo": foto()})
    assert outside(opened) and Profile.objects.get(user=members.bram).photo is not None
    document = upload("Lijst.docx", office_file())
    said = {"title": "Lijst", "summary": "Om af te vinken.", "token": str(uuid.uuid4())}
    send(members.host, f"/ecosystemen/{members.kring.slug}/documenten/nieuw/", **said, upload=document)
    assert outside(opened) and EcosystemDocument.objects.get().file is not None
    step = f"/praktijkvoorbeeld-insturen/{submission.pk}/stap/{PROOF}/"
    sent = {"upload": upload("Telling.docx", office_file()), "picture": foto(), "alt": "Een rek"}
    browser_of(members.anna).post(step, sent)
    assert outside(opened) and SubmissionProof.objects.count() == 1
    assert MemberImage.objects.filter(purpose="submission").count() == 1


def test_nor_in_the_staff_admin(members: Circle, opened: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail looks at the size of what is kept; that what came in is made into that, is the long work."""
    written: list[bool] = []
    monkeypatch.setattr(Image.Image, "save", noting(Image.Image.save, written))
    setup_staff()
    User.objects.filter(pk=members.anna.pk).update(is_staff=True)
    members.anna.groups.add(Group.objects.get(name=EDITORS))
    browser = browser_of(members.anna)
    browser.post(reverse("wagtailimages:add"), {"title": "Foto", "file": foto(), "alt_text": "Een bord"})
    assert PortalImage.objects.count() == 1 and outside(written) and opened[0] is False
    opened.clear()
    browser.post(reverse("wagtaildocs:add"), {"title": "Lijst", "file": upload("l.docx", office_file())})
    assert PortalDocument.objects.count() == 1 and outside(opened)


def test_within_a_transaction_of_its_own_it_would_be(members: Circle, opened: list[bool]) -> None:
    """The control: the same service, called within one, opens it there."""
    with transaction.atomic():
        keep_image(foto(), owner=members.bram, purpose="draft", alt="Een bord")
    assert not outside(opened)


def test_others_write_while_a_picture_is_being_opened(
    members: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    being_opened, written, open_image = threading.Event(), threading.Event(), Image.open
    waited: list[bool] = []

    def open_slowly(*args: Any, **kwargs: Any) -> Any:
        being_opened.set()
        waited.append(written.wait(5))
        return open_image(*args, **kwargs)

    def write() -> None:
        being_opened.wait(30)
        User.objects.filter(pk=members.guest.pk).update(last_login=timezone.now())
        written.set()

    monkeypatch.setattr(Image, "open", open_slowly)
    browser = browser_of(members.bram)
    all_at_once([lambda: browser.post("/account/profiel/foto/", {"photo": foto()}), write])
    assert waited[0] and Profile.objects.get(user=members.bram).photo is not None


def test_large_pictures_are_not_in_memory_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Since no lock of the database keeps one behind the other any more."""
    open_image, inside, most = Image.open, [0], [0]

    def open_slowly(*args: Any, **kwargs: Any) -> Any:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.1)
        inside[0] -= 1
        return open_image(*args, **kwargs)

    monkeypatch.setattr(Image, "open", open_slowly)
    all_at_once([partial(clean_image, io.BytesIO(picture_bytes()), "foto.png", 1) for _time in range(4)])
    assert most == [1]


def test_what_is_counted_is_counted_before_it_is_opened(members: Circle, opened: list[bool]) -> None:
    """Also where it is refused, or where the person may no more."""
    browser, today = browser_of(members.bram), timezone.localdate()
    browser.post("/account/profiel/foto/", {"photo": upload("foto.png", b"geen beeld")})
    assert UploadCount.objects.get().number == 1 and not MemberImage.objects.exists()
    UploadCount.objects.update(number=MOST_A_DAY, day=today)
    page = browser.post("/account/profiel/foto/", {"photo": foto()}).content.decode()
    assert "Morgen kun je er weer sturen." in page
    assert opened == [] and UploadCount.objects.get().number == MOST_A_DAY


def test_of_who_may_not_send_nothing_is_opened_nor_counted(members: Circle, opened: list[bool]) -> None:
    with transaction.atomic():
        topic = topic_in(members, members.anna)
    new = {"text": "Kijk **hier**", "token": str(uuid.uuid4())}
    send(members.outsider, f"/gesprekken/{topic.pk}/antwoord/", 404, **new, **pictured())
    User.objects.filter(pk=members.bram.pk).update(date_joined=timezone.now())
    page = send(members.bram, f"/gesprekken/{topic.pk}/antwoord/", **new, **pictured())
    assert "Je bent hier nieuw." in page
    browser_of(None).post("/account/profiel/foto/", {"photo": foto()})
    assert opened == [] and not UploadCount.objects.exists() and not MemberFile.objects.exists()
