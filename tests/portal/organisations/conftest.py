from __future__ import annotations

import pytest

from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories.pages import Portal, make_portal
from tests.portal.organisations.people import make_organisation, make_person


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


@pytest.fixture
def manager(db: None) -> User:
    return make_person("Mien Beheer", "mien@kozijn.example")


@pytest.fixture
def organisation(manager: User) -> Organisation:
    return make_organisation("Kozijnfabriek De Lat", by=manager)
