"""Images as they come in: what a file really is, whether it is safe to open, and the same picture without its past.

A file's name and the type a browser states are claims. Here the bytes decide: the header gives format and dimensions
before a single pixel is decoded, so that a decompression bomb costs nothing. What passes is decoded and written anew, so
that nothing but the picture is left: no place, camera, thumbnail, comment or text behind the end of the file.
"""

from __future__ import annotations

import io
import struct
import threading
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_IMAGE_BYTES: Final = 10 * 1024 * 1024
MAX_IMAGE_PIXELS: Final = 40_000_000
#: The longest side that is kept; far more than the widest rendition needs.
MAX_SIDE: Final = 4096

#: Pillow's name of a format, and the extensions that may stand behind a file of it.
FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
}
CONTENT_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif"}
SAVE_OPTIONS: Final[dict[str, dict[str, int | bool]]] = {
    "JPEG": {"quality": 90, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 88, "method": 3},
    "AVIF": {"quality": 80, "speed": 8},
}


# A large picture takes a lot of memory: a process has room for one at a time, however many are sent.
_one_at_a_time = threading.Lock()


class UploadRefused(Exception):
    """A file that is not taken; the message says why in a sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A picture written anew: its bytes, what it is, and its size in pixels (turned as it should be seen)."""

    content: bytes
    content_type: str
    width: int
    height: int


def clean_image(file: BinaryIO, name: str, size: int) -> CleanImage:
    """Check the image in `file` (called `name`, `size` bytes) and return it without metadata. Raises UploadRefused."""
    if size > MAX_IMAGE_BYTES:
        raise UploadRefused(
            _("Dit bestand is %(size)s MB. Een afbeelding mag hoogstens %(limit)s MB zijn.")
            % {"size": round(size / 1024 / 1024), "limit": MAX_IMAGE_BYTES // 1024 // 1024}
        )
    file.seek(0)
    head = file.read(64)
    kind = image_format(head)
    if kind is None:
        raise UploadRefused(_("Dit bestand is geen afbeelding. Kies een JPEG, PNG, WebP of AVIF."))
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in FORMATS[kind]:
        raise UploadRefused(
            _(
                "De naam eindigt op .%(extension)s, maar de inhoud is een %(kind)s. Sla het bestand opnieuw op."
            )
            % {"extension": extension, "kind": kind}
        )
    if kind == "WEBP":
        # Pillow reserves a whole canvas when it opens a WebP, so its size is read first.
        refuse_too_many_pixels(*webp_size(head))
    with _one_at_a_time:
        return rewrite(file, kind)


def image_format(head: bytes) -> str | None:
    """The format that the first bytes of a file show, as Pillow calls it; None for anything that isn't taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"mif1") and b"avif" in head[8:48]:
        return "AVIF"
    return None


def webp_size(head: bytes) -> tuple[int, int]:
    """Width and height from the first 64 bytes of a WebP file (RFC 9649). Raises UploadRefused on a damaged header."""
    chunk = head[12:16]
    try:
        if chunk == b"VP8X":
            return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
        if chunk == b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        if chunk == b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
    except struct.error:
        pass
    raise damaged()


def refuse_too_many_pixels(width: int, height: int) -> None:
    if width * height > MAX_IMAGE_PIXELS:
        raise UploadRefused(
            _(
                "Deze afbeelding is %(width)s bij %(height)s beeldpunten, meer dan %(limit)s miljoen. Maak haar kleiner."
            )
            % {"width": width, "height": height, "limit": MAX_IMAGE_PIXELS // 1_000_000}
        )


def rewrite(file: BinaryIO, kind: str) -> CleanImage:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels before it refuses; ours is the lower limit and the clearer sentence.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=[kind])
        refuse_too_many_pixels(*image.size)
        # A phone's JPEG may carry a second, smaller picture; only the first is kept.
        if kind != "JPEG" and getattr(image, "n_frames", 1) > 1:
            raise UploadRefused(_("Bewegende afbeeldingen kunnen niet. Kies een stilstaand beeld."))
        # Smaller first and turned then, in place, so that a large photo is in memory once. (JPEG is even read at half
        # or a quarter of its size where that is enough.)
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        return write(image, kind)
    except UploadRefused:
        raise
    except Image.DecompressionBombError:
        raise UploadRefused(
            _("Deze afbeelding heeft meer dan %(limit)s miljoen beeldpunten. Maak haar kleiner.")
            % {"limit": MAX_IMAGE_PIXELS // 1_000_000}
        ) from None
    except Exception as error:
        # Each decoder fails in its own way (OSError, SyntaxError, struct.error, …); to the sender it is one thing.
        raise damaged() from error


def in_size(clean: CleanImage, side: int) -> CleanImage:
    """The same picture as WebP, its longest side at most `side` pixels."""
    opened = Image.open(io.BytesIO(clean.content))
    # Pixels that are numbers of a palette can't be mixed, which is what making smaller does.
    image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    image.info.pop("transparency", None)
    return write(image, "WEBP")


def write(image: Image.Image, kind: str) -> CleanImage:
    """The pixels of `image` and its colour profile in a new file; nothing else of it."""
    profile = image.info.get("icc_profile")
    if kind == "JPEG" and image.mode not in ("L", "RGB"):
        # The profile describes the inks that are gone now.
        image, profile = image.convert("RGB"), None
    bare = Image.new(image.mode, image.size)
    if image.mode == "P" and (palette := image.getpalette("RGB")):
        bare.putpalette(palette)
    bare.paste(image)
    options: dict[str, object] = dict(SAVE_OPTIONS[kind])
    if profile:
        options["icc_profile"] = profile
    if "transparency" in image.info:
        options["transparency"] = image.info["transparency"]
    out = io.BytesIO()
    bare.save(out, format=kind, **options)
    return CleanImage(out.getvalue(), CONTENT_TYPES[kind], *bare.size)


def damaged() -> UploadRefused:
    return UploadRefused(
        _("Deze afbeelding is beschadigd of niet compleet. Sla haar opnieuw op en probeer het nog eens.")
    )
