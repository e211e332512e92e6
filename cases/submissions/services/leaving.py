"""What becomes of a person's cases when they leave the portal."""

from __future__ import annotations

from django.db import transaction

from cases.submissions.models import CaseSubmission, ReaderQuestion, State
from cases.submissions.services.proofs import remove_files
from network.moderation.reportables import VISIBLE
from portal.accounts.models import User
from portal.http.page_cache import bump_generation


@transaction.atomic
def leave_submissions(user: User, *, texts_go: bool) -> None:
    """What no page was made of goes, with its files. Of the others the page stays, since it is the company's and the
    portal's by now; what was sent in for it stays without a name, or goes too where texts go."""
    for submission in CaseSubmission.objects.select_for_update().filter(author=user):
        if texts_go or submission.state != State.TAKEN_UP:
            remove_files(submission)
            submission.delete()
        else:
            submission.author, submission.names_author, submission.takes_questions = None, False, False
            submission.save(update_fields=["author", "names_author", "takes_questions"])
    bump_generation()


@transaction.atomic
def leave_questions(user: User, *, texts_go: bool) -> None:
    """What was asked of makers: gone, or without a name; what was still held back goes anyhow."""
    mine = ReaderQuestion.objects.filter(asker=user)
    (mine if texts_go else mine.exclude(state=VISIBLE)).delete()
    mine.update(asker=None)
