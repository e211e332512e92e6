"""Whom a portal that stood before there was a newsletter lets write and send it."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.newsletters.models import Edition
from portal.pages.staff import EDITOR_PERMISSIONS, EDITORS, EXPERTS

pytestmark = pytest.mark.django_db
OURS = {each.partition(".")[2] for each in EDITOR_PERMISSIONS if each.startswith("newsletters.")}


class _Editor:
    """The migration asks its editor for the connection alone; a real one wants no transaction on SQLite."""

    connection = connection


def update() -> None:
    """As the portal's update to this version does it."""
    import_module("portal.newsletters.migrations.0002_staff_write_it").grant(apps, _Editor())


def may(group: Group) -> set[str]:
    rows = group.permissions.filter(content_type__app_label="newsletters")
    return set(rows.values_list("codename", flat=True))


def test_staff_of_before_get_what_staff_of_a_new_portal_have() -> None:
    editors, experts, others = (Group.objects.create(name=name) for name in (EDITORS, EXPERTS, "Anderen"))
    # As they are while the tables are being made: Django makes permissions afterwards.
    Permission.objects.filter(content_type=ContentType.objects.get_for_model(Edition)).delete()
    for _again in range(2):
        update()
        assert may(editors) == may(experts) == OURS
        assert may(others) == set()


def test_what_an_administrator_chose_stays() -> None:
    editors, others = Group.objects.create(name=EDITORS), Group.objects.create(name="Communicatie")
    others.permissions.add(Permission.objects.get(codename="send_edition"))
    update()
    assert (may(editors), may(others)) == (set(), {"send_edition"})


def test_a_new_portal_has_no_groups_yet() -> None:
    update()
    assert not Group.objects.filter(name__in=[EDITORS, EXPERTS]).exists()
