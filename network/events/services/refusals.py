"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from network.conversations.services import NotAllowed, Refused
from network.events.models import Event

__all__ = ["AnswersWrong", "ChangedMeanwhile", "NotAllowed", "Refused"]


class AnswersWrong(Refused):
    """`problems`: a sentence for each question, by number, that has none or another answer than it can have."""

    def __init__(self, problems: dict[int, str]) -> None:
        super().__init__(_("Beantwoord eerst de vragen hieronder."))
        self.problems = problems


class ChangedMeanwhile(Refused):
    """Somebody saved while the form was open; `event` is how it stands now."""

    def __init__(self, event: Event) -> None:
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk wat er nu staat en bewaar dan nog eens.")
        )
        self.event = event
