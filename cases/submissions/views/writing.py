"""The form in steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.submissions import rules, services
from cases.submissions.forms import step_form
from cases.submissions.models import CaseSubmission, State
from cases.submissions.shapes import figure_view, own_task, step_url
from cases.submissions.steps import CHECK, COMPANY, PROOF, RESULTS, SLUGS, STEPS, next_step, previous_step
from cases.submissions.views.pages import (
    FORM_METHODS,
    for_members_of_the_portal,
    go,
    own_submission,
    person,
    trail,
)
from portal.media.inspection import UploadRefused
from portal.organisations.models import Membership, Organisation

NOT_KEPT = ("csrfmiddlewaretoken", "actie")
MOST_COLLEAGUES = 100
MOST_OWN = 10


@require_http_methods(FORM_METHODS)
def submission_start(request: HttpRequest) -> HttpResponse:
    """What it is, how long it takes and what happens with it; for everybody. Who begins is signed in."""
    if request.method == "POST":
        return _begin(request)
    own = CaseSubmission.objects.of(request.user).exclude(state=State.WITHDRAWN).select_related("page")
    context = {
        "breadcrumb": trail()[:1],
        "steps": STEPS,
        "tasks": [own_task(row) for row in own[:MOST_OWN]] if request.user.is_authenticated else [],
    }
    return render(request, "submissions/start.html", context)


@for_members_of_the_portal
def _begin(request: HttpRequest) -> HttpResponse:
    try:
        submission = services.begin_submission(by=person(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
        return go("start")
    return go("step", submission.pk, SLUGS[0])


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def submission_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step: what is kept, or what was typed and isn't right yet. Whatever is sent is kept."""
    if step not in SLUGS:
        raise Http404
    submission = own_submission(request, pk)
    if not rules.can_edit(request.user, submission):
        return go("detail", pk)
    if step == CHECK:
        return _check(request, submission)
    facts = _facts(step, submission, request.POST)
    if request.method == "POST":
        return _sent(request, submission, step, facts)
    return _show(request, submission, step, _kept_form(step, submission, facts))


def _facts(step: str, submission: CaseSubmission, sent: QueryDict) -> dict[str, Any]:
    """What a step's form must know."""
    if step == RESULTS:
        return {"count": _rows(submission, sent)}
    if step == PROOF:
        return {"figures": list(submission.measurements.select_related("indicator"))}
    if step == COMPANY:
        own = Organisation.objects.of(submission.author).values("pk")
        rows = Membership.objects.filter(organisation__in=own, user__is_active=True).exclude(
            user=submission.author
        )
        named = (
            rows.current(timezone.localdate()).select_related("user", "organisation").exclude(user__name="")
        )
        return {"colleagues": list(named.order_by("user__name", "pk")[:MOST_COLLEAGUES])}
    return {}


def _rows(submission: CaseSubmission, sent: QueryDict) -> int:
    """How many figures are asked for: so many as were shown, else one more than there are."""
    typed = submission.typed.get(RESULTS, {}).get("data", {}).get("rows", [""])
    for each in (sent.get("rows", ""), typed[0] if typed else ""):
        if each.isascii() and each.isdecimal() and len(each) < 3:
            return max(int(each), 1)
    return max(submission.measurements.count(), 1)


def _kept_form(step: str, submission: CaseSubmission, facts: dict[str, Any]) -> Any:
    kept = submission.typed.get(step)
    if not kept:
        return step_form(step, submission, **facts)
    data = QueryDict(mutable=True)
    for name, values in kept["data"].items():
        data.setlist(name, values)
    form = step_form(step, submission, data, **facts)
    if not kept.get("checked"):
        form.without_errors()
    return form


def _sent(request: HttpRequest, submission: CaseSubmission, step: str, facts: dict[str, Any]) -> HttpResponse:
    deed = request.POST.get("actie", "")
    if deed == "meer" and step == RESULTS:
        data = request.POST.copy()
        data["rows"] = str(min(facts["count"] + 1, rules.MOST_MEASUREMENTS))
        _keep(request, submission, step, data=data)
        return HttpResponseRedirect(f"{step_url(submission, step)}#cijfer-{data['rows']}")
    form = step_form(step, submission, request.POST, request.FILES, **facts)
    if step == PROOF and (refusal := _files(request, submission, deed)) is not None:
        field, sentence = refusal
        _keep(request, submission, step)
        form.without_errors()
        form.add_error(field, sentence)
        return _show(request, submission, step, form)
    if step == PROOF and deed.partition(":")[0] in ("bestand", "foto", "weg", "weg-foto"):
        data = request.POST.copy()
        if deed == "foto":
            data["alt"] = ""  # it went along with the picture
        _keep(request, submission, step, data=data)
        return HttpResponseRedirect(f"{step_url(submission, step)}#bewijs")
    if not form.is_valid():
        _keep(request, submission, step, is_checked=deed != "later")
        return _later(request, submission) if deed == "later" else _show(request, submission, step, form)
    try:
        services.save_step(
            submission, step=step, by=person(request), values=form.values(), seen=form.seen_version()
        )
    except services.ChangedMeanwhile as changed:
        return _conflict(request, submission, step, str(changed))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form.add_error(None, str(refused))
        _keep(request, submission, step)
        return _show(request, submission, step, form)
    return _later(request, submission) if deed == "later" else go("step", submission.pk, next_step(step))


