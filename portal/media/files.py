"""Files as members send them: what is taken, under which name, and as what it is given again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from portal.media.documents import EXTENSIONS, check_document
from portal.media.inspection import FORMATS, UploadRefused, clean_image

IMAGES: Final = {name: f"image/{kind.lower()}" for kind, names in FORMATS.items() for name in names}
TYPES: Final = {"pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain", **IMAGES}
ANY_TYPE: Final = "application/octet-stream"
MOST_NAME: Final = 120
#: For the file chooser of a form; what is taken is looked at when it comes.
ACCEPTED: Final = ",".join(f".{each}" for each in (*EXTENSIONS, *IMAGES))


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept. `name` is shown, and given along when somebody takes the file."""

    name: str
    extension: str
    content_type: str
    content: bytes


def check_file(upload: UploadedFile[Any]) -> CheckedFile:
    """A document, or a picture without its past; the content must be what the name says. Raises UploadRefused."""
    name = plain_name(upload.name or "")
    extension = name.rpartition(".")[2].lower()
    file, size = cast("BinaryIO", upload.file), upload.size or 0
    if extension in IMAGES:
        content = clean_image(file, name, size).content
    elif extension in EXTENSIONS:
        check_document(file, name, size)
        file.seek(0)
        content = file.read()
    else:
        kinds = ", ".join([*EXTENSIONS, *IMAGES])
        raise UploadRefused(_("Dit soort bestand kan niet. Kies uit: %(list)s.") % {"list": kinds})
    return CheckedFile(name, extension, TYPES.get(extension, ANY_TYPE), content)


def plain_name(name: str) -> str:
    """No folders, no signs that mean something."""
    found = "".join(sign for sign in PurePosixPath(name.replace("\\", "/")).name if sign.isprintable())
    stem, dot, extension = found.rpartition(".")
    return f"{stem[: MOST_NAME - len(extension) - 1]}{dot}{extension[:10]}".strip() or "bestand"
