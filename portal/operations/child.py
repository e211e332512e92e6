"""A child of `serve`: `python -m portal.operations.child web …` or `… worker`. Ends itself when its parent is gone.

The parent stops its children when it ends; this is for a parent that was killed and couldn't.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time


def end_with_parent(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def main() -> None:
    role, parent, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    if role == "web":
        from gunicorn.app.wsgiapp import run

        sys.argv = ["gunicorn", *arguments]
        run()
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", role, *arguments])


if __name__ == "__main__":
    main()
