"""The one tag library of the design system; `{% load design %}` offers all of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, is_dataclass
from functools import lru_cache, wraps
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = Library()

Half = Callable[..., dict[str, Any]]


def component(name: str, *, remembered: int = 0) -> Callable[[Half], Any]:
    """Register a function as tag `name`, drawn by `design/<name>.html`. Wrong or missing arguments raise.

    A component that is drawn often from the same values is `remembered`: each process keeps that many of its drawings,
    by all the values that went into them. Nothing else can show in it, since a component sees its arguments alone.
    """
    if not remembered:
        return register.inclusion_tag(f"design/{name}.html", name=name)

    def register_remembered(half: Half) -> Half:
        @lru_cache(maxsize=remembered)
        def draw(call: _Call) -> str:
            return render_component(name, half(*call.arguments, **call.named))

        @wraps(half)
        def tag(*arguments: Any, **named: Any) -> str:
            return draw(_Call((get_language(), by_value(arguments), by_value(named)), arguments, named))

        register.simple_tag(tag, name=name)
        return half

    return register_remembered


@dataclass(frozen=True, slots=True)
class _Call:
    """The arguments of a component, compared by their values."""

    key: Hashable
    arguments: tuple[Any, ...] = field(compare=False)
    named: dict[str, Any] = field(compare=False)


def by_value(value: Any) -> Hashable:
    """Something hashable that is equal for equal values: of shapes, of lists and mappings of them, of literals.

    A marked-safe text differs from the same text without the mark, which is escaped.
    """
    if is_dataclass(value):
        return (type(value), *(by_value(getattr(value, name)) for name in value.__dataclass_fields__))
    if isinstance(value, list | tuple):
        return tuple([by_value(item) for item in value])
    if isinstance(value, dict):
        return tuple([(key, by_value(item)) for key, item in value.items()])
    return (type(value), value) if hasattr(value, "__html__") or not isinstance(value, str) else value


def render_component(name: str, context: dict[str, Any]) -> str:
    """Draw a component from Python, for block tags and for rooms that build markup outside templates."""
    return render_to_string(f"design/{name}.html", context)


def require_shape(value: object, shape: type | tuple[type, ...], what: str) -> None:
    """Raise TypeError when `value` isn't a `shape`."""
    if not isinstance(value, shape):
        raise TypeError(f"{what} wants {shape}, not {type(value).__name__}")


def require_shapes(values: Any, shape: type | tuple[type, ...], what: str) -> list[Any]:
    """`values` as a list, or TypeError when one of them isn't a `shape` (a missing variable is an empty string)."""
    if isinstance(values, str | bytes):
        raise TypeError(f"{what} wants a list of {shape}, not text")
    found = list(values)
    for value in found:
        require_shape(value, shape, what)
    return found
