"""`make bench`: search and pages, as one JSON document on standard output.

    python -m benchmarks [--data DIRECTORY] [--sizes 10000 100000] [--engines embedded elasticsearch]
                         [--only search|pages]

Search needs documents and judged queries in DIRECTORY (see benchmarks/search.py); without it only pages are measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def run(name: str, *arguments: str) -> Any:
    """The JSON that one benchmark prints, run in a process of its own so that none measures the other's memory."""
    command = [sys.executable, str(HERE / f"{name}.py"), *arguments]
    finished = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(finished.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="documents and judged queries for the search benchmark")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--engines", nargs="+", choices=["embedded", "elasticsearch"], default=["embedded"])
    parser.add_argument("--only", choices=["search", "pages"])
    options = parser.parse_args()
    report: dict[str, Any] = {}
    if options.only != "search":
        report["pages"] = run("pages")
    if options.only != "pages":
        if options.data is None:
            report["search"] = "overgeslagen: geef met --data een map met documenten en beoordeelde vragen"
        else:
            sizes = [str(size) for size in options.sizes]
            report["search"] = run(
                "search", "--data", str(options.data), "--sizes", *sizes, "--engines", *options.engines
            )
    print(json.dumps(report, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
