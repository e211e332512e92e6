"""Documents that come in: content that matches the name, and nothing that swells or hides something."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from portal.media.documents import MAX_PARTS, check_document
from portal.media.inspection import UploadRefused
from tests.factories.media import archive, office_file, open_document, pdf_bytes, picture_bytes


def check(name: str, content: bytes) -> None:
    check_document(io.BytesIO(content), name, len(content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UploadRefused) as caught:
        check(name, content)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", pdf_bytes()),
        ("brief.docx", office_file("docx")),
        ("tabel.XLSX", office_file("xlsx")),
        ("dia.pptx", office_file("pptx", ppt__embeddings__tabel_dot_xlsx=office_file("xlsx"))),
        ("brief.odt", open_document()),
        ("lijst.csv", "naam;waarde\nvoorraad;−8\n".encode()),
        ("lijst.txt", "café".encode("cp1252")),
    ],
)
def test_a_document_that_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    check(name, content)


def test_a_real_workbook_is_taken() -> None:
    from openpyxl import Workbook

    out = io.BytesIO()
    workbook = Workbook()
    for number in range(3_000):
        workbook.active.append([number, "steeds dezelfde tekst", 0, 0, 0])
    workbook.save(out)
    check("lang.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("virus.exe", b"MZ", "Dit soort bestand kan niet"),
        ("rapport", pdf_bytes(), "Dit soort bestand kan niet"),
        ("rapport.docm", office_file(), "Dit soort bestand kan niet"),
        ("rapport.pdf", b"MZ\x90\x00", "eindigt op .pdf, maar de inhoud is iets anders"),
        ("rapport.pdf", pdf_bytes()[:-8], "beschadigd of niet compleet"),
        ("rapport.docx", pdf_bytes(), "eindigt op .docx"),
        ("rapport.docx", archive({"los.txt": b"x"}), "eindigt op .docx"),
        ("rapport.docx", office_file("xlsx"), "eindigt op .docx"),
        ("rapport.odt", open_document(b"application/vnd.oasis.opendocument.spreadsheet"), "eindigt op .odt"),
        ("rapport.odt", office_file(), "eindigt op .odt"),
        ("rapport.docx", office_file()[:-30], "beschadigd"),
        ("rapport.docx", office_file(word__vbaProject_dot_bin=b"x"), "macro's"),
        ("rapport.docx", office_file(word__media__a_dot_png=b"MZ\x90\x00"), "een programma"),
        ("rapport.docx", office_file(word__media__a_dot_zip=archive({"a": b"x"})), "ander gepakt bestand"),
        (
            "rapport.docx",
            office_file(word__embeddings__a_dot_zip=archive({"a": b"x"})),
            "ander gepakt bestand",
        ),
        (
            "rapport.docx",
            office_file(
                word__embeddings__a_dot_xlsx=office_file(
                    "xlsx", xl__embeddings__b_dot_xlsx=office_file("xlsx")
                )
            ),
            "ander gepakt bestand",
        ),
        ("lijst.csv", archive({"a": b"x"}), "geen gewone tekst"),
        ("lijst.txt", picture_bytes(), "geen gewone tekst"),
        ("lijst.csv", b"a\x00b", "geen gewone tekst"),
    ],
)
def test_what_is_something_else_is_refused_with_a_sentence(name: str, content: bytes, said: str) -> None:
    sentence = refusal(name, content)
    assert said in sentence
    assert sentence.endswith(".")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = office_file(word__media__a_dot_bin=bytes(150 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    started = time.perf_counter()
    assert "veel te groot" in refusal("bom.docx", bomb)
    assert time.perf_counter() - started < 2


def test_a_bomb_of_many_small_parts_is_refused() -> None:
    parts = {f"word/{number}.xml": b"" for number in range(MAX_PARTS + 1)}
    assert "veel te groot" in refusal(
        "bom.docx", archive({"[Content_Types].xml": b"", "word/document.xml": b"", **parts})
    )


def test_parts_that_share_their_bytes_are_refused() -> None:
    """A bomb whose table of contents names the same packed bytes again and again."""
    content = office_file(word__media__a_dot_bin=bytes(range(256)) * 4096)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        start = file.start_dir
        big = file.getinfo("word/media/a.bin")
    packed, directory = content[:start], content[start:]
    end = directory.rindex(b"PK\x05\x06")
    entry = directory[directory.index(b"PK\x01\x02", directory.index(b"word/document.xml")) : end]
    assert big.compress_size * 40 > len(content)
    many = directory[:end] + entry * 40
    count = (3 + 40).to_bytes(2, "little")
    tail = (
        b"PK\x05\x06"
        + bytes(4)
        + count * 2
        + len(many).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + bytes(2)
    )
    assert "veel te groot" in refusal("bom.docx", packed + many + tail)


def test_a_locked_file_is_refused() -> None:
    content = bytearray(office_file())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as file:
        start = file.start_dir
    content[6] |= 1
    content[start + 8] |= 1
    assert "zonder wachtwoord" in refusal("geheim.docx", bytes(content))


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(UploadRefused, match="100 MB. Een document mag hoogstens 20 MB zijn"):
        check_document(io.BytesIO(b""), "a.pdf", 100 * 1024 * 1024)
