"""As much of JSON Schema as the API's description uses; an unknown keyword fails, so that nothing is passed over."""

from __future__ import annotations

import re
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip
KNOWN = {
    "type", "enum", "properties", "required", "additionalProperties", "items", "oneOf", "$ref", "minimum", "maximum",
    "maxItems", "maxLength", "pattern", "format", "description", "default",
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str = "$") -> list[str]:
    """What in `value` isn't as `schema` says; `document` holds what references point at."""
    assert set(schema) <= KNOWN, f"{where}: {set(schema) - KNOWN}"
    if "$ref" in schema:
        return problems(value, follow(schema["$ref"], document), document, where)
    if "oneOf" in schema:
        fits = [each for each in schema["oneOf"] if not problems(value, each, document, where)]
        return [] if len(fits) == 1 else [f"{where}: fits {len(fits)} of {len(schema['oneOf'])} schemas"]
    found = []
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        is_bool = isinstance(value, bool) and "boolean" not in names
        if is_bool or not isinstance(value, tuple(kind for name in names for kind in TYPES[name])):
            return [f"{where}: {value!r} is not {names}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is not one of {schema['enum']}")
    if "minimum" in schema and isinstance(value, int | float) and value < schema["minimum"]:
        found.append(f"{where}: {value!r} is too small")
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value!r} does not match")
    if isinstance(value, dict):
        found += object_problems(value, schema, document, where)
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            found += problems(item, schema["items"], document, f"{where}[{number}]")
    return found


def object_problems(
    value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], where: str
) -> list[str]:
    found = [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, item in value.items():
        if name in properties:
            found += problems(item, properties[name], document, f"{where}.{name}")
        elif others is False:
            found.append(f"{where}: {name} is not described")
        elif isinstance(others, dict):
            found += problems(item, others, document, f"{where}.{name}")
    return found


def follow(reference: str, document: dict[str, Any]) -> dict[str, Any]:
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    assert isinstance(found, dict)
    return found
