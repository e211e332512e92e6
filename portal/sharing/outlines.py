"""The drawn covers as points and colours, for a picture: reads the few SVG shapes that `portal.design.covers` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import atan2, ceil, cos, pi, sin, sqrt
from pathlib import Path

import portal.design
from portal.design.covers import Drawing

TOKENS = Path(portal.design.__file__).parent / "static" / "design" / "tokens.css"
ELEMENT = re.compile(r"<(rect|path|circle) ([^>]*)/>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
COMMAND = re.compile(r"([MLHVlhvaz])([^MLHVlhvaz]*)")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")

Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A shape in the cover's own coordinates. `tone` is fill-a, fill-b, fill-c, veil-a, veil-b, line-a or line-b."""

    tone: str
    points: list[Point]

    @property
    def is_line(self) -> bool:
        return self.tone.startswith("line")


@cache
def colours() -> dict[str, str]:
    """The light colours of the design system by name, from the one file that holds them."""
    light = TOKENS.read_text(encoding="utf-8").split("@media")[0]
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", light))


def outlines(drawing: Drawing) -> Iterator[Outline]:
    """Every shape of a cover, in the order in which it is drawn."""
    for kind, attributes in ELEMENT.findall(str(drawing.shapes)):
        found = dict(ATTRIBUTE.findall(attributes))
        tone = found["class"].removeprefix("cover__")
        if kind == "path":
            for points in path_points(found["d"]):
                yield Outline(tone, points)
        elif kind == "circle":
            yield Outline(tone, circle_points(float(found["cx"]), float(found["cy"]), float(found["r"])))
        else:
            x, y, width, height = (float(found.get(name, "0")) for name in ("x", "y", "width", "height"))
            yield Outline(tone, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def circle_points(x: float, y: float, r: float) -> list[Point]:
    steps = max(16, ceil(r * 2))
    return [(x + r * cos(2 * pi * n / steps), y + r * sin(2 * pi * n / steps)) for n in range(steps + 2)]


def path_points(d: str) -> Iterator[list[Point]]:
    """The points of each part of a path. Raises ValueError on a command that no cover uses."""
    if re.sub(r"[MLHVlhvaz\d\s.,+-]", "", d):
        raise ValueError(f"a path with other commands than the covers': {d!r}")
    points: list[Point] = []
    for command, raw in COMMAND.findall(d):
        numbers = [float(number) for number in NUMBER.findall(raw)]
        if command == "M":
            if points:
                yield points
            points = [(numbers[0], numbers[1])]
        elif command == "z":
            points.append(points[0])
        elif command == "a":
            points += arc_points(points[-1], numbers)
        else:
            points += line_points(points[-1], command, numbers)
    if points:
        yield points


def line_points(start: Point, command: str, numbers: list[float]) -> list[Point]:
    found, (x, y) = [], start
    pairs = numbers if command in "HVhv" else list(zip(numbers[::2], numbers[1::2], strict=True))
    for step in pairs:
        if isinstance(step, tuple):
            x, y = (x + step[0], y + step[1]) if command == "l" else step
        elif command in "Hh":
            x = x + step if command == "h" else step
        else:
            y = y + step if command == "v" else step
        found.append((x, y))
    return found


def arc_points(start: Point, numbers: list[float]) -> list[Point]:
    """The short arc of a circle: radius twice, turn, large, sweep, and the way to its end."""
    radius, sweep, dx, dy = numbers[0], numbers[4], numbers[5], numbers[6]
    length = sqrt(dx * dx + dy * dy)
    height = sqrt(max(0.0, radius * radius - length * length / 4)) * (1 if sweep else -1)
    middle = (start[0] + dx / 2 - height * dy / length, start[1] + dy / 2 + height * dx / length)
    first = atan2(start[1] - middle[1], start[0] - middle[0])
    last = atan2(start[1] + dy - middle[1], start[0] + dx - middle[0])
    turn = (last - first) % (2 * pi) if sweep else -((first - last) % (2 * pi))
    return [
        (middle[0] + radius * cos(first + turn * n / 12), middle[1] + radius * sin(first + turn * n / 12))
        for n in range(1, 13)
    ]
