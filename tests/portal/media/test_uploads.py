"""Uploads through the staff admin: the real forms and views, one at a time and many at once."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.models import UploadedFile

from portal.accounts.models import User
from portal.background.worker import schedule_step
from portal.media.models import PortalDocument, PortalImage
from portal.media.services import make_renditions, picture, rendition_or_none
from portal.media.specs import VISITOR_SPECS, WIDTHS, spec_for
from tests.factories.media import (
    GPS_MARK,
    create_document,
    create_image,
    huge_png,
    office_file,
    pdf_bytes,
    photo_with_gps,
    picture_bytes,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(
        User.objects.create_superuser("redactie@example.org", "een-lang-wachtwoord", name="Redactie")
    )
    return client


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail's own tasks run at once here; that they survive a killed worker is the background room's promise.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cache.clear()


def media_files(folder: str = "") -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in (root / folder).rglob("*") if path.is_file())


def add_image(staff: Client, file: io.BytesIO, **fields: str) -> list[str]:
    """Post the form "Afbeelding toevoegen"; returns the errors that it shows."""
    response = staff.post(reverse("wagtailimages:add"), {"title": "Foto", "file": file, **fields})
    return (
        []
        if response.status_code == 302
        else [str(e) for errors in response.context["form"].errors.values() for e in errors]
    )


def test_a_photo_is_saved_upright_without_the_place_where_it_was_taken(staff: Client) -> None:
    assert add_image(staff, upload("foto.jpg", photo_with_gps()), alt_text="Een straat") == []
    image = PortalImage.objects.get()
    assert (image.width, image.height) == (20, 40)
    assert GPS_MARK not in image.file.read()
    assert image.file_size == image.file.size


def test_a_large_photo_that_was_kept_on_disk_loses_its_metadata_too(staff: Client) -> None:
    large = TemporaryUploadedFile("groot.jpg", "image/jpeg", 0, None)
    large.write(photo_with_gps())
    large.seek(0)
    with large, override_upload_memory(0):
        assert add_image(staff, large, alt_text="Een straat") == []
    assert GPS_MARK not in PortalImage.objects.get().file.read()


def test_an_image_needs_words_or_the_word_decorative(staff: Client) -> None:
    said = "Schrijf een tekst voor wie het beeld niet ziet, of kies 'decoratief'."
    assert said in add_image(staff, upload("a.png", picture_bytes()))
    assert add_image(staff, upload("a.png", picture_bytes()), is_decorative="on") == []
    assert PortalImage.objects.get().default_alt_text == ""
    assert PortalImage.objects.get().is_decorative


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("foto.jpg", b"MZ\x90\x00" + bytes(400), "Dit bestand is geen afbeelding."),
        ("bom.png", huge_png(), "40 miljoen beeldpunten"),
        ("half.jpg", picture_bytes("JPEG")[:-600], "beschadigd of niet compleet"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Dit bestand is geen afbeelding."),
    ],
)
def test_what_is_refused_is_said_and_leaves_nothing_behind(
    staff: Client, name: str, content: bytes, said: str
) -> None:
    errors = add_image(staff, upload(name, content), alt_text="Iets")
    assert said in " ".join(errors)
    assert not PortalImage.objects.exists()
    assert media_files() == []


def test_many_at_once_ask_for_the_words_before_an_image_exists(staff: Client) -> None:
    headers = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    answer = staff.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": upload("foto.jpg", photo_with_gps()), "title": "Foto"},
        **headers,
    ).json()
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert not PortalImage.objects.exists()
    assert GPS_MARK not in waiting.file.read()

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}"
    refused = staff.post(address, {f"{prefix}-title": "Foto", f"{prefix}-alt_text": ""}, **headers).json()
    assert refused["success"] is False
    assert "of kies &#x27;decoratief&#x27;" in refused["form"]
    staff.post(address, {f"{prefix}-title": "Foto", f"{prefix}-alt_text": "Een straat"}, **headers)
    image = PortalImage.objects.get()
    assert (image.alt_text, image.width, image.height) == ("Een straat", 20, 40)
    assert GPS_MARK not in image.file.read()


def test_many_at_once_refuse_a_program_with_a_sentence(staff: Client) -> None:
    answer = staff.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": upload("foto.jpg", b"MZ" + bytes(99)), "title": "Foto"},
    ).json()
    assert answer == {
        "success": False,
        "error_message": "Dit bestand is geen afbeelding. Kies een JPEG, PNG, WebP of AVIF.",
    }


def test_documents_pass_the_same_door(staff: Client) -> None:
    bomb = office_file(word__media__a_dot_bin=bytes(40 * 1024 * 1024))
    response = staff.post(reverse("wagtaildocs:add"), {"title": "Plan", "file": upload("plan.docx", bomb)})
    assert "veel te groot" in response.context["form"].errors["file"][0]
    answer = staff.post(
        reverse("wagtaildocs:add_multiple"), {"files[]": upload("plan.pdf", b"MZ"), "title": "Plan"}
    ).json()
    assert "de inhoud is iets anders" in answer["error_message"]
    assert not PortalDocument.objects.exists()
    staff.post(reverse("wagtaildocs:add"), {"title": "Plan", "file": upload("plan.pdf", pdf_bytes())})
    assert PortalDocument.objects.get().file_extension == "pdf"


# --- sizes ------------------------------------------------------------------------------------------------------------


def test_the_worker_makes_the_sizes_after_an_upload(
    staff: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_image(staff, upload("a.png", picture_bytes("PNG", (2000, 1000))), alt_text="Iets")
    image = PortalImage.objects.get()
    assert picture(image) is None
    assert schedule_step(lane="slow")
    shown = picture(PortalImage.objects.get())
    assert shown is not None
    assert (shown.width, shown.height, shown.alt) == (1600, 800, "Iets")
    assert [part.split()[1] for part in shown.srcset.split(", ")] == [f"{width}w" for width in WIDTHS]
    rendition = rendition_or_none(image, spec_for(480))
    assert rendition is not None
    assert Image.open(rendition.file).format == "WEBP"


def test_looking_up_a_size_never_makes_one() -> None:
    image = create_image()
    assert rendition_or_none(image, VISITOR_SPECS[0]) is None
    assert rendition_or_none(None, VISITOR_SPECS[0]) is None
    assert image.renditions.count() == 0
    with pytest.raises(ValueError, match="not one of the fixed widths"):
        spec_for(1234)


def test_a_list_of_images_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        create_image(f"Beeld {number}")
    assert make_renditions(timezone.now()) == 3
    with django_assert_num_queries(2):
        assert all(picture(image) for image in PortalImage.objects.with_renditions())


def test_a_file_that_is_lost_is_tried_a_few_times_and_holds_nobody_up() -> None:
    lost, fine = create_image("weg"), create_image("goed")
    lost.file.storage.delete(lost.file.name)
    for _try in range(7):
        make_renditions(timezone.now())
    assert PortalImage.objects.get(pk=lost.pk).rendition_failures == 5
    assert list(PortalImage.objects.filter(renditions_made_at=None)) == [lost]
    assert picture(fine) is not None


def test_a_small_original_gives_each_width_once() -> None:
    image = create_image(file=upload("klein.png", picture_bytes("PNG", (600, 300))))
    make_renditions(timezone.now())
    shown = picture(image)
    assert shown is not None
    assert [part.split()[1] for part in shown.srcset.split(", ")] == ["480w", "600w"]


# --- files that go ----------------------------------------------------------------------------------------------------


def test_files_of_a_deleted_image_go_with_it(django_capture_on_commit_callbacks: Any) -> None:
    image = create_image()
    make_renditions(timezone.now())
    assert len(media_files()) == 1 + 7
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert media_files() == []


def test_a_replaced_file_goes_and_its_sizes_are_made_anew(
    staff: Client, django_capture_on_commit_callbacks: Any
) -> None:
    image = create_image()
    make_renditions(timezone.now())
    replacement = upload("nieuw.png", picture_bytes("PNG", (90, 60)))
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {"title": "Nieuw", "alt_text": "Iets", "file": replacement},
        )
        assert "original_images/lascel.png" in media_files()
    assert schedule_step(lane="slow")
    assert media_files("original_images") == ["original_images/nieuw.png"]
    image = PortalImage.objects.get()
    assert (image.width, image.renditions_made_at is not None) == (90, True)
    assert all("nieuw" in name for name in media_files("images"))


# --- addresses --------------------------------------------------------------------------------------------------------


def test_images_have_an_address_and_documents_none(client: Client) -> None:
    image, document = create_image(), create_document()
    response = client.get(f"/media/{image.file.name}")
    assert (response.status_code, response["Content-Type"], response["X-Content-Type-Options"]) == (
        200,
        "image/png",
        "nosniff",
    )
    assert "immutable" in response["Cache-Control"]
    for path in (
        document.file.name,
        "images/../" + document.file.name,
        "images/",
        "wagtail_uploads/x",
        "geen/bestand.png",
    ):
        assert client.get(f"/media/{path}").status_code == 404, path
    assert client.post(f"/media/{image.file.name}").status_code == 405


def override_upload_memory(size: int) -> object:
    from django.test import override_settings

    return override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=size)
