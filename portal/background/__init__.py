"""Work apart from requests: a small schedule whose rows are the truth, and the worker that keeps it.

A room offers work in a module `jobs.py`::

    from datetime import timedelta
    from portal.background.registry import job

    @job(name="search.relay", every=timedelta(seconds=5))
    def relay() -> None: ...

and makes a job due at once with `portal.background.services.wake("search.relay")`.
"""
