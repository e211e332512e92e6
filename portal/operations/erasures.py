"""Who was erased stays erased: the list goes beside every backup, and is followed after one was put back."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from portal.privacy import erasure_list
from portal.privacy.services import erase_again


def put_list_beside(archive: Path) -> None:
    """The newest list, in the folder of the backups: an older archive there needs it too."""
    erasure_list.add_to(archive.parent / erasure_list.NAME, erasure_list.bring_up_to_date())


def take_over_list(archive: Path) -> None:
    """What stands beside the archive besides what this place knows itself."""
    erasure_list.add_to(erasure_list.path(), erasure_list.read(archive.parent / erasure_list.NAME))


def follow_list() -> int:
    """Erase what an older backup brought back; how many accounts. Costs one question where there is nothing to do."""
    lines = erasure_list.read(erasure_list.path())
    return erase_again(lines, timezone.now()) if lines else 0
