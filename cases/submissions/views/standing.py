"""One submission: where it stands, and what its author or the company's manager does next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.submissions import rules, services
from cases.submissions.forms import AnswerForm, CreditForm, RemarkForm
from cases.submissions.models import CaseSubmission, State, SubmissionCredit, SubmissionEvent
from cases.submissions.querysets import sees_queue
from cases.submissions.shapes import (
    differences,
    figure_view,
    state_label,
    status_kind,
    step_tasks,
    step_url,
    timeline,
    unapproved,
)
from cases.submissions.steps import SLUGS
from cases.submissions.views.pages import (
    FORM_METHODS,
    for_members_of_the_portal,
    go,
    own_submission,
    person,
    seen_submission,
    trail,
)
from portal.organisations.models import Membership
from portal.organisations.rules import is_manager
from portal.organisations.services import membership_of


@require_safe
@for_members_of_the_portal
def submission_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_submission(request, pk))


def manages(user: Any, submission: CaseSubmission) -> bool:
    organisation = submission.organisation
    return organisation is not None and is_manager(membership_of(user, organisation))


def content_of(submission: CaseSubmission) -> dict[str, Any]:
    """All that was written, as it is shown to who may read it."""
    figures = list(submission.measurements.select_related("indicator", "proof"))
    return {
        "figures": [figure_view(figure) for figure in figures],
        "proofs": list(submission.proofs.all()),
        "pictures": list(services.pictures_of(submission)),
        "people": [row.user.name for row in submission.credits.select_related("user")],
        "step_urls": {slug: step_url(submission, slug) for slug in SLUGS},
    }


def said_to(user: Any, submission: CaseSubmission) -> Any:
    """What happened, for this reader. What a manager sent back is no business of another company that it went to."""
    events = submission.events.all()
    if rules.is_author(user, submission) or sees_queue(user):
        return events
    here = Membership.objects.filter(organisation=submission.organisation_id).values("user")
    return events.exclude(Q(kind=SubmissionEvent.Kind.SENT_BACK) & ~Q(actor__in=here))


def _page(request: HttpRequest, submission: CaseSubmission, **forms: Any) -> HttpResponse:
    user, is_author = request.user, rules.is_author(request.user, submission)
    is_company = manages(user, submission)
    change = unapproved(submission)
    context = {
        "submission": submission,
        "change": change,
        "differences": differences(change) if is_company or is_author else [],
        "may_approve_change": is_company and change is not None,
        "is_author": is_author,
        "label": state_label(submission),
        "status_kind": status_kind(submission),
        "timeline": timeline(said_to(user, submission)),
        "may_edit": rules.can_edit(user, submission),
        "may_approve": is_company and submission.state == State.WITH_MANAGER,
        "may_recall": rules.can_recall(user, submission),
        "may_withdraw": rules.can_withdraw(user, submission),
        "may_reply": rules.can_reply(user, submission),
        "may_revise": rules.can_revise(user, submission),
        "may_answer_proposal": rules.can_answer_proposal(user, submission),
        "is_approved": rules.is_approved(submission),
        "is_company": is_company,
        "page_url": _page_url(submission),
        "tasks": step_tasks(submission) if is_author and rules.can_edit(user, submission) else [],
        "continue_url": step_url(submission, submission.last_step or SLUGS[0]),
        "remark_form": RemarkForm(),
        "answer_form": AnswerForm(),
        "questions": _reader_questions(submission, user),
        "breadcrumb": trail(submission)[:-1],
        "robots": "noindex",
        **content_of(submission),
        **forms,
    }
    context["has_errors"] = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "submissions/detail.html", context)


def _page_url(submission: CaseSubmission) -> str:
    page = submission.page
    return page.get_url() or "" if page is not None and page.live else ""


def _reader_questions(submission: CaseSubmission, user: Any) -> list[Any]:
    # Readers ask about a page, so without one there is nothing to look for.
    if submission.page_id is None or not rules.is_author(user, submission):
        return []
    return list(submission.reader_questions.visible_to(user)[:20])


# --- what is done


def _send(request: HttpRequest, submission: CaseSubmission) -> str:
    agrees = request.POST.get("akkoord") == "ja"
    row = services.send_submission(submission, by=person(request), agrees=agrees)
    if row.state == State.WITH_MANAGER:
        return _("Verstuurd. De beheerder van je bedrijf kijkt ernaar. Je krijgt een melding.")
    return _("Verstuurd naar de redactie. Je krijgt een melding als er iets verandert.")


def _approve(request: HttpRequest, submission: CaseSubmission) -> str:
    services.approve_submission(submission, by=person(request), seen=_version_seen(request))
    return _("Akkoord gegeven. Het voorbeeld is nu bij de redactie.")


def _approve_change(request: HttpRequest, submission: CaseSubmission) -> str:
    services.approve_change(submission, by=person(request), seen=_version_seen(request))
    return _("Akkoord gegeven. De redactie ziet dat.")


def _version_seen(request: HttpRequest) -> int:
    seen = request.POST.get("versie", "")
    if not (seen.isascii() and seen.isdecimal()):
        raise Http404
    return int(seen[:9])


def _recall(request: HttpRequest, submission: CaseSubmission) -> str:
    services.recall_submission(submission, by=person(request))
    return _("Je hebt je voorbeeld terug. Wijzig het en verstuur het dan opnieuw.")


def _withdraw(request: HttpRequest, submission: CaseSubmission) -> str:
    services.withdraw_submission(submission, by=person(request))
    return _("Ingetrokken. Er gebeurt niets meer mee.")


def _accept(request: HttpRequest, submission: CaseSubmission) -> str:
    services.accept_proposal(
        submission,
        by=person(request),
        with_name=request.POST.get("naam") == "ja",
        agrees=request.POST.get("akkoord") == "ja",
    )
    return _("Dank je wel. Je krijgt een melding als er iets verandert.")


def _take_over(request: HttpRequest, submission: CaseSubmission) -> str:
    services.edit_proposal(submission, by=person(request))
    return _("Schrijf het zoals jij het wilt, en verstuur het dan.")


def _credit(request: HttpRequest, submission: CaseSubmission) -> str:
    wanted = request.POST.get("naam") == "ja"
    services.name_author(submission, by=person(request), wanted=wanted)
    return _("Je naam staat erbij.") if wanted else _("Je naam staat er niet meer bij.")


def _questions(request: HttpRequest, submission: CaseSubmission) -> str:
    wanted = request.POST.get("vragen") == "ja"
    services.let_ask(submission, by=person(request), wanted=wanted)
    return (
        _("Lezers kunnen je nu vragen stellen.")
        if wanted
        else _("Lezers kunnen je geen vragen meer stellen.")
    )


Deed = Callable[[HttpRequest, CaseSubmission], str]
DEEDS: dict[str, Deed] = {
    "versturen": _send,
    "akkoord": _approve,
    "wijziging-akkoord": _approve_change,
    "terughalen": _recall,
    "intrekken": _withdraw,
    "ja": _accept,
    "zelf": _take_over,
    "naam": _credit,
    "vragen": _questions,
}


@require_POST
@for_members_of_the_portal
def submission_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the deeds; what isn't right comes back with its sentence and the words that were typed."""
    submission, deed = seen_submission(request, pk), request.POST.get("actie", "")
    if deed in ("terug", "wijziging-anders", "antwoord"):
        return _with_words(request, submission, deed)
    if deed == "weggooien":
        services.discard_draft(own_submission(request, pk), by=person(request))
        messages.success(request, _("Weggegooid."))
        return go("start")
    if deed not in DEEDS:
        raise Http404
    try:
        messages.success(request, DEEDS[deed](request, submission))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
        if deed == "versturen":
            return go("step", pk, SLUGS[-1])
    return go("detail", pk)


