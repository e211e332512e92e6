"""How frequent Dutch words and letter grams are: wordfreq's list, boiled down to one small file.

The list takes 60 MB and a second to read; the file 3 MB and nothing, since it is mapped into memory and shared by all
processes. It is made once, beside the index, by the first process that needs it.
"""

from __future__ import annotations

import math
import mmap
import os
import struct
import tempfile
from array import array
from bisect import bisect_left
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from search.dutch.fold import fold_letters
from search.dutch.grams import BUCKETS, gram_hashes
from search.dutch.words import STOP_WORDS, SUFFIXES

FORMAT = 3
_HEADER = struct.Struct("<8sII")
_MAGIC = b"NLWORDS\0"
_SHORTEST = 3


class Lexicon:
    """Frequencies by hash. `log_frequency` in natural log of occurrences in 10⁸ words."""

    def __init__(self, data: memoryview) -> None:
        magic, file_format, count = _HEADER.unpack_from(data)
        size = _HEADER.size + 8 * count + 4 * BUCKETS
        if magic != _MAGIC or file_format != FORMAT or len(data) != size:
            raise ValueError("not a word list of this version")
        start = _HEADER.size
        self._hashes = data[start : start + 4 * count].cast("I")
        self._logs = data[start + 4 * count : start + 8 * count].cast("f")
        self.gram_weights = data[start + 8 * count :].cast("f")  # 65,536 floats: rare grams weigh more

    def log_frequency(self, word: str) -> float | None:
        """None for a word that is not in the list. One in 14,000 strange words is taken for a known one."""
        key = crc32(word.encode())
        place = bisect_left(self._hashes, key)
        if place < len(self._hashes) and self._hashes[place] == key:
            return self._logs[place]
        return None

    def __contains__(self, word: str) -> bool:
        return self.log_frequency(word) is not None


def lexicon_version() -> str:
    return f"wordfreq-{version('wordfreq')}-{FORMAT}"


def load_lexicon(directory: Path | None) -> Lexicon:
    """The word list from this directory, made there where it is missing or damaged; None keeps it in memory."""
    if directory is None:
        return Lexicon(memoryview(_compile()))
    path = directory / f"{lexicon_version()}.bin"
    try:
        return Lexicon(_mapped(path))
    except (OSError, ValueError, struct.error):
        data = _compile()
        try:
            _write_atomically(path, data)
            return Lexicon(_mapped(path))
        except OSError:
            return Lexicon(memoryview(data))


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _write_atomically(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".words-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _compile() -> bytes:
    from wordfreq import get_frequency_dict  # heavy: only the process that makes the file pays

    frequencies: dict[str, float] = {}
    grams = array("d", bytes(8 * BUCKETS))
    for word, frequency in get_frequency_dict("nl", wordlist="large").items():
        folded = fold_letters(word)
        if not (folded.isalpha() and folded.isascii()) or folded in STOP_WORDS:
            continue
        for gram in set(gram_hashes(folded)):
            grams[gram] += frequency
        if len(folded) >= _SHORTEST and folded not in SUFFIXES:
            frequencies[folded] = frequencies.get(folded, 0.0) + frequency
    pairs = sorted(
        {crc32(word.encode()): math.log(share * 1e8) for word, share in frequencies.items()}.items()
    )
    hashes = array("I", [key for key, _ in pairs])
    logs = array("f", [value for _, value in pairs])
    weights = array("f", [_gram_weight(share) for share in grams])
    return _HEADER.pack(_MAGIC, FORMAT, len(pairs)) + hashes.tobytes() + logs.tobytes() + weights.tobytes()


def _gram_weight(share: float) -> float:
    """Surprise at finding the gram in a text of some sixty words."""
    return math.log(1.0 / (1.0 - math.exp(-60.0 * share) + 1e-4))
