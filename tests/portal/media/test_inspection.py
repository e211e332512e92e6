"""Images that come in: what they are by their bytes, and what is left of them."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from portal.media.inspection import MAX_SIDE, UploadRefused, clean_image
from tests.factories.media import GPS_MARK, huge_png, photo_with_gps, picture_bytes


def clean(name: str, content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(clean_image(io.BytesIO(content), name, len(content)).content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UploadRefused) as caught:
        clean_image(io.BytesIO(content), name, len(content))
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("JPEG", "a.jpg"), ("JPEG", "A.JPEG"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")],
)
def test_each_kind_is_taken_and_keeps_its_kind_and_size(kind: str, name: str) -> None:
    image = clean(name, picture_bytes(kind, (320, 200)))
    assert (image.format, image.size) == (kind, (320, 200))


def test_place_camera_and_comment_are_gone_and_the_photo_stands_upright() -> None:
    content = photo_with_gps()
    assert GPS_MARK in content
    assert b"Cameramaker" in content
    result = clean_image(io.BytesIO(content), "foto.jpg", len(content))
    for trace in (GPS_MARK, b"Cameramaker", b"achtertuin", b"Exif"):
        assert trace not in result.content
    assert (result.width, result.height) == (20, 40)
    assert dict(Image.open(io.BytesIO(result.content)).getexif()) == {}


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_kinds_lose_their_metadata_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Cameramaker"
    content = picture_bytes(kind, (64, 64), exif=exif.tobytes(), xmp=b"<x:xmpmeta>geheim</x:xmpmeta>")
    assert b"Cameramaker" in content
    result = clean_image(io.BytesIO(content), f"a.{kind.lower()}", len(content)).content
    assert b"Cameramaker" not in result
    assert b"geheim" not in result


def test_what_stands_behind_the_end_of_the_picture_is_gone() -> None:
    content = picture_bytes("JPEG") + b"PK\x03\x04 verstopt archief"
    assert b"verstopt" not in clean_image(io.BytesIO(content), "a.jpg", len(content)).content


def test_see_through_parts_and_palettes_stay() -> None:
    see_through = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    out = io.BytesIO()
    see_through.save(out, "PNG")
    assert clean("a.png", out.getvalue()).convert("RGBA").getpixel((5, 5)) == (255, 0, 0, 0)
    palette = Image.new("RGB", (20, 20), (10, 200, 30)).quantize(4)
    out = io.BytesIO()
    palette.save(out, "PNG")
    assert clean("a.png", out.getvalue()).convert("RGB").getpixel((5, 5)) == (10, 200, 30)


def test_a_very_large_photo_is_made_smaller() -> None:
    assert max(clean("a.jpg", picture_bytes("JPEG", (6000, 3000))).size) <= MAX_SIDE


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("foto.jpg", b"MZ\x90\x00" + b"\x00" * 500, "geen afbeelding"),
        ("tekening.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "geen afbeelding"),
        ("plaatje.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "geen afbeelding"),
        ("foto.gif", b"GIF89a" + b"\x00" * 100, "geen afbeelding"),
        ("leeg.png", b"", "geen afbeelding"),
        ("foto.jpg", picture_bytes("PNG"), "eindigt op .jpg, maar de inhoud is een PNG"),
        ("foto.php", picture_bytes("PNG"), "eindigt op .php"),
        ("foto", picture_bytes("PNG"), "de inhoud is een PNG"),
        ("half.jpg", picture_bytes("JPEG")[:-600], "beschadigd of niet compleet"),
        ("half.png", picture_bytes("PNG")[:-600], "beschadigd of niet compleet"),
        ("half.webp", picture_bytes("WEBP")[:100], "beschadigd of niet compleet"),
        ("kop.webp", b"RIFF\x10\x00\x00\x00WEBPXXXX" + b"\x00" * 40, "beschadigd of niet compleet"),
        ("kop.avif", b"\x00\x00\x00\x20ftypavif" + b"\x00" * 80, "beschadigd of niet compleet"),
    ],
)  # fmt: skip
def test_what_is_not_a_whole_image_is_refused_with_a_sentence(name: str, content: bytes, said: str) -> None:
    sentence = refusal(name, content)
    assert said in sentence
    assert sentence.endswith(".")


def test_a_moving_image_is_refused() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert "Bewegende" in refusal("a.webp", out.getvalue())


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(UploadRefused, match="100 MB. Een afbeelding mag hoogstens 10 MB zijn"):
        clean_image(io.BytesIO(b"\xff\xd8\xff"), "a.jpg", 100 * 1024 * 1024)


def test_too_many_pixels_are_refused_in_each_kind() -> None:
    assert "20000 bij 20000" in refusal("bom.png", huge_png()) or "40 miljoen" in refusal(
        "bom.png", huge_png()
    )
    assert "40 miljoen" in refusal("net-te-groot.png", huge_png(7_000, 6_000))
    webp = bytearray(picture_bytes("WEBP", (64, 64), lossless=True))
    webp[21:25] = (16382 | 16382 << 14).to_bytes(4, "little")
    assert "16383 bij 16383" in refusal("bom.webp", bytes(webp))


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is read from /proc, which only Linux has"
)
def test_a_bomb_costs_less_than_two_seconds_and_200_megabytes(tmp_path: Path, project_root: Path) -> None:
    """In a process of its own, since memory is only counted whole."""
    (tmp_path / "bom.png").write_bytes(huge_png())
    script = f"""
import io, re, time
from django.conf import settings
settings.configure(USE_I18N=False)
from portal.media.inspection import UploadRefused, clean_image
content = open({str(tmp_path / "bom.png")!r}, "rb").read()
before = time.perf_counter()
try:
    clean_image(io.BytesIO(content), "bom.png", len(content))
except UploadRefused as refused:
    seconds = time.perf_counter() - before
    print(seconds, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=project_root, check=True
    )
    seconds, megabytes = (float(part) for part in done.stdout.split())
    assert seconds < 2
    assert megabytes < 200
