"""The author changes the page that was made of what they sent in: a revision that staff look at before it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import CasePage
from cases.submissions import rules
from cases.submissions.models import MOST_TEXT, CaseSubmission, SubmissionEvent
from cases.submissions.services.changing import ask_company
from cases.submissions.services.deciding import start_review
from cases.submissions.services.pages import points
from cases.submissions.services.refusals import NotAllowed, PageChanged, Refused
from cases.submissions.services.standing import locked, require, require_may_write
from cases.submissions.services.telling import record, tell_desk
from cases.submissions.texts import as_rich, numbered, rich_line, texts_on
from portal.accounts.models import User
from portal.pages.importing.importers import stream

FIELDS = ("title", "summary", "reason", "approach", "result", "lessons", "tomorrow")


def texts_of(page: CasePage) -> tuple[dict[str, str], int | None]:
    """How the page reads now, its draft where there is one, as plain text; and which revision that is."""
    return texts_on(page.get_latest_revision_as_object()), page.latest_revision_id


@transaction.atomic
def revise_page(submission: CaseSubmission, *, by: User, texts: Mapping[str, str], seen: int | None) -> None:
    """Only what differs is written, so that what an editor laid out otherwise stays as it is.

    `seen`: the revision that was shown. Raises NotAllowed, PageChanged where another one was saved since, Refused.
    """
    row = locked(submission)
    require(rules.can_revise(by, row))
    require_may_write(by)
    page = CasePage.objects.select_for_update().filter(pk=row.page_id).first()
    if page is None:
        raise NotAllowed
    now, revision = texts_of(page)
    if revision != seen:
        raise PageChanged(now, revision)
    wanted = {name: _clean(texts[name]) for name in FIELDS}
    changed = {name for name in FIELDS if wanted[name] != now[name].strip()}
    if not changed:
        raise Refused(_("Je hebt nog niets veranderd."))
    draft: Any = page.get_latest_revision_as_object()
    _write(draft, wanted, changed)
    saved = draft.save_revision(user=by, log_action=True)
    page.refresh_from_db()
    start_review(page, by=by)
    event = record(row, SubmissionEvent.Kind.CHANGED, by=by)
    after = {name: wanted[name] for name in changed}
    ask_company(row, event, before=now, after=after, revision=saved.pk, by=by)
    tell_desk(event)


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[: MOST_TEXT * 2]


def _write(draft: Any, wanted: Mapping[str, str], changed: set[str]) -> None:
    for name in changed:
        text = wanted[name]
        if name in ("title", "summary"):
            setattr(draft, name, text)
        elif name in ("reason", "result"):
            setattr(draft, name, as_rich(text))
        elif name == "approach":
            steps = [("step", {"title": "", "text": f"<p>{rich_line(each)}</p>"}) for each in numbered(text)]
            draft.approach = stream(steps)
        else:
            setattr(draft, name, stream(points(text)))
