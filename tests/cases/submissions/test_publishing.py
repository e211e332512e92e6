"""What the company hasn't agreed to doesn't go online, however staff publish; and staff read why."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cases.models import CasePage
from cases.submissions import services
from cases.submissions.models import CaseSubmission, UnapprovedChange
from portal.accounts.models import User
from tests.cases.submissions.conftest import House, online, taken_up
from tests.cases.submissions.test_later_changes import change
from tests.network.ecosystems.conftest import read
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
WHY = "Niet gepubliceerd: Metaal BV gaf nog geen akkoord"
NEW = "Wij zoeken nooit meer."


def changed(house: House) -> tuple[CaseSubmission, CasePage]:
    """A page that is online, and whose author wrote something else since."""
    submission = online(house)
    change(submission, result=NEW)
    page = page_of(submission)
    agree(browser_of(house.editor), page)  # the first yes of two: that publishes nothing
    return submission, page


def page_of(submission: CaseSubmission) -> CasePage:
    return CasePage.objects.get(pk=submission.page_id)


def result_online(submission: CaseSubmission) -> str:
    return str(page_of(submission).result)


def form_of(page: CasePage, **said: Any) -> dict[str, Any]:
    """What the editor of the page sends, with its last version as it is but for `said`."""
    page.refresh_from_db()
    draft: Any = page.get_latest_revision_as_object()
    figures = [
        {
            "id": each.pk, "indicator": each.indicator_id, "before": each.before, "after": each.after, "change": "",
            "established": each.established, "comparator": each.comparator,
            "period_note": each.period_note, "base": each.base,
            "companies": each.companies, "source": each.source_id, "place": each.place,
        }
        for each in page.measurements.all()
    ]  # fmt: skip
    sources = [
        {"id": each.pk, "source": each.source_id, "nature": each.nature, "place": each.place, "by": each.by}
        for each in page.citations.all()
    ]
    steps = [
        ("step", {"title": each.value["title"], "text": rich_text(each.value["text"].source)})
        for each in draft.approach
    ]
    form = {
        "title": draft.title, "slug": draft.slug, "summary": draft.summary, "organisation": draft.organisation_id,
        "kind": draft.kind, "main_theme": draft.main_theme_id, "personnel_involved": draft.personnel_involved,
        "reason": rich_text(draft.reason), "approach": streamfield(steps), "result": rich_text(draft.result),
        "lessons": streamfield([]), "tomorrow": streamfield([]), "review_months": 12,
        "measurements": inline_formset(figures, initial=len(figures)),
        "citations": inline_formset(sources, initial=len(sources)), "related_links": inline_formset([]),
        "credits": inline_formset([]), "comments": inline_formset([]),
    }  # fmt: skip
    lists = {"themes": [each.pk for each in draft.themes.all()]}
    filled = {name: value for name, value in nested_form_data({**form, **said}).items() if value is not None}
    return {**filled, **lists}


def edit(by: User, page: CasePage, form: dict[str, Any]) -> str:
    response = browser_of(by).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    assert response.status_code == 200
    return unescape(response.content.decode())


def agree(browser: Client, page: CasePage, **headers: str) -> Any:
    page.refresh_from_db()
    state = page.current_workflow_task_state
    assert state is not None
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return browser.post(address, headers=headers)


def test_publishing_saves_and_says_why_not_until_the_company_agrees(house: House) -> None:
    submission, page = changed(house)
    form = read(house.expert, f"/beheer/pages/{page.pk}/edit/")
    assert "Tot dan kun je die tekst niet publiceren." in form and 'name="action-publish"' not in form
    said = edit(house.expert, page, {**form_of(page, summary="Korter."), "action-publish": "1"})
    assert WHY in said
    assert page_of(submission).get_latest_revision_as_object().summary == "Korter."
    assert NEW not in result_online(submission) and page_of(submission).summary != "Korter."
    waiting = UnapprovedChange.objects.get()
    services.approve_change(submission, by=house.boss, seen=waiting.revision)
    assert 'name="action-publish"' in read(house.expert, f"/beheer/pages/{page.pk}/edit/")
    assert WHY not in edit(house.expert, page, {**form_of(page), "action-publish": "1"})
    assert NEW in result_online(submission)


def test_an_administrator_does_not_overrule_it(house: House) -> None:
    submission, page = changed(house)
    administrator = User.objects.create_superuser("hoofd@portaal.example", "x")
    assert WHY in edit(administrator, page, {**form_of(page), "action-publish": "1"})
    assert NEW not in result_online(submission)


def test_what_is_put_back_goes_online_and_what_is_put_in_again_does_not(house: House) -> None:
    submission, page = changed(house)
    as_it_was = rich_text(page_of(submission).result)
    assert WHY in edit(house.expert, page, form_of(page, result=as_it_was) | {"action-publish": "1"})
    # It was saved. Now that nothing is in the way, what stands in the form is looked at too.
    page.current_workflow_state.cancel(user=house.expert)
    with_it = form_of(page, result=rich_text(f"<p>{NEW}</p>"))
    assert WHY in edit(house.expert, page, with_it | {"action-publish": "1"})
    edit(house.expert, page, form_of(page, result=as_it_was))
    edit(house.expert, page, form_of(page, summary="Korter.") | {"action-publish": "1"})
    assert page_of(submission).summary == "Korter." and NEW not in result_online(submission)


@pytest.mark.parametrize("way", ["from the beginning", "in a window", "from the page"])
def test_the_last_yes_in_the_workflow_waits_for_the_company(house: House, way: str) -> None:
    submission, page = changed(house)
    browser = browser_of(house.expert)
    if way == "from the page":
        form = {**form_of(page), "action-workflow-action": "1", "workflow-action-name": "approve"}
        assert WHY in edit(house.expert, page, form)
    elif way == "in a window":
        answer = agree(browser, page, **{"x-requested-with": "XMLHttpRequest"})
        assert answer.json() == {"step": "success", "redirect": f"/beheer/pages/{page.pk}/edit/"}
        assert WHY in unescape(browser.get(f"/beheer/pages/{page.pk}/edit/").content.decode())
    else:
        assert agree(browser, page).headers["Location"] == f"/beheer/pages/{page.pk}/edit/"
        assert WHY in unescape(browser.get(f"/beheer/pages/{page.pk}/edit/").content.decode())
    page.refresh_from_db()
    assert page.current_workflow_task_state is not None and NEW not in result_online(submission)
    services.approve_change(submission, by=house.boss, seen=UnapprovedChange.objects.get().revision)
    agree(browser, page)
    if way == "from the page":  # what the expert saved, the editor reads once more
        agree(browser_of(house.editor), page)
        agree(browser, page)
    assert NEW in result_online(submission)


def test_sending_back_needs_no_yes_of_the_company(house: House) -> None:
    submission, page = changed(house)
    page.refresh_from_db()
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "reject", page.current_workflow_task_state.pk]
    )
    browser_of(house.expert).post(address, {"comment": "Vraag het eerst."})
    page.refresh_from_db()
    assert page.current_workflow_state.status == "needs_changes"
    assert Workflow.objects.exists() and submission.page_id == page.pk


def test_many_at_once_says_which_one_waits(house: House) -> None:
    submission, page = changed(house)
    other = taken_up(house, title="Een ander")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked = f"{address}?id={page.pk}&id={other.page_id}&next=/beheer/pages/"
    response = browser_of(house.expert).post(asked, {"include_descendants": ""}, follow=True)
    assert f"Minder zoeken: {WHY}" in unescape(response.content.decode())
    assert NEW not in result_online(submission) and not page_of(other).live
    below = f"{address}?id={page.get_parent().pk}&next=/beheer/pages/"
    CasePage.objects.filter(pk=page.pk).update(live=False)
    browser_of(house.expert).post(below, {"include_descendants": "on"}, follow=True)
    assert not page_of(submission).live and not page_of(other).live


def test_the_api_of_the_staff_admin_refuses_too(house: House) -> None:
    submission, page = changed(house)
    address, browser = f"/beheer/api/main/pages/{page.pk}/action/publish/", browser_of(house.expert)
    assert browser.post(address).status_code == 403
    assert NEW not in result_online(submission)
    services.approve_change(submission, by=house.boss, seen=UnapprovedChange.objects.get().revision)
    assert browser.post(address).status_code == 200
    assert NEW in result_online(submission)


def test_what_was_scheduled_before_still_goes_online_when_its_time_comes(house: House) -> None:
    submission = taken_up(house)
    agreed = page_of(submission).get_latest_revision()
    change(submission, result=NEW)
    agreed.publish(log_action="wagtail.publish.scheduled")
    assert page_of(submission).live and NEW not in result_online(submission)


def test_a_case_of_staff_goes_online_as_before(house: House) -> None:
    submission = taken_up(house)
    page = page_of(submission)
    agree(browser_of(house.editor), page)
    agree(browser_of(house.expert), page)
    assert page_of(submission).live
