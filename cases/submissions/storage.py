"""Where proof lies: apart from what else members send, so that what sweeps up there never meets it."""

from __future__ import annotations

from django.core.files.storage import Storage, storages

PROOF_FILES = "proof_files"


def proof_files() -> Storage:
    return storages[PROOF_FILES]
