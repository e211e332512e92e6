"""What is held about reports, decisions and objections."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.moderation.services.leaving import part_from_moderation
from network.moderation.services.retention import KEEP_FINGERPRINTS, KEEP_REASONS, KEEP_REPORTS
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    AsLong,
    Departure,
    Ground,
    NotTaken,
    Own,
    PersonalData,
    Purpose,
    Term,
    register,
)
from portal.privacy.rows import columns

_COUNTED = AsLong(_("zolang het portaal bestaat, voor de jaarlijkse telling; de teksten drie jaar"))
_REASONS = Term(KEEP_REASONS, since="at", job="moderation.forget-old", only=~Q(facts="", reason=""))
_DECIDED = columns("action", "measure", "blocked_until", "ground", "rule", "facts", "reason", "at")


def part(departure: Departure) -> None:
    part_from_moderation(departure.user, texts_go=departure.texts_go, at=departure.at)


def _here(**said: Any) -> PersonalData:
    return PersonalData(**{"purpose": Purpose.SAFETY, "ground": Ground.LAW, **said})


register(
    _here(
        field="moderation.ModerationCase.author",
        name=_("Dat een moderator naar een bericht van je keek"),
        why=_("Zodat iets wat gemeld is, bekeken wordt."),
        term=_COUNTED,
        export=columns("code", "state", "opened_at", "decided_at", "is_held"),
        erasure=UNLINK,
    ),
    _here(
        field="moderation.Report.reporter",
        name=_("Wat je meldde"),
        why=_("Zodat een moderator ernaar kijkt en je hoort wat er besloten is."),
        term=Term(
            KEEP_REPORTS, since="case__decided_at", job="moderation.forget-old", only=Q(forgotten_at=None)
        ),
        export=columns("category", "text", "at"),
        erasure=Own(_("De melding blijft, zonder jou. Gaan je teksten mee, dan ook je toelichting."), part),
    ),
    _here(
        field="moderation.Report.email",
        name=_("Het adres van wie zonder account iets meldt"),
        why=_("Zodat we kunnen laten weten wat er besloten is."),
        term=Term(
            KEEP_REPORTS,
            since="case__decided_at",
            job="moderation.forget-old",
            only=Q(forgotten_at=None) & ~Q(email=""),
        ),
        export=NotTaken(_("Wie zonder account meldt, kan bij ons opvragen wat we bewaren.")),
        erasure=Own(_("Meldde je iets met je adres, dan gaan adres en toelichting weg."), part),
        person="",
    ),
    _here(
        field="moderation.Decision.person",
        name=_("Besluiten over wat je schreef"),
        why=_("De wet vraagt dat we laten zien wat we weghalen en waarom, en dat je bezwaar kunt maken."),
        term=_REASONS,
        export=_DECIDED,
        erasure=Own(_("Dat er iets besloten is blijft; wat er over jou staat, wissen we."), part),
    ),
    _here(
        field="moderation.Decision.by",
        name=_("Besluiten die je nam als moderator"),
        why=_("Zodat na te gaan is wie wat besloot."),
        term=_COUNTED,
        export=columns("action", "measure", "at"),
        erasure=UNLINK,
    ),
    _here(
        field="moderation.Objection.by",
        name=_("Je bezwaar tegen een besluit"),
        why=_("Zodat een ander er opnieuw naar kijkt."),
        term=Term(KEEP_REASONS, since="decided_at", job="moderation.forget-old", only=~Q(text="", answer="")),
        export=columns("text", "at", "outcome", "answer", "decided_at"),
        erasure=Own(_("Dat er bezwaar was blijft; je tekst en het antwoord wissen we."), part),
    ),
    _here(
        field="moderation.Objection.decided_by",
        name=_("Bezwaren die je beantwoordde"),
        why=_("Zodat na te gaan is wie een bezwaar beantwoordde."),
        term=_COUNTED,
        export=columns("outcome", "decided_at"),
        erasure=UNLINK,
    ),
    _here(
        field="moderation.Access.by",
        name=_("Wat je opende dat niet van jou is"),
        why=_("Zodat na te gaan is welke moderator iets besloten las, en waarom."),
        term=Term(KEEP_REASONS, since="at", job="moderation.forget-old", only=~Q(reason="")),
        export=columns("code", "reason", "at"),
        erasure=UNLINK,
    ),
    _here(
        field="moderation.WrittenText.author",
        name=_("Een afdruk van wat je schreef, om spam te herkennen"),
        why=_("Zodat dezelfde reclame niet twintig keer geplaatst wordt. De tekst staat er niet in."),
        ground=Ground.INTEREST,
        term=Term(KEEP_FINGERPRINTS, since="at", job="moderation.forget-old", only=~Q(fingerprint="")),
        export=columns("at", "was_held"),
        erasure=DELETE,
    ),
)
