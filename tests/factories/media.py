"""Files and images as people send them: made here, byte by byte, so that no test needs a foreign file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.accounts.models import User
from portal.media.models import MemberImage, PortalDocument, PortalImage
from portal.media.services import keep_image

GPS_MARK = b"52.3676 noord"


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    """A small picture with a gradient, so that it can be seen which way it is turned."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    out = io.BytesIO()
    image.save(out, format=kind, **options)
    return out.getvalue()


def photo_with_gps() -> bytes:
    """A JPEG of 40 by 20, stored lying and marked to be turned upright, with a place, a camera and a comment."""
    image = Image.new("RGB", (40, 20), "navy")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Cameramaker"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 22.0, 3.0), "E", (4.0, 54.0, 0.0)
    gps[27] = b"ASCII\x00\x00\x00" + GPS_MARK
    out = io.BytesIO()
    image.save(out, format="JPEG", exif=exif, comment=b"thuis, achtertuin")
    return out.getvalue()


def huge_png(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG whose pixels would take hundreds of megabytes: one bit each, all the same, so that the file is small."""
    rows = zlib.compressobj(9)
    line = b"\x00" + bytes((width + 7) // 8)
    data = b"".join([rows.compress(line * 100) for _ in range(height // 100)]) + rows.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def office_file(kind: str = "docx", **parts: bytes) -> bytes:
    """A bare office file; `parts` adds more, `__` in a name standing for a slash and `_dot_` for a dot."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}[kind]
    extra = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return archive({"[Content_Types].xml": b"<Types/>", main: b"<document/>", **extra})


def open_document(mimetype: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    return archive({"mimetype": mimetype, "content.xml": b"<office:document-content/>"})


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def pdf_bytes(text: str = "Slimmer werken") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Title ("
        + text.encode()
        + b") >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )


def upload(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def create_image(title: str = "Ploeg aan de lascel", **fields: Any) -> PortalImage:
    """An image without its sizes; the worker makes those."""
    fields.setdefault("alt_text", "Twee lassers bekijken een tekening")
    fields.setdefault("file", upload("lascel.png", picture_bytes(), "image/png"))
    image = PortalImage(title=title, **fields)
    image.save()
    return image


def create_document(title: str = "Stappenplan", **fields: Any) -> PortalDocument:
    fields.setdefault("file", upload("stappenplan.pdf", pdf_bytes(), "application/pdf"))
    document = PortalDocument(title=title, **fields)
    document.save()
    return document


def create_member_image(owner: User, purpose: str = "post", alt: str = "") -> MemberImage:
    """A small picture that `owner` sent, attached to nothing."""
    return keep_image(
        upload("foto.png", picture_bytes(size=(80, 60)), "image/png"), owner=owner, purpose=purpose, alt=alt
    )
