"""Documents are put there, changed and removed by who manages; files and rows never part."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.documents import services
from network.documents.models import DOCUMENT, EcosystemDocument
from network.documents.services import Details
from network.ecosystems.models import Ecosystem
from network.moderation.models import ModerationCase
from network.moderation.reportables import HIDDEN, REMOVED, VISIBLE, find
from portal.accounts.models import User
from portal.media.inspection import UploadRefused
from portal.media.models import MemberFile
from portal.media.services import forget_left_files
from tests.factories.media import pdf_bytes, upload
from tests.network.documents.conftest import LINK, files, put
from tests.network.ecosystems.conftest import Circle, change

pytestmark = pytest.mark.django_db


def details(**values: Any) -> Details:
    return Details(**{"title": "Checklist", "summary": "Om niets te vergeten.", "url": LINK, **values})


def test_managers_put_documents_there_and_nobody_else(members: Circle) -> None:
    for ecosystem in (members.kring, members.group):
        assert put(ecosystem, members.host).shown == "visible"
        for who in (members.anna, members.outsider):
            with pytest.raises(services.NotAllowed):
                put(ecosystem, who)
    assert EcosystemDocument.objects.count() == 2 and MemberFile.objects.count() == 2


def test_a_form_sent_twice_is_one_document(members: Circle, place: Path) -> None:
    token = uuid.uuid4()
    made = [
        services.add_document(
            members.kring,
            details=details(url="", upload=upload("Lijst.pdf", pdf_bytes())),
            by=members.host,
            token=token,
        )
        for _time in range(2)
    ]
    assert made[0] == made[1] and len(files(place)) == 1


def test_a_new_file_takes_the_place_of_the_old_one(
    members: Circle, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    document = put(members.kring, members.host)
    with django_capture_on_commit_callbacks(execute=True):
        changed = services.change_document(
            document,
            details=details(url="", upload=upload("Nieuw.txt", b"maandag")),
            version=1,
            by=members.host,
        )
    assert changed.file is not None and changed.file.name == "Nieuw.txt"
    assert [path.read_bytes() for path in files(place)] == [b"maandag"]
    with django_capture_on_commit_callbacks(execute=True):
        changed = services.change_document(changed, details=details(), version=2, by=members.host)
    assert (changed.file, changed.url, files(place)) == (None, LINK, [])
    assert not MemberFile.objects.exists()


def test_without_a_new_file_it_keeps_its_own(members: Circle, place: Path) -> None:
    document = put(members.kring, members.host)
    changed = services.change_document(document, details=details(url=""), version=1, by=members.host)
    assert changed.file_id == document.file_id and changed.title == "Checklist" and len(files(place)) == 1


def test_who_saves_an_older_one_is_asked_to_look_first(members: Circle) -> None:
    document = put(members.kring, members.host)
    services.change_document(document, details=details(title="Eerst", url=""), version=1, by=members.host)
    with pytest.raises(services.ChangedMeanwhile) as refused:
        services.change_document(document, details=details(title="Later"), version=1, by=members.host)
    assert refused.value.document.title == "Eerst"


def test_a_removed_document_takes_its_file_along(
    members: Circle, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    document = put(members.kring, members.host)
    with pytest.raises(services.NotAllowed):
        services.remove_document(document, by=members.anna)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_document(document, by=members.host)
    assert files(place) == [] and not MemberFile.objects.exists()


def test_who_is_new_gives_links_and_reads_why_no_files(circle: Circle, place: Path) -> None:
    User.objects.filter(pk=circle.host.pk).update(date_joined=timezone.now() - timedelta(days=90))
    circle.host.refresh_from_db()
    with pytest.raises(UploadRefused, match="2 berichten van je staan. Een link geven kan nu al"):
        put(circle.kring, circle.host)
    assert files(place) == []
    for number in (1, 2):
        put(circle.kring, circle.host, title=f"Link {number}", url=f"{LINK}/{number}")
    assert put(circle.kring, circle.host).file is not None  # two texts that were let through


def test_in_a_closed_ecosystem_nothing_comes_in_and_things_can_go(members: Circle) -> None:
    document = put(members.kring, members.host)
    closed = change(members.kring, closed_at=timezone.now())
    document.refresh_from_db()
    with pytest.raises(services.NotAllowed):
        put(closed, members.host)
    with pytest.raises(services.NotAllowed):
        services.change_document(document, details=details(), version=1, by=members.host)
    services.remove_document(document, by=members.host)


def test_it_is_a_file_or_a_link(members: Circle) -> None:
    for odd in (details(url=""), details(title="\u200b "), details(upload=upload("Lijst.pdf", pdf_bytes()))):
        with pytest.raises(services.Refused):
            services.add_document(members.kring, details=odd, by=members.host, token=uuid.uuid4())
    document = put(members.kring, members.host)
    for wrong in ({"url": LINK}, {"title": ""}, {"shown": "weg"}, {"file": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EcosystemDocument.objects.filter(pk=document.pk).update(**wrong)


def test_what_looks_like_spam_waits_for_a_moderator(members: Circle) -> None:
    document = put(
        members.kring, members.host, title="Bel 0900-1234 en win", summary="GRATIS GELD! Klik nu! bit.ly/abc"
    )
    assert document.shown == "held"
    assert ModerationCase.objects.get().object_id == document.pk
    seen = [EcosystemDocument.objects.visible_to(who).exists() for who in (members.host, members.anna)]
    assert seen == [True, False]
    assert find(DOCUMENT).visible(members.host, document.pk) is None


def test_a_report_reads_it_and_a_decision_takes_it_away(members: Circle) -> None:
    document = put(members.kring, members.host)
    kind = find(DOCUMENT)
    item = kind.visible(members.anna, document.pk)
    assert item is not None and item.ecosystem_id == members.kring.pk and "Checklist.pdf" in item.text
    assert kind.visible(members.outsider, document.pk) is None
    for state, seen in ((HIDDEN, [True, False]), (VISIBLE, [True, True]), (REMOVED, [False, False])):
        kind.put(document.pk, state)
        rows = EcosystemDocument.objects
        assert [rows.visible_to(who).exists() for who in (members.host, members.anna)] == seen


def test_the_files_of_what_is_gone_go_at_night(members: Circle, place: Path) -> None:
    """Also where rows go together with their ecosystem, and nobody asked for the files."""
    put(members.kring, members.host)
    stays = put(members.group, members.host)
    EcosystemDocument.objects.filter(ecosystem=members.kring).delete()
    forget_left_files(timezone.now() + timedelta(hours=25))
    assert list(MemberFile.objects.all()) == [stays.file]


def test_who_put_it_there_leaves_it_to_the_ecosystem(members: Circle) -> None:
    document = put(members.kring, members.host)
    EcosystemDocument.objects.filter(pk=document.pk).update(added_by=members.bram)
    MemberFile.objects.update(owner=members.bram)
    members.bram.delete()
    document.refresh_from_db()
    assert document.added_by is None and document.file is not None and document.file.owner is None
    assert EcosystemDocument.objects.visible_to(members.anna).get() == document


def test_there_is_an_end_to_them(members: Circle, monkeypatch: Any) -> None:
    monkeypatch.setattr("network.documents.rules.MOST_DOCUMENTS", 1)
    put(members.kring, members.host)
    with pytest.raises(services.Refused, match="al 1 documenten"):
        put(members.kring, members.host)
    assert put(Ecosystem.objects.get(pk=members.group.pk), members.host)
