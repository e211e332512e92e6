"""A document that one may not read doesn't exist: the same answer as for a name that nobody ever used."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from portal.accounts.models import User
from portal.media.models import PortalDocument
from tests.factories.media import pdf_bytes
from tests.factories.pages import make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> PortalDocument:
    make_portal()
    collection = Collection.get_first_root_node().add_child(name="Kring")
    file = ContentFile(pdf_bytes(), name="kanarie.pdf")
    document: PortalDocument = PortalDocument.objects.create(
        title="Kanarie", file=file, collection=collection
    )
    return document


def restrict(document: PortalDocument, *groups: Group) -> None:
    kind = CollectionViewRestriction.GROUPS if groups else CollectionViewRestriction.LOGIN
    restriction = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=kind
    )
    restriction.groups.set(groups)


def member(client: Client, *groups: Group) -> Client:
    user = User.objects.create_user("lid@voorbeeld.nl")
    user.groups.set(groups)
    client.force_login(user)
    return client


def words_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 404
    return response.content.decode().replace(path, "")


def test_everybody_reads_an_open_document(document: PortalDocument, client: Client) -> None:
    assert client.get(document.url).status_code == 200


def test_a_visitor_is_told_nothing_of_a_document_for_members(
    document: PortalDocument, client: Client
) -> None:
    restrict(document)
    assert words_of(client, document.url) == words_of(client, "/documenten/99999/kanarie.pdf")
    assert member(client).get(document.url).status_code == 200


def test_only_the_group_has_the_document(document: PortalDocument) -> None:
    group = Group.objects.create(name="Kring Twente")
    restrict(document, group)
    assert member(Client()).get(document.url).status_code == 404
    User.objects.all().delete()
    assert member(Client(), group).get(document.url).status_code == 200
