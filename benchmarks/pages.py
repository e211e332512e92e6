"""CPU time of an anonymous visitor's request, as JSON, beside its budget.

    python benchmarks/pages.py [--runs 30]

A portal with the real content is made in a temporary directory. Each address is asked through the whole stack of
middlewares; an uncached request has a parameter with which pages are never stored. `after_publishing_ms` is the first
request after something was published, when menu and labels are read again too; no budget holds for it. Time is that of
the process, so that other work on the machine counts little; the middle one of the runs is told, and the slowest.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# Milliseconds: a half of what Wagtail's own demo site needs for its like.
UNCACHED = {
    "/": ("front page", 32),
    "/praktijkvoorbeelden/": ("list", 20),
    "/praktijkvoorbeelden/thema/": ("list", 20),
    "/praktijkvoorbeelden/doel/minder-voorraad/": ("list", 20),
    "/kennis/": ("list", 20),
    "/cijfers/": ("list", 20),
    "/praktijkvoorbeelden/almi-machinefabriek/": ("detail", 12),
    "/kennis/schijf-van-vijf/": ("detail", 12),
    "/cijfers/groei-slimmer-werken/": ("detail", 12),
    "/over/": ("detail", 12),
    "/zoeken/?q=te+veel+voorraad": ("search", 25),
    "/zoeken/?q=personeel+loopt+weg&thema=proces": ("search", 25),
    "/zoeken/": ("search", 25),
}
CACHED = {"/": 1, "/praktijkvoorbeelden/": 1, "/praktijkvoorbeelden/almi-machinefabriek/": 1}
WARM_UP = 5


def prepare(directory: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.local"
    os.environ["PORTAL_DATA_DIR"] = directory
    os.environ["PORTAL_LOG_LEVEL"] = "ERROR"
    import django

    django.setup()
    from portal.operations.preparation import prepare as make_ready
    from search.indexing.upkeep import rebuild

    make_ready(lambda line: print(line, file=sys.stderr))
    rebuild()


def milliseconds(action: Callable[[], Any], runs: int, before: Callable[[], Any]) -> dict[str, float]:
    times = []
    for number in range(runs + WARM_UP):
        before()
        started = time.process_time()
        action()
        if number >= WARM_UP:
            times.append((time.process_time() - started) * 1000)
    return {"median_ms": round(statistics.median(times), 2), "slowest_ms": round(max(times), 2)}


def measure(runs: int) -> list[dict[str, Any]]:
    from django.test import Client

    from portal.http.page_cache import forget_pages

    client, found = Client(headers={"Accept-Encoding": "gzip", "Host": "127.0.0.1"}), []

    def ask(address: str) -> Callable[[], None]:
        def once() -> None:
            response = client.get(address)
            if response.status_code != 200:
                raise SystemExit(f"{address}: {response.status_code}")

        return once

    for address, (kind, budget) in UNCACHED.items():
        made_anew = ask(f"{address}{'&' if '?' in address else '?'}meting=1")
        times = milliseconds(made_anew, runs, lambda: None)
        times["after_publishing_ms"] = milliseconds(made_anew, 5, forget_pages)["median_ms"]
        found.append({"address": address, "kind": kind, "cached": False, "budget_ms": budget, **times})
    for address, budget in CACHED.items():
        times = milliseconds(ask(address), runs * 10, lambda: None)
        found.append({"address": address, "kind": "cached", "cached": True, "budget_ms": budget, **times})
    for row in found:
        row["within_budget"] = row["median_ms"] <= row["budget_ms"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        prepare(directory)
        print(json.dumps(measure(options.runs), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
