"""Asking somebody who knows the theme; and telling them of what nobody answered."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.models import Post, Reading
from network.ecosystems.models import Ecosystem, Participation
from network.ecosystems.rules import managers_of
from network.questions import rules
from network.questions.models import ExpertInvitation, Question
from network.questions.services.refusals import NotAllowed, Refused
from network.questions.services.standing import locked_question
from network.questions.services.telling import tell_invited, tell_reminded
from portal.accounts.models import User
from portal.people.models import Profile

MOST_OFFERED = 20
MOST_LOOKED_AT = 200
MOST_REMINDED_AT_ONCE = 200  # questions


def experts_for(question: Question, *, by: User, at: datetime.datetime | None = None) -> list[int]:
    """People who can be invited, by number: they know the theme, want questions, can read this one, and `by` may know
    that they do. Who was asked least comes first; who had enough today is left out."""
    since = (at or timezone.now()) - datetime.timedelta(days=1)
    asked = ExpertInvitation.objects.filter(expert=OuterRef("user"), at__gte=since)
    counted = asked.order_by().values("expert").annotate(number=Count("pk")).values("number")
    known = _who_know(question).exclude(user=by).exclude(user__in=_no_more_asked(question))
    known = known.annotate(lately=Coalesce(Subquery(counted), 0)).filter(lately__lt=rules.MOST_RECEIVED_A_DAY)
    some = list(known.order_by("lately", "pk").values_list("pk", flat=True)[:MOST_LOOKED_AT])
    shown = Profile.objects.filter(pk__in=some).visible_to(by, "expertise")
    seen = set(shown.values_list("pk", flat=True))
    chosen = [pk for pk in some if pk in seen][:MOST_OFFERED]
    users = dict(Profile.objects.filter(pk__in=chosen).values_list("pk", "user_id"))
    return [users[pk] for pk in chosen]


@transaction.atomic
def invite_expert(
    question: Question, *, expert: User, by: User, at: datetime.datetime | None = None
) -> ExpertInvitation:
    """Ask one person; they hear of it. Raises NotAllowed, Refused."""
    moment = at or timezone.now()
    # Two invitations of one person at once come after each other, so that no limit is passed.
    by = User.objects.select_for_update().get(pk=by.pk)
    row = locked_question(question, by=by)
    if not rules.can_invite(by, row):
        raise NotAllowed
    mine = ExpertInvitation.objects.filter(by=by)
    if (known := mine.filter(question=row).first()) is not None:
        if known.expert_id == expert.pk:
            return known
        raise Refused(_("Je nodigde voor deze vraag al iemand uit."))
    if mine.filter(at__gte=moment - datetime.timedelta(days=1)).count() >= rules.MOST_INVITED_A_DAY:
        raise Refused(
            _("Je nodigde vandaag al %(most)s mensen uit. Probeer het morgen weer.")
            % {"most": rules.MOST_INVITED_A_DAY}
        )
    if expert.pk not in experts_for(row, by=by, at=moment):
        raise Refused(_("Deze persoon kun je nu niet uitnodigen. Kies iemand anders."))
    invitation = ExpertInvitation.objects.create(question=row, expert=expert, by=by, at=moment)
    tell_invited(row, expert=expert, by=by)
    return invitation


def remind_those_who_know(at: datetime.datetime) -> int:
    """Of each question that waited long enough without an answer, once, those who know its theme hear; how many
    questions that were."""
    waiting = (
        Question.objects.shown()
        .unanswered()
        .filter(reminded_at=None, theme__isnull=False, conversation__created_at__lt=at - rules.REMIND_AFTER)
    )
    done = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST_REMINDED_AT_ONCE]):
        done += _remind(pk, at)
    return done


@transaction.atomic
def _remind(pk: int, at: datetime.datetime) -> int:
    """In a transaction for each, so that a job that was killed goes on where it was."""
    rows = Question.objects.select_for_update(of=("self",)).filter(pk=pk, reminded_at=None)
    question = rows.select_related("conversation__ecosystem").first()
    if question is None:
        return 0
    question.reminded_at = at
    question.save(update_fields=["reminded_at"])
    muted = Reading.objects.filter(conversation=question.pk, wants=Reading.Wants.MUTE)
    known = _who_know(question).exclude(user__in=muted.values("user")).order_by("pk")
    tell_reminded(question, people=known.values_list("user_id", flat=True)[: rules.MOST_REMINDED])
    return 1


def _who_know(question: Question) -> QuerySet[Profile]:
    """People with its theme who want questions and can read this one, but for who asked it."""
    if question.theme_id is None:
        return Profile.objects.none()
    known = Profile.objects.filter(expertise__theme=question.theme_id).open_to_questions()
    ecosystem = question.conversation.ecosystem
    if ecosystem is not None:
        known = known.filter(user__in=_inside(ecosystem))
    found: QuerySet[Profile] = known.exclude(user=question.conversation.started_by_id).distinct()
    return found


def _inside(ecosystem: Ecosystem) -> set[int]:
    taking_part = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    people = set(taking_part.order_by().values_list("user_id", flat=True))
    return people | {user.pk for user in managers_of(ecosystem)}


def _no_more_asked(question: Question) -> set[int]:
    """Who was invited already, and who answered."""
    invited = set(ExpertInvitation.objects.filter(question=question).values_list("expert_id", flat=True))
    answered = Post.objects.filter(conversation=question.pk, author__isnull=False)
    return invited | set(answered.order_by().values_list("author_id", flat=True))
