"""What stood in the database of an older version."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
OLD = [("organisations", "0001_initial")]
NEW = [("organisations", "0004_one_name_and_known_roles")]


def migrate(target: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def everything_again() -> Any:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_contacts_become_marked_members_and_names_get_a_key(everything_again: None) -> None:
    old = migrate(OLD)
    user = User.objects.create_user("jo@bedrijf.example")
    organisations = old.get_model("organisations", "Organisation")
    first = organisations.objects.create(name="Café Één", slug="een")
    second = organisations.objects.create(name="CAFE EEN", slug="twee")
    old.get_model("organisations", "Membership").objects.create(
        organisation=first, user_id=user.pk, role="contact"
    )
    new = migrate(NEW)
    row = new.get_model("organisations", "Membership").objects.get()
    assert (row.role, row.is_contact, row.is_listed) == ("member", True, False)
    keys = dict(new.get_model("organisations", "Organisation").objects.values_list("pk", "name_key"))
    assert keys == {first.pk: "cafe een", second.pk: f"cafe een #{second.pk}"}
    migrate(OLD)
    assert old.get_model("organisations", "Membership").objects.get().role == "contact"
