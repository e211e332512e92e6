"""What tests need beside Python, and what happens where it isn't there."""

from __future__ import annotations

import os
import shutil

import pytest


def missing(what: str, remedy: str, variable: str) -> None:
    """Skip, or fail where the environment says that this must not be skipped."""
    sentence = f"{what} ontbreekt: {remedy}"
    if os.environ.get(variable) == "1":
        pytest.fail(f"{sentence} ({variable}=1)")
    pytest.skip(sentence)


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