def _with_words(request: HttpRequest, submission: CaseSubmission, deed: str) -> HttpResponse:
    is_remark = deed != "antwoord"
    form: Any = RemarkForm(request.POST) if is_remark else AnswerForm(request.POST)
    name = "remark_form" if is_remark else "answer_form"
    if not form.is_valid():
        if deed == "antwoord":
            form.renew_token()
        return _page(request, submission, **{name: form})
    given = form.cleaned_data
    try:
        if deed == "terug":
            services.send_back(submission, by=person(request), remark=given["remark"])
        elif deed == "wijziging-anders":
            services.object_to_change(submission, by=person(request), remark=given["remark"])
        else:
            services.answer_staff(submission, by=person(request), text=given["text"], token=given["token"])
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, submission, **{name: form})
    messages.success(request, _("Teruggestuurd met je opmerking.") if is_remark else _("Verstuurd."))
    return go("detail", submission.pk)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def credit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody whom an author wants to name says yes or no, and may change their mind here."""
    rows = SubmissionCredit.objects.filter(user=person(request), pk=pk)
    credit = rows.select_related("submission__organisation", "submission__page").first()
    if credit is None or not rules.can_answer_credit(request.user, credit):
        raise Http404
    said = {True: "ja", False: "nee", None: ""}[credit.agrees]
    form = CreditForm(request.POST if request.method == "POST" else None, initial={"agrees": said})
    if request.method == "POST" and form.is_valid():
        services.answer_credit(credit, by=person(request), agrees=form.cleaned_data["agrees"] == "ja")
        messages.success(request, _("Bewaard. Je kunt dit hier altijd veranderen."))
        return go("credit", pk)
    context = {
        "form": form,
        "submission": credit.submission,
        "page_url": _page_url(credit.submission),
        "breadcrumb": trail(),
        "has_errors": bool(form.is_bound and form.errors),
        "robots": "noindex",
    }
    return render(request, "submissions/credit.html", context)
