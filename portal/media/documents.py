"""Documents as they come in: the content must be what the extension says, and must not be a bomb.

Office files are zip archives. Their table of contents is weighed before anything is unpacked, and of each part only the
first bytes are read, so a bomb costs nothing.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from portal.media.inspection import UploadRefused

MAX_DOCUMENT_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MAX_PARTS: Final = 5_000
#: Real office files pack 5 to 20 times, long tables up to 60; a bomb a thousand times.
MAX_RATIO: Final = 100
SMALL_BYTES: Final = 1024 * 1024

OFFICE_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OPEN_DOCUMENT_TYPES: Final = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
TEXT_EXTENSIONS: Final = ("csv", "txt")
EXTENSIONS: Final = ("pdf", *OFFICE_PARTS, *OPEN_DOCUMENT_TYPES, *TEXT_EXTENSIONS)

ARCHIVE_MARKS: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
)
PROGRAM_MARKS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
#: Where office programs keep a table behind a chart; such a part is an archive itself.
EMBEDDING_FOLDERS: Final = ("word/embeddings/", "xl/embeddings/", "ppt/embeddings/")
MACRO_PARTS: Final = ("vbaproject.bin", "vbadata.xml")


def check_document(file: BinaryIO, name: str, size: int) -> None:
    """Raise UploadRefused where the document in `file` (called `name`, `size` bytes) is not taken."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in EXTENSIONS:
        raise UploadRefused(
            _("Dit soort bestand kan niet. Kies uit: %(list)s.") % {"list": ", ".join(EXTENSIONS)}
        )
    if size > MAX_DOCUMENT_BYTES:
        raise UploadRefused(
            _("Dit bestand is %(size)s MB. Een document mag hoogstens %(limit)s MB zijn.")
            % {"size": round(size / 1024 / 1024), "limit": MAX_DOCUMENT_BYTES // 1024 // 1024}
        )
    file.seek(0)
    if extension == "pdf":
        check_pdf(file, size)
    elif extension in TEXT_EXTENSIONS:
        check_text(file)
    else:
        check_office(file, extension, size)
    file.seek(0)


def not_what_it_says(extension: str) -> UploadRefused:
    return UploadRefused(
        _("De naam eindigt op .%(extension)s, maar de inhoud is iets anders. Sla het bestand opnieuw op.")
        % {"extension": extension}
    )


def check_pdf(file: BinaryIO, size: int) -> None:
    if file.read(5) != b"%PDF-":
        raise not_what_it_says("pdf")
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise UploadRefused(
            _("Deze PDF is beschadigd of niet compleet. Sla haar opnieuw op en probeer het nog eens.")
        )


def check_text(file: BinaryIO) -> None:
    content = file.read()
    if b"\x00" in content or content.startswith(
        (*ARCHIVE_MARKS, *PROGRAM_MARKS, b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")
    ):
        raise UploadRefused(
            _("Dit bestand is geen gewone tekst. Sla het op als tekst (UTF-8) en probeer het nog eens.")
        )


def check_office(file: BinaryIO, extension: str, size: int) -> None:
    if file.read(4) != b"PK\x03\x04":
        raise not_what_it_says(extension)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            weigh(archive, size)
            if extension in OFFICE_PARTS:
                check_office_parts(archive, extension)
            else:
                check_open_document(archive, extension)
            check_parts(archive)
    except UploadRefused:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise UploadRefused(
            _("Dit bestand is beschadigd of vergrendeld. Sla het opnieuw op, zonder wachtwoord.")
        ) from error


def weigh(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse an archive that would grow too large, by its table of contents alone."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    overlapping = packed > size
    swollen = any(
        part.file_size > SMALL_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or overlapping or swollen:
        raise UploadRefused(
            _("Dit bestand wordt bij het uitpakken veel te groot, en wordt daarom niet geopend.")
        )


def check_office_parts(archive: zipfile.ZipFile, extension: str) -> None:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or OFFICE_PARTS[extension] not in names:
        raise not_what_it_says(extension)


def check_open_document(archive: zipfile.ZipFile, extension: str) -> None:
    names = set(archive.namelist())
    if "mimetype" not in names or "content.xml" not in names:
        raise not_what_it_says(extension)
    with archive.open("mimetype") as part:
        if part.read(100).strip() != OPEN_DOCUMENT_TYPES[extension]:
            raise not_what_it_says(extension)


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse macros, programs, and archives within the archive (but for the tables that office programs embed)."""
    for part in archive.infolist():
        name = part.filename.lower()
        if name.rsplit("/", 1)[-1] in MACRO_PARTS or name.startswith("basic/"):
            raise UploadRefused(_("Dit bestand bevat macro's. Sla het op zonder macro's."))
        if part.is_dir():
            continue
        with archive.open(part) as content:
            head = content.read(8)
        if head.startswith(PROGRAM_MARKS):
            raise UploadRefused(
                _("In dit bestand zit een programma. Haal het eruit en probeer het nog eens.")
            )
        if head.startswith(ARCHIVE_MARKS):
            check_embedded(archive, part)


def check_embedded(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """An archive within: only an office table where office programs put it, and nothing deeper."""
    name = part.filename.lower()
    refused = UploadRefused(
        _("In dit bestand zit een ander gepakt bestand. Haal het eruit en probeer het nog eens.")
    )
    if not name.startswith(EMBEDDING_FOLDERS) or not name.endswith(
        tuple(f".{known}" for known in OFFICE_PARTS)
    ):
        raise refused
    with archive.open(part) as content, zipfile.ZipFile(content) as inner:
        weigh(inner, part.file_size)
        for inner_part in inner.infolist():
            if inner_part.is_dir():
                continue
            with inner.open(inner_part) as inner_content:
                if inner_content.read(8).startswith((*ARCHIVE_MARKS, *PROGRAM_MARKS)):
                    raise refused
