"""The cases of the authorisation matrix: one of a public thing, one of a private one, one that a participant manages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from network.ecosystems.models import Ecosystem
from network.moderation.moderators import setup_moderators
from network.moderation.services import Choice, Told, decide, object_to, report_thing
from network.moderation.services.cases import open_held_case
from portal.accounts.models import User
from tests.network.moderation import notes


def name_cases() -> dict[str, Any]:
    """`note` is public, `private_note` stands in "stil", and `own_case` is about one in "eigen"."""
    setup_moderators()
    at = timezone.now()
    author, other, reporter, judge = (
        User.objects.create_user(f"{name}@portaal.example")
        for name in ("schrijver", "ander", "melder", "rechter")
    )
    judge.groups.add(setup_moderators())
    stil, eigen = (Ecosystem.objects.get(name=name).pk for name in ("stil", "eigen"))
    note, decided = notes.write(by=author), notes.write(by=author)
    private, own = notes.write(by=author, ecosystem_id=stil), notes.write(by=other, ecosystem_id=eigen)

    def reported(number: int) -> Any:
        told = Told("spam", "Dit is reclame.")
        return report_thing(
            notes.CODE, number, told=told, by=reporter, address="", reader=reporter, at=at
        ).case

    why = {"ground": "rules", "rule": "regel 4", "facts": "Reclame.", "reason": "Dat mag hier niet."}
    decision = decide(reported(decided), choice=Choice("hide", **why), by=judge, at=at)
    objection = object_to(decision, by=author, text="Het was een antwoord.", at=at)
    held = {"author": author, "reasons": ["links"], "at": at}
    return {
        "note": note,
        "private_note": private,
        "case": reported(note).pk,
        "private_case": open_held_case(notes.CODE, private, **held).pk,
        "own_case": open_held_case(notes.CODE, own, **{**held, "author": other}).pk,
        "note_author": author.pk,
        "decision": decision.key,
        "objection": objection.pk,
    }
