"""Django's cache in files, in which `add` lets exactly one of many through: rate limits and locks stand on it."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class ExactFileCache(FileBasedCache):
    """Django's own looks and then writes, so two processes may both think that they were first."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if self.has_key(key, version):  # noqa: W601 - a method of caches, which forgets what is over too
            return False
        self._createdir()  # type: ignore[attr-defined] # Django's own, which has no types for its inside
        path = self._key_to_file(key, version)  # type: ignore[attr-defined]
        self._cull()  # type: ignore[attr-defined]
        descriptor, draft = tempfile.mkstemp(suffix=".add", dir=self._dir)  # type: ignore[attr-defined]
        try:
            with open(descriptor, "wb") as file:
                self._write_content(file, timeout, value)  # type: ignore[attr-defined]
            os.link(
                draft, path
            )  # fails where the name is there: also between machines that share the directory
            return True
        except FileExistsError:
            return False
        finally:
            os.unlink(draft)
