"""Where a person is inside, as a subquery that is written once a process.

Who is inside is said by `Ecosystem.objects.inside` alone. As a queryset it took the ORM some ten milliseconds to put into
each list of conversations, far more than the database took to answer; its SQL differs by person and day only.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.expressions import RawSQL

# Stand in the prepared SQL for whoever asks, and when.
NOBODY = -987_654_321
NEVER = datetime.date(1901, 2, 3)


def ecosystems_inside(user: Any, on: datetime.date) -> RawSQL:
    """The keys of the ecosystems where `user`, who is signed in, is inside on the day `on`."""
    sql, marks = _prepared(DEFAULT_DB_ALIAS)
    day = connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(on)
    given = {"user": user.pk, "day": day}
    return RawSQL(sql, tuple(given[mark] if known else mark for known, mark in marks))  # noqa: S611 - the ORM's own


@cache
def _prepared(alias: str) -> tuple[str, tuple[tuple[bool, Any], ...]]:
    """The SQL with its parameters: the name of what is given each time, or a value as it is."""
    somebody = apps.get_model("accounts", "User")(pk=NOBODY, is_active=True)
    rows = apps.get_model("ecosystems", "Ecosystem")._default_manager.using(alias).inside(somebody, NEVER)
    sql, parameters = rows.order_by().values("pk").query.get_compiler(using=alias).as_sql()
    day = connections[alias].ops.adapt_datefield_value(NEVER)
    names = {NOBODY: "user", day: "day"}
    marks = tuple((True, names[each]) if each in names else (False, each) for each in parameters)
    if not {(True, "user"), (True, "day")} <= set(marks):
        raise AssertionError("the person or the day isn't found back in the SQL of who is inside")
    return sql, marks
