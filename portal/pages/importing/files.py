"""Content files: a YAML head and Markdown below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from portal.pages.importing.fields import Fields
from portal.pages.importing.problems import Problem

HEAD = re.compile(r"\A---[ \t]*\n(?P<head>.*?\n)---[ \t]*\n?(?P<body>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the Markdown below a `##` heading; both lines count from 1 in the file."""

    heading: str
    text: str
    #: the line of the heading, and that on which the text begins
    line: int
    text_line: int


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file that could be read: its head as fields, and its Markdown with the line where that begins."""

    name: str
    raw: str
    head: Fields
    body: str
    body_line: int

    def sections(self) -> dict[str, Section]:
        """The Markdown by its `##` headings, in order; text above the first stands under the empty heading."""
        found: dict[str, Section] = {}
        heading, start = "", self.body_line
        lines: list[str] = []
        for offset, line in enumerate(self.body.split("\n")):
            if line.startswith("## "):
                self._add(found, heading, lines, start)
                heading, start, lines = line[3:].strip(), self.body_line + offset, []
            else:
                lines.append(line)
        self._add(found, heading, lines, start)
        return found

    def _add(self, found: dict[str, Section], heading: str, lines: list[str], line: int) -> None:
        text = "\n".join(lines).strip()
        if heading in found:
            message = f"de kop '{heading}' staat er twee keer."
            self.head.problems.append(Problem(self.name, line, "tekst", message))
        if heading or text:
            blank = next((number for number, one in enumerate(lines) if one.strip()), 0)
            found[heading] = Section(heading, text, line, line + bool(heading) + blank)


def read_file(name: str, raw: str, problems: list[Problem]) -> ContentFile | None:
    """The file as head and body, or None with a problem where it can't be read at all."""
    raw = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    match = HEAD.match(raw)
    if not match:
        problems.append(
            Problem(name, 1, "kop", "ontbreekt: de eerste regel is '---', en zo sluit de kop ook.")
        )
        return None
    try:
        # The head starts on line 2, after the first '---'.
        node: Any = yaml.compose("\n" + match["head"], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        message = "is geen leesbare YAML; let op inspringing, dubbele punten en aanhalingstekens."
        problems.append(Problem(name, _line_of(error, match["head"]), "kop", message))
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(name, 2, "kop", "heeft geen velden."))
        return None
    body_line = raw[: match.start("body")].count("\n") + 1
    return ContentFile(name, raw, Fields(name, node, problems), match["body"], body_line)


def _line_of(error: Exception, head: str) -> int:
    """The line in the file where reading the head stopped; the head's own beginning where that isn't told."""
    if (
        isinstance(error, yaml.MarkedYAMLError)
        and error.context_mark
        and "quoted scalar" in (error.context or "")
    ):
        # An open quotation mark: where it stands, and not the end of all that it swallowed.
        return int(error.context_mark.line) + 1
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return int(error.problem_mark.line) + 1
    if isinstance(error, yaml.reader.ReaderError):
        return head[: error.position - 1].count("\n") + 2
    return 2
