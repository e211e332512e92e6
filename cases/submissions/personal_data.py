"""What is held about who sends in a case, who is named in it, and who asks its maker something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.submissions.models import (
    CaseSubmission,
    State,
    SubmissionCredit,
    SubmissionEvent,
    SubmissionProof,
)
from cases.submissions.rules import UNSENT
from cases.submissions.services import KEPT, leave_questions, leave_submissions
from portal.accounts.models import User
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    AsLong,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    Term,
    of_organisation,
    register,
)
from portal.privacy.rows import columns

_STANDS = AsLong(_("zolang het praktijkvoorbeeld er staat"))
_ENDED = [State.PROPOSED, State.DRAFT, State.WITHDRAWN, State.REFUSED]
_FORGOTTEN = Term(KEPT, since="changed_at", job="submissions.forget-old", only=Q(state__in=_ENDED))


def _here(**said: Any) -> PersonalData:
    return PersonalData(**{"purpose": Purpose.CASES, "ground": Ground.AGREEMENT, "term": _STANDS, **said})


def proofs_of(user: User) -> Iterator[tuple[str, Path]]:
    """The documents that somebody sent along."""
    for proof in SubmissionProof.objects.filter(sent_by=user).order_by("pk"):
        yield f"{proof.pk}-{proof.name}", Path(proof.file.path)


def credits_asked(user: User) -> Iterator[Mapping[str, object]]:
    """Where they were asked: of what its author is still writing nobody else knows."""
    asked = SubmissionCredit.objects.filter(user=user).exclude(submission__state__in=UNSENT)
    yield from columns("submission__title", "asked_at", "agrees", "answered_at").rows(asked)


def said_and_done(user: User) -> Iterator[Mapping[str, object]]:
    """With what it was about, where that is theirs to see: another's text may have gone elsewhere since."""
    mine = SubmissionEvent.objects.filter(actor=user)
    seen = Q(submission__in=CaseSubmission.objects.visible_to(user).order_by().values("pk"))
    yield from columns("submission__title", "kind", "text", "at").rows(mine.filter(seen))
    yield from columns("kind", "text", "at").rows(mine.exclude(seen))


def leave(departure: Departure) -> None:
    leave_submissions(departure.user, texts_go=departure.texts_go)


def leave_asked(departure: Departure) -> None:
    leave_questions(departure.user, texts_go=departure.texts_go)


register(
    _here(
        field="submissions.CaseSubmission.author",
        name=_("Praktijkvoorbeelden die je instuurde"),
        why=_("Zodat je ze kunt schrijven en volgen, en de redactie je iets kan vragen."),
        term=_FORGOTTEN,
        export=columns(
            "title", "organisation", "state", "situation", "approach", "effort", "cost", "payback", "result", "lessons",
            "tomorrow", "created_at", "changed_at",
        ),
        erasure=Own(
            _("Wat geen pagina werd, wissen we met de bestanden. Een pagina die er staat, blijft zonder je naam."), leave
        ),
    ),
    of_organisation(
        "submissions.CaseSubmission.organisation",
        name=_("Voor welk bedrijf een praktijkvoorbeeld is ingestuurd"),
        purpose=Purpose.CASES,
    ),
    _here(
        field="submissions.SubmissionProof.sent_by",
        name=_("Bewijsstukken die je meestuurde"),
        why=_("Zodat de redactie kan nagaan waar een cijfer vandaan komt."),
        export=columns("name", "bytes", "created_at"),
        files=proofs_of,
        erasure=UNLINK,
    ),
    _here(
        field="submissions.SubmissionCredit.user",
        name=_("Vragen of je naam bij een praktijkvoorbeeld mag"),
        why=_("Zodat je naam er alleen staat als jij dat wilt."),
        ground=Ground.CONSENT,
        export=credits_asked,
        erasure=DELETE,
    ),
    _here(
        field="submissions.SubmissionEvent.actor",
        name=_("Wat je deed en schreef bij een ingestuurd praktijkvoorbeeld"),
        why=_("Zodat inzender, bedrijf en redactie zien wat er is gebeurd en gezegd."),
        export=said_and_done,
        erasure=UNLINK,
    ),
    _here(
        field="submissions.ReaderQuestion.asker",
        name=_("Wat je de maker van een praktijkvoorbeeld vroeg"),
        why=_("Zodat de maker je kan antwoorden."),
        export=columns("submission__page__title", "text", "asked_at", "answer", "answered_at"),
        erasure=Own(_("Je vraag blijft zonder je naam, of gaat weg als je teksten weggaan."), leave_asked),
    ),
)  # fmt: skip
