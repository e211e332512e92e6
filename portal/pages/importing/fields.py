"""The head of a content file, field by field; every problem is told with file, line and field."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import yaml

from portal.pages.importing.problems import Problem

T = TypeVar("T")

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
LARGEST = Decimal(10) ** 10
MOST_DECIMALS = 3
EARLIEST, LATEST = 1800, 2100  # years


@dataclass
class Fields:
    """A mapping in a file's head, read field by field; what is wrong goes to `problems` and reading goes on."""

    file: str
    node: yaml.MappingNode
    problems: list[Problem]
    prefix: str = ""
    asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in self.node.value:
            if str(key.value) in self._nodes:
                self._problem(str(key.value), key, "staat er twee keer.")
            self._nodes[str(key.value)] = value

    # --- where a problem is ---

    def line_of(self, name: str) -> int:
        node = self._nodes.get(name, self.node)
        return int(node.start_mark.line) + 1

    def problem(self, name: str, message: str) -> None:
        self.problems.append(Problem(self.file, self.line_of(name), self.prefix + name, message))

    def _problem(self, name: str, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.file, int(node.start_mark.line) + 1, self.prefix + name, message))

    # --- reading ---

    def _node(self, name: str) -> yaml.Node | None:
        self.asked.add(name)
        return self._nodes.get(name)

    def _scalar(self, name: str) -> str:
        node = self._node(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"):
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(name, "moet één waarde zijn.")
            return ""
        return str(node.value).strip()

    def filled(self, name: str) -> bool:
        """Whether something stands there, right or wrong."""
        node = self._nodes.get(name)
        return node is not None and not (isinstance(node, yaml.ScalarNode) and not self._scalar(name))

    def text(self, name: str, *, required: bool = False, max_length: int | None = None) -> str:
        value = re.sub(r"\s+", " ", self._scalar(name))
        if required and not value:
            self.problem(name, "ontbreekt.")
        if max_length is not None and len(value) > max_length:
            self.problem(name, f"is {len(value)} tekens lang; er passen er {max_length}.")
        return value

    def slug(self, name: str = "slug") -> str:
        value = self.text(name, required=True, max_length=200)
        if value and not SLUG.match(value):
            self.problem(name, "heeft alleen kleine letters, cijfers en streepjes.")
        return value

    def number(self, name: str, *, largest: Decimal = LARGEST) -> Decimal | None:
        raw = self._scalar(name)
        value = self._decimal(name, raw, largest) if raw else None
        if value is not None and value != round(value, MOST_DECIMALS):
            self.problem(name, f"'{raw}' heeft meer dan {MOST_DECIMALS} cijfers achter de komma.")
            return None
        return value

    def _decimal(self, name: str, raw: str, largest: Decimal) -> Decimal | None:
        try:
            value = Decimal(raw)
        except InvalidOperation:
            self.problem(name, f"'{raw}' is geen getal.")
            return None
        if not value.is_finite() or abs(value) >= largest:
            self.problem(name, f"'{raw}' is geen mogelijk getal.")
            return None
        return value

    def integer(self, name: str, *, minimum: int, maximum: int) -> int | None:
        value = self.number(name)
        if value is None:
            return None
        if value != value.to_integral_value() or not minimum <= value <= maximum:
            self.problem(name, f"moet een geheel getal van {minimum} tot en met {maximum} zijn.")
            return None
        return int(value)

    def date(self, name: str, *, required: bool = False) -> datetime.date | None:
        raw = self.text(name, required=required)
        if not raw:
            return None
        try:
            return datetime.date.fromisoformat(raw)
        except ValueError:
            self.problem(name, f"'{raw}' is geen datum als 2026-11-22.")
            return None

    def choice(self, name: str, choices: Collection[str], *, default: str | None = None) -> str:
        value = self.text(name, required=default is None) or default or ""
        if value and value not in choices:
            self.problem(name, f"'{value}' bestaat niet; kies uit {', '.join(sorted(choices))}.")
        return value

    def one(self, name: str, known: Mapping[str, T], *, required: bool = False) -> T | None:
        """The object that `known` has under the code in this field."""
        code = self.text(name, required=required)
        if not code:
            return None
        if code not in known:
            self.problem(name, f"'{code}' is onbekend.")
        return known.get(code)

    def texts(self, name: str) -> list[str]:
        node = self._node(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            self.problem(name, "moet een lijst zijn.")
            return []
        return [str(item.value).strip() for item in node.value]

    def many(self, name: str, known: Mapping[str, T], *, required: bool = False) -> list[T]:
        codes = self.texts(name)
        if required and not codes:
            self.problem(name, "ontbreekt.")
        for code in codes:
            if code not in known:
                self.problem(name, f"'{code}' is onbekend.")
        self.refuse_twice(name, codes)
        return [known[code] for code in codes if code in known]

    def refuse_twice(self, name: str, values: list[str]) -> None:
        for value, times in Counter(values).items():
            if times > 1:
                self.problem(name, f"'{value}' staat er {times} keer.")

    def numbers(self, name: str) -> list[Decimal | None]:
        """A list of numbers; null stands for "not said"."""
        return [
            None if raw in ("", "null", "~") else self._decimal(name, raw, LARGEST)
            for raw in self.texts(name)
        ]

    def child(self, name: str) -> Fields | None:
        node = self._node(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return None
        if not isinstance(node, yaml.MappingNode):
            self.problem(name, "moet velden hebben.")
            return None
        return Fields(self.file, node, self.problems, f"{self.prefix}{name}.")

    def children(self, name: str) -> list[Fields]:
        node = self._node(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(item, yaml.MappingNode) for item in node.value
        ):
            self.problem(name, "moet een lijst van velden zijn.")
            return []
        return [
            Fields(self.file, item, self.problems, f"{self.prefix}{name}[{position}].")
            for position, item in enumerate(node.value, start=1)
        ]

    def refuse_unknown(self) -> None:
        """A field that nobody asked for is a typing mistake, and would be lost silently."""
        for name in self._nodes:
            if name not in self.asked:
                self.problem(name, "is een onbekend veld.")


def read_period(fields: Fields) -> dict[str, Any]:
    """The mapping `period` (start, end, note) as `period_start`, `period_end` and `period_note`; empty is not said."""
    period = fields.child("period")
    if period is None:
        return {"period_start": None, "period_end": None, "period_note": ""}
    start = period.integer("start", minimum=EARLIEST, maximum=LATEST)
    end = period.integer("end", minimum=EARLIEST, maximum=LATEST)
    if start and end and end < start:
        period.problem("end", "ligt voor het begin.")
    found = {"period_start": start, "period_end": end, "period_note": period.text("note", max_length=120)}
    period.refuse_unknown()
    return found
