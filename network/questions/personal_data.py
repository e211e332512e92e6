"""What is held about who asks, answers and is asked, besides the texts themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import (
    DELETE,
    UNLINK,
    AsLong,
    Ground,
    PersonalData,
    Purpose,
    register,
)
from portal.privacy.rows import columns

_STANDS = AsLong(_("zolang de vraag er staat"))


def _here(**said: Any) -> PersonalData:
    return PersonalData(purpose=Purpose.COMMUNITY, ground=Ground.AGREEMENT, term=_STANDS, **said)


register(
    _here(
        field="questions.AcceptedAnswer.by",
        name=_("Antwoorden die je koos"),
        why=_("Zodat anderen zien wat hielp."),
        export=columns("question__conversation__title", "at"),
        erasure=UNLINK,
    ),
    _here(
        field="questions.SameHere.user",
        name=_("Vragen waar je ook iets aan hebt"),
        why=_("Zodat je hoort wat er geantwoord wordt."),
        export=columns("question__conversation__title", "at"),
        erasure=DELETE,
    ),
    _here(
        field="questions.ExpertInvitation.expert",
        name=_("Vragen waarvoor je gevraagd bent"),
        why=_("Zodat wie iets van een thema weet, de vraag ziet."),
        export=columns("question__conversation__title", "at"),
        erasure=DELETE,
    ),
    _here(
        field="questions.ExpertInvitation.by",
        name=_("Vragen waarvoor je een expert vroeg"),
        why=_("Zodat niemand te veel mensen vraagt."),
        export=columns("question__conversation__title", "at"),
        erasure=UNLINK,
    ),
    _here(
        field="questions.AnswerClaim.user",
        name=_("Dat je een antwoord aan het schrijven bent"),
        why=_("Zodat niet twee mensen hetzelfde antwoord schrijven."),
        export=columns("question__conversation__title", "claimed_at", "until"),
        erasure=DELETE,
    ),
)
