"""The command `import_cases`."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.pages import Portal
from tests.portal.pages.importing.conftest import Dump
from tests.portal.pages.importing.files import PAGE, case_called


def test_cases_by_command(portal: Portal, tmp_path: Any) -> None:
    (tmp_path / "a.md").write_text(case_called("a"), encoding="utf-8")
    (tmp_path / "b.md").write_text(case_called("b"), encoding="utf-8")
    out = StringIO()
    call_command("import_cases", str(tmp_path), stdout=out)
    assert (
        out.getvalue()
        == "2 nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 door een redacteur gewijzigd en zo gelaten\n"
    )
    call_command("import_cases", str(tmp_path / "a.md"), str(tmp_path / "b.md"), stdout=out)
    assert out.getvalue().endswith(
        "0 nieuw, 0 bijgewerkt, 2 ongewijzigd, 0 door een redacteur gewijzigd en zo gelaten\n"
    )


def test_the_command_tells_every_problem_on_a_line_and_changes_nothing(
    portal: Portal, tmp_path: Any, dump: Callable[[], Dump]
) -> None:
    (tmp_path / "a.md").write_text(case_called("a", ("change: -8", "change: x")), encoding="utf-8")
    (tmp_path / "b.md").write_text(PAGE, encoding="utf-8")
    before = dump()
    with pytest.raises(CommandError) as failed:
        call_command("import_cases", str(tmp_path))
    assert str(failed.value).split("\n") == [
        "Er is niets gewijzigd.",
        "a.md, regel 21, measurements[1].change: 'x' is geen getal.",
        "b.md, regel 2, type: 'page' kan hier niet; kies uit case.",
    ]
    assert failed.value.returncode == 1
    assert dump() == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("leeg", None, "bevat geen bestanden die op .md eindigen"),
        ("nergens.md", None, "bestaat niet"),
        ("a.md", b"---\ntitle: caf\xe9\n", "a.md, regel 2, bestand: is geen tekst in UTF-8."),
    ],
)
def test_the_command_tells_what_it_cannot_read(
    portal: Portal, tmp_path: Any, name: str, content: bytes | None, told: str
) -> None:
    (tmp_path / "leeg").mkdir()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=told):
        call_command("import_cases", str(tmp_path / name))
