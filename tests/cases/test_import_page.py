"""Importing cases in the staff admin: who may, what is told, what becomes of the files."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page, PageLogEntry

from cases.models import CasePage
from portal.accounts.models import User
from portal.http.page_cache import forget_pages
from portal.pages.staff import EDITORS, EXPERTS, setup_staff
from tests.factories.pages import Portal
from tests.portal.pages.importing.conftest import portal  # noqa: F401 - a fixture
from tests.portal.pages.importing.files import CASE, PAGE, case_called, changed

pytestmark = pytest.mark.django_db

ADDRESS = "/beheer/praktijkvoorbeelden/importeren/"


def upload(client: Client, *files: tuple[str, str | bytes]) -> Any:
    sent = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files
    ]
    return client.post(ADDRESS, {"uploads": sent})


def staff(client: Client, *groups: str) -> User:
    setup_staff()
    user = User.objects.create_user("sanne@voorbeeld.nl", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(user)
    return user


@pytest.fixture
def expert(client: Client, portal: Portal) -> User:  # noqa: F811
    return staff(client, EXPERTS)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_file_becomes_a_live_case_of_whoever_sent_it(client: Client, expert: User) -> None:
    response = upload(client, ("smederij.md", CASE))
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    case = CasePage.objects.get()
    assert (case.live, case.title, case.latest_revision.user) == (True, "Laat de ploeg zelf plannen", expert)
    assert set(PageLogEntry.objects.filter(page=case).values_list("action", "user")) >= {
        ("wagtail.publish", expert.pk)
    }
    assert told(client.get(ADDRESS)) == [
        "1 nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 door een redacteur gewijzigd en zo gelaten."
    ]


def test_mistakes_stand_in_a_table_and_nothing_changes(client: Client, expert: User) -> None:
    pages = list(Page.objects.values())
    wrong = case_called("b", ("change: -8", "change: <b>x</b>"), ("kind: practice", "kind: y"))
    response = upload(client, ("a.md", case_called("a")), ("b.md", wrong), ("c.md", PAGE))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Er kloppen 3 dingen niet." in html
    assert "<td>b.md</td><td>7</td><td>kind</td>" in html
    assert (
        "<td>b.md</td><td>21</td><td>measurements[1].change</td><td>&#x27;&lt;b&gt;x&lt;/b&gt;&#x27; is geen getal.</td>"
    ) in html
    assert "<td>c.md</td><td>2</td><td>type</td>" in html
    assert list(Page.objects.values()) == pages


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "Kies een of meer bestanden."),
        ([("a.md", b"")], "Een van de bestanden is leeg."),
        ([("a.md", CASE), ("b.docx", b"PK")], "Alleen bestanden die op .md eindigen; dit niet: b.docx."),
        ([("a.md", b"a" * 600_000), ("b.md", b"b" * 400_001)], "De bestanden zijn samen groter dan 1 MB."),
        ([("a.md", b"\x89PNG\r\n\x1a\n")], "is geen tekst in UTF-8."),
    ],
    ids=["none", "empty", "another kind", "too large", "a picture"],
)
def test_what_is_no_content_file_is_refused(
    client: Client, expert: User, files: list[tuple[str, bytes]], message: str
) -> None:
    response = upload(client, *files)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not CasePage.objects.exists()


def test_what_was_kept_is_named(client: Client, expert: User) -> None:
    upload(client, ("smederij.md", CASE))
    client.get(ADDRESS)
    case = CasePage.objects.get()
    case.title = "Van een redacteur"
    case.save_revision().publish()
    upload(client, ("smederij.md", changed(CASE, ("title: Laat", "title: Toch laat"))))
    assert told(client.get(ADDRESS)) == [
        "0 nieuw, 0 bijgewerkt, 0 ongewijzigd, 1 door een redacteur gewijzigd en zo gelaten.",
        "Zo gelaten, want iemand wijzigde of vergrendelde het in het portaal: smederij.",
    ]
    assert CasePage.objects.get().title == "Van een redacteur"


def test_a_locked_case_is_left_alone(client: Client, expert: User) -> None:
    upload(client, ("smederij.md", CASE))
    CasePage.objects.update(locked=True)
    upload(client, ("smederij.md", changed(CASE, ("title: Laat", "title: Toch laat"))))
    assert CasePage.objects.get().title == "Laat de ploeg zelf plannen"


def test_who_may_not_publish_makes_drafts(client: Client, portal: Portal) -> None:  # noqa: F811
    staff(client, EDITORS)
    assert "Een inhoudelijk expert zet het online." in client.get(ADDRESS).content.decode()
    upload(client, ("smederij.md", CASE))
    case = CasePage.objects.get()
    assert (case.live, case.first_published_at) == (False, None)
    assert told(client.get(ADDRESS))[0].endswith("Er staat 1 concept klaar om in te dienen.")
    assert client.get("/praktijkvoorbeelden/smederij/").status_code == 404
    # A better file replaces the draft, as long as nobody worked on it.
    upload(client, ("smederij.md", changed(CASE, ("title: Laat", "title: Toch laat"))))
    case.refresh_from_db()
    assert case.get_latest_revision_as_object().title == "Toch laat de ploeg zelf plannen"
    assert not case.live


def test_a_draft_of_a_live_case_changes_nothing_for_readers(client: Client, portal: Portal) -> None:  # noqa: F811
    user = staff(client, EXPERTS)
    upload(client, ("smederij.md", CASE))
    user.groups.set(Group.objects.filter(name=EDITORS))
    visitor = Client()
    before = visitor.get("/praktijkvoorbeelden/smederij/").content
    newer = changed(CASE, ("title: Laat", "title: Toch laat"), ("change: -8", "change: -9"))
    upload(client, ("smederij.md", newer))
    case = CasePage.objects.get()
    assert (case.live, case.has_unpublished_changes) == (True, True)
    forget_pages()
    assert visitor.get("/praktijkvoorbeelden/smederij/").content == before
    latest = case.get_latest_revision_as_object()
    assert (latest.title, latest.measurements.all()[0].change) == ("Toch laat de ploeg zelf plannen", -9)
    upload(client, ("smederij.md", newer))
    assert CasePage.objects.get().latest_revision_id == case.latest_revision_id


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_may_add_cases(client: Client, portal: Portal, method: str) -> None:  # noqa: F811
    setup_staff()
    access_alone = Group.objects.create(name="Lezers")
    access_alone.permissions.set(Group.objects.get(name=EDITORS).permissions.filter(codename="access_admin"))
    staff(client, "Lezers")
    files = {"uploads": SimpleUploadedFile("smederij.md", CASE.encode())} if method == "post" else {}
    assert ADDRESS not in client.get("/beheer/").content.decode()
    assert getattr(client, method)(ADDRESS, files).status_code in (302, 403)
    assert not CasePage.objects.exists()


def test_the_menu_leads_there(client: Client, expert: User) -> None:
    assert ADDRESS in client.get("/beheer/").content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, portal: Portal) -> None:  # noqa: F811
    assert client.get(ADDRESS)["Location"].startswith("/inloggen/")
    assert upload(client, ("smederij.md", CASE))["Location"].startswith("/inloggen/")
    assert not CasePage.objects.exists()
