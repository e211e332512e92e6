"""The one tag library of the design system; `{% load design %}` offers all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template import Library
from django.template.loader import render_to_string

register = Library()


def component(name: str) -> Callable[[Callable[..., dict[str, Any]]], Any]:
    """Register a function as tag `name`, drawn by `design/<name>.html`. Wrong or missing arguments raise."""
    return register.inclusion_tag(f"design/{name}.html", name=name)


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
