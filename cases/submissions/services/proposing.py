"""Staff make a case of somebody's answer, and ask who wrote it first."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.submissions import rules
from cases.submissions.models import MOST_TEXT, CaseSubmission, State, SubmissionEvent
from cases.submissions.services.refusals import Refused
from cases.submissions.services.standing import require, words
from cases.submissions.services.telling import record, tell_author
from network.conversations.models import Post
from network.questions.models import AcceptedAnswer
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.services import membership_of
from portal.taxonomy.models import Theme


def proposable() -> QuerySet[AcceptedAnswer]:
    """Accepted answers that everybody may read, of people who are still here, that no case was made of yet."""
    taken = CaseSubmission.objects.exclude(answer=None).values("answer")
    rows = AcceptedAnswer.objects.standing().filter(
        question__conversation__ecosystem=None, question__conversation__state="visible", post__author__is_active=True
    )  # fmt: skip
    return rows.exclude(post__in=taken)


@transaction.atomic
def propose_case(
    answer: Post, *, by: User, title: str, situation: str, approach: str, theme: Theme, organisation: Organisation,
    result: str = "",
) -> CaseSubmission:  # fmt: skip
    """With the answer's text and a link to the question. Nothing happens with it until its writer says yes.

    Raises NotAllowed, Refused.
    """
    require(rules.can_decide(by))
    post = Post.objects.select_for_update(of=("self",)).select_related("author").get(pk=answer.pk)
    rows = AcceptedAnswer.objects.standing().filter(
        post=post, question__conversation__ecosystem=None, question__conversation__state="visible"
    )
    require(rows.exists())
    if post.author is None or not post.author.is_active:
        raise Refused(_("Wie dit schreef, is hier niet meer. Zonder toestemming kan het niet."))
    if CaseSubmission.objects.filter(answer=post).exists():
        raise Refused(_("Van dit antwoord is al een voorstel gemaakt."))
    if membership_of(post.author, organisation) is None:
        raise Refused(_("De schrijver hoort niet bij dit bedrijf."))
    submission = CaseSubmission.objects.create(
        author=post.author, answer=post, state=State.PROPOSED, organisation=organisation, theme=theme,
        title=words(title, most=150, lacks=_("Geef het voorbeeld een titel.")),
        situation=words(situation, most=MOST_TEXT, lacks=_("Vertel hoe het was.")),
        approach=words(approach, most=MOST_TEXT, lacks=_("Vertel wat ze deden.")),
        result=result.replace("\x00", "").strip()[:MOST_TEXT],
    )  # fmt: skip
    tell_author(record(submission, SubmissionEvent.Kind.PROPOSED, by=by))
    return submission
