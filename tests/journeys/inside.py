"""Python within a running portal of the journeys, for what they begin with and what no page tells."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from portal.operations.trial import TrialPortal, environment

# Ends by itself when nobody can tell it anything any more.
LISTEN = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections
for line in sys.stdin:
    said, error = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(line), {})
        except Exception:
            error = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue(), error]), flush=True)
"""


def told(portal: TrialPortal, code: str) -> str:
    """What `code` prints, run in a process with the settings and the data of `portal`. Raises what it raised."""
    process = _process(portal.data_dir, portal.url)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(code) + "\n")
    process.stdin.flush()
    said, error = json.loads(process.stdout.readline())
    assert not error, error
    return str(said).strip()


@functools.cache
def _process(data_dir: Path, url: str) -> subprocess.Popen[str]:
    """One for each portal: starting another for every few lines would take longer than all that they do."""
    return subprocess.Popen(
        [sys.executable, "-c", LISTEN],
        cwd=settings.BASE_DIR,
        env=environment(data_dir, url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
