"""What a page weighs on the way to a phone, all compressed; and that nothing comes from elsewhere."""

from __future__ import annotations

import gzip
import json
import os
import re
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.journeys.pages import PUBLIC

KB = 1000
HTML, CSS, SCRIPT, FIRST_VIEW = 30 * KB, 20 * KB, 20 * KB, 100 * KB
LOADED = re.compile(
    r'<link[^>]*rel="(stylesheet|icon)"[^>]*href="([^"]+)"|<script[^>]*src="([^"]+)"|<img[^>]*src="([^"]+)"'
    r'|<use href="([^"#]+)'
)


def fetch(url: str) -> tuple[bytes, int]:
    """The text and its weight on the line."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        raw = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(raw) if packed else raw), len(raw)


@pytest.mark.parametrize(
    "name", [name for name, kind in PUBLIC.items() if kind.status == 200 and not kind.then]
)
def test_weight(portal: Any, name: str) -> None:
    base = portal.url + PUBLIC[name].address
    html, weight = fetch(base)
    parts = {"html": weight, "css": 0, "script": 0, "other": 0}
    for url in {urljoin(base, "".join(found[1:])) for found in LOADED.findall(html.decode())}:
        assert url.startswith(portal.url), f"{name} loads {url}"
        kind = "css" if url.endswith(".css") else "script" if url.endswith(".js") else "other"
        parts[kind] += fetch(url)[1]
    write_down(name, parts)
    assert parts["html"] <= HTML, parts
    assert parts["css"] <= CSS, parts
    assert parts["script"] <= SCRIPT, parts
    assert sum(parts.values()) <= FIRST_VIEW, parts


def write_down(name: str, parts: dict[str, int]) -> None:
    """For whoever wants the table: PORTAL_WEIGHTS names a file."""
    if target := os.environ.get("WEIGHTS_FILE"):
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"page": name, **parts}) + "\n")
