"""Which ecosystems a person manages or is inside of, as subqueries that are written once a process.

Nearly every list of a member asks for them, and the ORM took some ten milliseconds to put each together, far more than
the database took to answer. The SQL differs by person and day only, so it is made once with marks in their place.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

# Stand in the prepared SQL for whoever asks, and when.
NOBODY = -987_654_321
NEVER = datetime.date(1901, 2, 3)


def managed(user: Any, on: datetime.date) -> RawSQL:
    """The keys of the ecosystems that `user`, who is signed in, manages on the day `on`."""
    return _filled_in("managed", user, on)


def inside(user: Any, on: datetime.date) -> RawSQL:
    """The keys of the ecosystems where `user`, who is signed in, takes part or manages on the day `on`."""
    return _filled_in("inside", user, on)


def _managed(user: Any, on: datetime.date) -> Q:
    """Managers of an ecosystem, of its parent, or of the organisation that it belongs to."""
    mine = _rows("ecosystems", "Participation").active(on).filter(user=user, role="manager")
    runs = _rows("organisations", "Membership").current(on).filter(user=user, role="manager")
    return (
        Q(Exists(mine.filter(ecosystem=OuterRef("pk"))))
        | Q(Exists(mine.filter(ecosystem=OuterRef("parent"))))
        | Q(Exists(runs.filter(organisation=OuterRef("organisation"))))
    )


def _inside(user: Any, on: datetime.date) -> Q:
    taking_part = _rows("ecosystems", "Participation").active(on).filter(user=user, ecosystem=OuterRef("pk"))
    return Q(Exists(taking_part)) | _managed(user, on)


RULES = {"managed": _managed, "inside": _inside}


def _rows(app: str, model: str) -> Any:
    return apps.get_model(app, model).objects


def _filled_in(rule: str, user: Any, on: datetime.date) -> RawSQL:
    sql, marks = _prepared(rule, DEFAULT_DB_ALIAS)
    given = {"user": user.pk, "day": connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(on)}
    parameters = tuple(given[mark] if is_mark else mark for is_mark, mark in marks)
    return RawSQL(sql, parameters)  # noqa: S611 - the ORM wrote it, and what differs goes in as parameters


@cache
def _prepared(rule: str, alias: str) -> tuple[str, tuple[tuple[bool, Any], ...]]:
    """The SQL with its parameters: the name of what is given each time, or a value as it is."""
    somebody = apps.get_model("accounts", "User")(pk=NOBODY)
    ecosystems: models.QuerySet[Any] = _rows("ecosystems", "Ecosystem").using(alias)
    rows = ecosystems.filter(RULES[rule](somebody, NEVER)).order_by().values("pk")
    sql, parameters = rows.query.get_compiler(using=alias).as_sql()
    day = connections[alias].ops.adapt_datefield_value(NEVER)
    names = {NOBODY: "user", day: "day"}
    marks = tuple((True, names[each]) if each in names else (False, each) for each in parameters)
    if not {(True, "user"), (True, "day")} <= set(marks):
        raise AssertionError(f"the person or the day isn't found back in the SQL of {rule}")
    return sql, marks