def _later(request: HttpRequest, submission: CaseSubmission) -> HttpResponse:
    messages.success(request, _("Bewaard. Je kunt later verder waar je was."))
    return go("detail", submission.pk)


def _keep(
    request: HttpRequest, submission: CaseSubmission, step: str, *, data: Any = None, is_checked: bool = False
) -> None:
    sent = data if data is not None else request.POST
    kept = {name: sent.getlist(name) for name in sent if name not in NOT_KEPT}
    services.keep_typed(submission, step=step, by=person(request), data=kept, is_checked=is_checked)


def _conflict(request: HttpRequest, submission: CaseSubmission, step: str, sentence: str) -> HttpResponse:
    """Both texts: what is kept now, and what was typed, which may be sent again."""
    now = own_submission(request, submission.pk)
    data = request.POST.copy()
    data["seen"] = str(now.step_version(step))
    facts = _facts(step, now, data)
    form = step_form(step, now, data, **facts)
    form.without_errors()
    form.add_error(None, sentence)
    stored = step_form(step, now, **_facts(step, now, QueryDict()))
    _keep(request, now, step, data=data)
    return _show(request, now, step, form, stored=_stored(stored))


def _stored(form: Any) -> list[tuple[str, str]]:
    """What is kept of a step now, in words."""
    shown = [(field.label, field.value()) for field in form.visible_fields()]
    return [(str(label), str(value)) for label, value in shown if isinstance(value, str) and value]


def _files(request: HttpRequest, submission: CaseSubmission, deed: str) -> tuple[str, str] | None:
    """Do what was asked with files; where that can't be, the field and the sentence."""
    by = person(request)
    files: dict[str, Any] = {name: request.FILES.get(name) for name in request.FILES}
    verb, _sep, rest = deed.partition(":")
    field = "picture" if verb == "foto" or (not verb and "picture" in files) else "upload"
    try:
        if verb in ("weg", "weg-foto"):
            remove: Callable[..., None] = services.remove_proof if verb == "weg" else services.remove_picture
            remove(submission, uuid=UUID(rest), by=by)
            return None
        if verb == "bestand" and "upload" not in files:
            return "upload", _("Kies eerst een bestand.")
        if verb == "foto" and "picture" not in files:
            return "picture", _("Kies eerst een foto.")
        if "upload" in files:
            field = "upload"
            services.add_proof(submission, upload=files["upload"], by=by)
        if "picture" in files:
            field = "picture"
            services.add_picture(submission, upload=files["picture"], alt=request.POST.get("alt", ""), by=by)
    except services.NotAllowed:
        raise
    except (services.Refused, UploadRefused) as refused:
        return field, str(refused)
    except ValueError:
        raise Http404 from None
    return None


def _show(
    request: HttpRequest, submission: CaseSubmission, step: str, form: Any, *, stored: Any = None
) -> HttpResponse:
    number = SLUGS.index(step) + 1
    before = previous_step(step)
    context = {
        "submission": submission,
        "form": form,
        "stored": stored,
        "step": STEPS[number - 1],
        "number": number,
        "total": len(STEPS),
        "back_url": step_url(submission, before) if before else submission.get_absolute_url(),
        "template": f"submissions/steps/{step}.html",
        "breadcrumb": trail(submission),
        "has_errors": bool(form.is_bound and form.errors),
        "robots": "noindex",
    }
    if step == PROOF:
        context["rows"] = [
            (figure_view(figure, with_proof=False), fields) for figure, fields in form.figure_rows()
        ]
        context["proofs"] = list(submission.proofs.all())
        context["pictures"] = list(services.pictures_of(submission))
    if step == RESULTS:
        context["can_add"] = form.count < rules.MOST_MEASUREMENTS
    return render(request, "submissions/step.html", context)


def _check(request: HttpRequest, submission: CaseSubmission) -> HttpResponse:
    """All of it, what lacks, and the button."""
    from cases.submissions.views.standing import content_of, manages

    context = {
        "submission": submission,
        "missing": [(each.sentence, step_url(submission, each.step)) for each in rules.missing(submission)],
        "number": len(STEPS),
        "total": len(STEPS),
        "back_url": step_url(submission, previous_step(CHECK)),
        "is_manager": manages(request.user, submission),
        "is_approved": rules.is_approved(submission),
        "may_change": True,
        "breadcrumb": trail(submission),
        "robots": "noindex",
        **content_of(submission),
    }
    return render(request, "submissions/check.html", context)
