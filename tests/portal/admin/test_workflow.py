"""From an editor's draft to a live case, through the staff admin itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cases.models import CasePage
from portal.accounts.models import User
from portal.background.registry import find
from portal.evidence.models import Source
from portal.organisations.models import Organisation
from portal.pages.models import ContentPage
from portal.pages.reviews import past_review
from portal.pages.staff import EDITORS, EXPERTS, WORKFLOW, setup_staff
from portal.taxonomy.models import Goal, Theme
from portal.taxonomy.services import load_lists
from tests.factories.pages import Portal, make_case, make_page, make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    portal = make_portal()
    setup_staff()
    load_lists()
    return portal


def member_of(group: str) -> Client:
    user = User.objects.create_user(f"{group.lower()}@example.org", name=group)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def case_form(**changes: Any) -> dict[str, Any]:
    """What the editor of a case sends, as a browser would."""
    organisation, _new = Organisation.objects.get_or_create(name="ALMI", slug="almi")
    source, _new = Source.objects.get_or_create(
        code="ip", defaults={"short_name": "IP", "title": "Advies", "publisher": "Innovatieplatform"}
    )
    theme = Theme.objects.get(slug="proces")
    form = {
        "title": "Minder op de plank",
        "slug": "minder-op-de-plank",
        "summary": "Zo ging de voorraad omlaag.",
        "organisation": organisation.pk,
        "kind": "practice",
        "main_theme": theme.pk,
        "themes": [theme.pk],
        "goals": [Goal.objects.get(slug="minder-voorraad").pk],
        "personnel_involved": "from-start",
        "reason": rich_text("<p>Er lag te veel.</p>"),
        "approach": streamfield([("step", {"title": "Tel", "text": rich_text("<p>Tel wat er ligt.</p>")})]),
        "result": rich_text("<p>Er ligt minder.</p>"),
        "lessons": streamfield([]),
        "tomorrow": streamfield([]),
        "review_months": 12,
        "measurements": inline_formset([]),
        "citations": inline_formset(
            [{"source": source.pk, "nature": "account", "place": "hoofdstuk 2", "by": ""}]
        ),
        "related_links": inline_formset([]),
        "comments": inline_formset([]),
    }
    lists = {name: form.pop(name) for name in ("themes", "goals")}
    return {**nested_form_data({**form, **changes}), **lists}


def test_an_editors_case_goes_live_when_an_expert_agrees(portal: Portal, client: Client) -> None:
    editor, expert = member_of(EDITORS), member_of(EXPERTS)
    add = reverse("wagtailadmin_pages:add", args=["cases", "casepage", portal.cases.pk])
    form = editor.get(add).content.decode()
    for heading in ("Gemeten resultaten", "Wanneer en hoeveel", "Laat leeg wat de bron niet noemt"):
        assert heading in form

    assert editor.post(add, case_form()).status_code == 302
    case = CasePage.objects.get(slug="minder-op-de-plank")
    assert (
        case.live,
        list(case.get_latest_revision_as_object().citations.values_list("place", flat=True)),
    ) == (False, ["hoofdstuk 2"])
    assert client.get("/praktijkvoorbeelden/minder-op-de-plank/").status_code == 404

    edit = reverse("wagtailadmin_pages:edit", args=[case.pk])
    assert 'name="action-publish"' not in editor.get(edit).content.decode()
    editor.post(edit, {**case_form(), "action-submit": "1"})
    case.refresh_from_db()
    assert case.current_workflow_state is not None
    assert case.current_workflow_state.workflow.name == WORKFLOW
    assert not case.live

    assert "Minder op de plank" in expert.get("/beheer/").content.decode()
    action = reverse(
        "wagtailadmin_pages:workflow_action", args=[case.pk, "approve", case.current_workflow_task_state.pk]
    )
    assert editor.post(action).status_code in (302, 403)
    case.refresh_from_db()
    assert not case.live
    expert.post(action)
    case.refresh_from_db()
    assert case.live
    assert client.get("/praktijkvoorbeelden/minder-op-de-plank/").status_code == 200


def test_an_editor_can_not_publish_past_the_expert(portal: Portal) -> None:
    editor = member_of(EDITORS)
    add = reverse("wagtailadmin_pages:add", args=["cases", "casepage", portal.cases.pk])
    editor.post(add, {**case_form(), "action-publish": "1"})
    assert list(CasePage.objects.values_list("live", flat=True)) == [False]


def test_an_expert_sends_a_case_back(portal: Portal) -> None:
    editor, expert = member_of(EDITORS), member_of(EXPERTS)
    editor.post(
        reverse("wagtailadmin_pages:add", args=["cases", "casepage", portal.cases.pk]),
        {**case_form(), "action-submit": "1"},
    )
    case = CasePage.objects.get()
    action = reverse(
        "wagtailadmin_pages:workflow_action", args=[case.pk, "reject", case.current_workflow_task_state.pk]
    )
    expert.post(action, {"comment": "De bron zegt dit niet."})
    case.refresh_from_db()
    assert not case.live
    assert case.current_workflow_state.status == "needs_changes"
    assert case.current_workflow_state.current_task_state.comment == "De bron zegt dit niet."


def test_a_case_without_source_is_not_taken(portal: Portal) -> None:
    editor = member_of(EDITORS)
    add = reverse("wagtailadmin_pages:add", args=["cases", "casepage", portal.cases.pk])
    response = editor.post(add, {**case_form(citations=inline_formset([])), "action-submit": "1"})
    assert response.status_code == 200
    assert not CasePage.objects.exists()


def test_groups_and_workflow_are_laid_out_once_and_then_left_alone(portal: Portal) -> None:
    Group.objects.get(name=EDITORS).permissions.clear()
    Workflow.objects.filter(name=WORKFLOW).update(active=False)
    setup_staff()
    assert Group.objects.get(name=EDITORS).permissions.count() == 0
    assert list(Workflow.objects.filter(name=WORKFLOW).values_list("active", flat=True)) == [False]
    assert WorkflowPage.objects.get().workflow.name == WORKFLOW
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


@pytest.mark.parametrize(
    ("path", "editor", "expert"),
    [
        ("/beheer/images/add/", 200, 200),
        ("/beheer/documents/add/", 200, 200),
        ("/beheer/snippets/organisations/organisation/add/", 200, 200),
        ("/beheer/snippets/evidence/source/add/", 200, 200),
        ("/beheer/snippets/evidence/indicator/add/", 302, 200),
        ("/beheer/snippets/taxonomy/theme/", 200, 200),
        ("/beheer/snippets/taxonomy/theme/add/", 302, 302),
        ("/beheer/snippets/taxonomy/sector/", 200, 200),
        ("/beheer/snippets/organisations/membership/", 302, 302),
        ("/beheer/rapporten/dode-links/", 200, 200),
        ("/beheer/users/", 302, 302),
        ("/beheer/groups/", 302, 302),
        ("/beheer/workflows/list/", 302, 302),
    ],
)
def test_each_group_gets_what_it_needs_and_no_more(
    portal: Portal, path: str, editor: int, expert: int
) -> None:
    assert [member_of(group).get(path).status_code for group in (EDITORS, EXPERTS)] == [editor, expert]


# --- addresses --------------------------------------------------------------------------------------------------------


def test_an_old_address_leads_to_the_new_one_when_an_editor_changes_it(
    portal: Portal, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("baas@example.org"))
    administrator.post(
        reverse("wagtailadmin_pages:add", args=["cases", "casepage", portal.cases.pk]),
        {**case_form(), "action-publish": "1"},
    )
    case = CasePage.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(
            reverse("wagtailadmin_pages:edit", args=[case.pk]),
            {**case_form(slug="lege-planken", citations=existing(case)), "action-publish": "1"},
        )
    case.refresh_from_db()
    assert case.slug == "lege-planken"
    response = client.get("/praktijkvoorbeelden/minder-op-de-plank/")
    assert (response.status_code, response["Location"]) == (301, "/praktijkvoorbeelden/lege-planken/")
    assert client.get(response["Location"]).status_code == 200


def existing(case: CasePage) -> dict[str, Any]:
    citation = case.citations.get()
    rows = [
        {
            "id": citation.pk,
            "source": citation.source_id,
            "nature": "account",
            "place": citation.place,
            "by": "",
        }
    ]
    return inline_formset(rows, initial=1)


def test_pages_below_a_renamed_page_keep_their_old_addresses(
    portal: Portal, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    make_case(portal, "Minder op de plank")
    portal.cases.slug = "praktijk"
    with django_capture_on_commit_callbacks(execute=True):
        portal.cases.save_revision().publish()
    response = client.get("/praktijkvoorbeelden/minder-op-de-plank/")
    assert (response.status_code, response["Location"]) == (301, "/praktijk/minder-op-de-plank/")


def test_a_moved_page_keeps_its_old_address(
    portal: Portal, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_page(portal, "Over bewijs", "Zo wegen wij het.")
    with django_capture_on_commit_callbacks(execute=True):
        page.move(portal.knowledge, pos="last-child")
    response = client.get("/over-bewijs/")
    assert (response.status_code, response["Location"]) == (301, "/kennis/over-bewijs/")


# --- time -------------------------------------------------------------------------------------------------------------


def test_a_planned_case_goes_live_and_offline_at_its_minute(portal: Portal, client: Client) -> None:
    start = datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    case = make_case(portal, "Straks", live=False)
    publish = find("pages.publish-scheduled").run
    with time_machine.travel(start, tick=False) as clock:
        # Across the night in which summer time begins.
        case.go_live_at, case.expire_at = start + timedelta(hours=2), start + timedelta(hours=5)
        case.save_revision(approved_go_live_at=case.go_live_at).publish()
        stages = []
        for hours in (1, 1.99, 2.01, 4.9, 5.1):
            clock.move_to(start + timedelta(hours=hours))
            publish()
            stages.append(client.get("/praktijkvoorbeelden/straks/").status_code)
    assert stages == [404, 404, 200, 200, 404]


@time_machine.travel(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), tick=False)
def test_pages_past_their_review_date_stand_in_the_report(portal: Portal) -> None:
    make_case(portal, "Vers", reviewed_on=date(2026, 1, 1))
    make_case(portal, "Net op tijd", reviewed_on=date(2025, 11, 22))
    make_case(portal, "Een dag te laat", reviewed_on=date(2025, 11, 21))
    make_page(portal, "Kort houdbaar", reviewed_on=date(2026, 5, 31), review_months=1)
    make_page(portal, "Nooit nagekeken")
    make_case(portal, "Concept", live=False)
    assert [
        ContentPage.objects.filter(pk=review.page_id).exists() for review in past_review(date(2026, 11, 22))
    ] == [True, True, False]

    editor = member_of(EDITORS)
    report = reverse("review_report")
    shown = editor.get(report)
    assert [page.title for page in shown.context["object_list"]] == [
        "Nooit nagekeken",
        "Kort houdbaar",
        "Een dag te laat",
    ]
    later = editor.get(report, {"until": "2026-11-23"})
    assert "Net op tijd" in [page.title for page in later.context["object_list"]]
    kind = later.context["object_list"][0].content_type_id
    assert {page.title for page in editor.get(report, {"content_type": kind}).context["object_list"]} == {
        "Kort houdbaar",
        "Nooit nagekeken",
    }
    table = editor.get(report, {"export": "csv"}).getvalue().decode()
    assert table.splitlines()[3].startswith(
        "Een dag te laat,Praktijkvoorbeeld,2025-11-21,2026-11-21,http://testserver/"
    )
    assert "Vers" not in table
    dashboard = editor.get("/beheer/").content.decode()
    assert "nog nooit nagekeken" in dashboard
    assert "Praktijkvoorbeelden naar bewijs" in dashboard
