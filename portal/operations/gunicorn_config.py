"""Gunicorn's settings: `gunicorn -c python:portal.operations.gunicorn_config portal.wsgi`."""

from __future__ import annotations

from typing import Any

workers = 2
threads = 4
worker_class = "gthread"
# Loaded once and then forked: half the memory, and a second worker that is there at once.
preload_app = True
timeout = 60
graceful_timeout = 15
keepalive = 5
# A worker that leaks is replaced, not all at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
# Requests are logged by the portal itself, as JSON and without addresses.
accesslog = None
errorlog = "-"
loglevel = "warning"


def pre_fork(server: Any, worker: Any) -> None:
    """No connection or open index is shared between processes."""
    from django.db import connections

    from search.engine import close_engine

    connections.close_all()
    close_engine()


def post_worker_init(worker: Any) -> None:
    """Warm the search engine beside the first requests, not before them: a start stays as quick as it is."""
    import threading

    from search.engine import warm

    threading.Thread(target=warm, name="warm-search", daemon=True).start()


def child_exit(server: Any, worker: Any) -> None:
    """Prometheus adds up the files of all processes; those of a dead one must not count as living."""
    import os

    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
