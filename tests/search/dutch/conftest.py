from __future__ import annotations

from pathlib import Path

import pytest

from search.dutch.analyser import Analyser
from search.dutch.lexicon import load_lexicon


@pytest.fixture(scope="session")
def analyser(word_list: Path) -> Analyser:
    return Analyser(load_lexicon(word_list.parent))
