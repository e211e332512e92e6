"""`make load`: thirty members at once in a portal of full size, as one JSON document on standard output.

    python -m benchmarks.load [--minutes 5] [--users 30] [--data DIRECTORY] [--posts 200000 …]

A portal is made in a temporary directory and filled with a fictional crowd (`manage.py load_crowd`); on SQLite, or in
the empty database of DATABASE_URL. With --data it is kept and used again. Then members read and write over HTTP, each
from an address of their own on loopback. Exit code 0 where the promise is kept, else 1. Needs Linux for those addresses
and for the CPU time of the server; figures of a machine that does other work besides say little, so its load is told.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.visitors import THINK, WRITES, Answered, Visitor  # noqa: E402 - after the path

MOST_READ, MOST_WRITTEN = 500.0, 1000.0  # milliseconds, at the 95th percentile
SIZES = ("members", "topics", "questions", "posts", "ecosystems")
DUTCH = {
    "members": "leden",
    "topics": "onderwerpen",
    "questions": "vragen",
    "posts": "berichten",
    "ecosystems": "ecosystemen",
}
KEYS = "menigte.json"  # sessions of who is signed in


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def fill(directory: Path, database: dict[str, str], options: argparse.Namespace) -> float:
    """A portal with its content and its crowd; the seconds that the crowd took."""
    from portal.operations.trial import environment

    variables = {**environment(directory, "http://127.0.0.1:8000"), **database}
    sizes = [
        word
        for name in SIZES
        if (size := getattr(options, name)) is not None
        for word in (f"--{DUTCH[name]}", str(size))
    ]

    def manage(*words: str) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        subprocess.run(command, env=variables, check=True, stdout=sys.stderr)

    manage("prepare")
    started = time.monotonic()
    manage("load_crowd", "--ingelogd", str(options.users), "--naar", str(directory / KEYS), *sizes)
    manage("search_rebuild")
    return time.monotonic() - started


def cpu_seconds(directory: Path) -> float | None:
    """Of all processes of the portal on `directory`, so far; None where the system doesn't tell."""
    mark, ticks, found = f"PORTAL_DATA_DIR={directory}".encode(), 0, False
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (process / "environ").read_bytes().split(b"\0"):
                fields = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
                found = True
    return ticks / os.sysconf("SC_CLK_TCK") if found else None


def percentile(sorted_times: Sequence[float], share: float) -> float:
    return round(sorted_times[max(math.ceil(share * len(sorted_times)) - 1, 0)], 1)


def summary(rows: Sequence[Answered]) -> dict[str, float | int]:
    times = sorted(each.milliseconds for each in rows)
    if not times:
        return {"requests": 0}
    return {
        "requests": len(times),
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
        "max_ms": round(times[-1], 1),
    }


def by_kind(rows: Sequence[Answered]) -> dict[str, dict[str, float | int]]:
    kinds = sorted({each.kind for each in rows})
    return {kind: summary([each for each in rows if each.kind == kind]) for kind in kinds}


def let_them_in(url: str, keys: dict[str, Any], users: int, seconds: float) -> list[Answered]:
    """All users at once for so long; their answers."""
    answers: list[Answered] = []
    stopped = threading.Event()
    until = time.monotonic() + seconds
    visitors = [
        Visitor(url, session, number, keys["longest"], answers.append)
        for number, session in enumerate(keys["sessions"][:users])
    ]
    threads = [
        threading.Thread(target=each.visit, args=(until, stopped.is_set), daemon=True) for each in visitors
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        stopped.set()
    return answers


def judged(answers: Sequence[Answered]) -> dict[str, Any]:
    """The figures beside the promise."""
    reads = [each for each in answers if not each.is_write]
    writes = [each for each in answers if each.is_write]
    wrong = Counter(each.wrong for each in answers if each.wrong)
    read, written = summary(reads), summary(writes)
    is_kept = bool(
        reads and writes and not wrong and read["p95_ms"] <= MOST_READ and written["p95_ms"] <= MOST_WRITTEN
    )
    return {
        "kept": is_kept,
        "promise": {"read_p95_ms": MOST_READ, "write_p95_ms": MOST_WRITTEN, "errors": 0},
        "reads": read,
        "writes": written,
        "errors": sum(wrong.values()),
        "errors_by_kind": dict(wrong.most_common(20)),
        "reads_by_kind": by_kind(reads),
        "writes_by_kind": by_kind(writes),
    }


def measure(directory: Path, options: argparse.Namespace) -> dict[str, Any]:
    from portal.operations.trial import trial_portal

    url = os.environ.get("DATABASE_URL", "")
    database = {"DATABASE_URL": url} if url else {}
    filled = None if (directory / KEYS).exists() else fill(directory, database, options)
    keys = json.loads((directory / KEYS).read_text(encoding="utf-8"))
    with trial_portal(directory, **database) as portal:
        say(f"{options.users} leden lezen en schrijven, {options.minutes} minuten.")
        before, begun = os.getloadavg(), cpu_seconds(directory)
        answers = let_them_in(portal.url, keys, options.users, options.minutes * 60)
        after, ended = os.getloadavg(), cpu_seconds(directory)
    spent = round(ended - begun, 1) if begun is not None and ended is not None else None
    return {
        "database": urlsplit(url).scheme or "sqlite",
        "cores": os.cpu_count(),
        "load_before": [round(each, 1) for each in before],
        "load_after": [round(each, 1) for each in after],
        "users": options.users,
        "minutes": options.minutes,
        "think_seconds": THINK,
        "share_of_writes": WRITES,
        "fill_seconds": round(filled, 1) if filled is not None else None,
        "server_cpu_seconds": spent,
        "server_cpu_ms_per_request": round(spent * 1000 / len(answers), 1) if spent and answers else None,
        **judged(answers),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--users", type=int, default=30)
    parser.add_argument(
        "--data", type=Path, help="a directory to keep the filled portal in, and to use it again"
    )
    for name in SIZES:
        parser.add_argument(f"--{name}", type=int)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-load-") as throw_away:
        directory = (options.data or Path(throw_away)).resolve()
        directory.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
        os.environ["PORTAL_DATA_DIR"] = str(directory)
        report = measure(directory, options)
    print(json.dumps(report, indent=2, ensure_ascii=False))
    sys.exit(0 if report["kept"] else 1)


if __name__ == "__main__":
    main()
