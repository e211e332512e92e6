"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from network.conversations.models import Post
from portal.organisations.services import NotAllowed, Refused

__all__ = ["ChangedMeanwhile", "Locked", "NotAllowed", "Refused"]


class Locked(Refused):
    def __init__(self) -> None:
        super().__init__(_("Dit gesprek is intussen gesloten. Je tekst staat nog hieronder."))


class ChangedMeanwhile(Refused):
    """The post was changed after the form was opened; `post` is how it stands now."""

    def __init__(self, post: Post) -> None:
        super().__init__(_("Dit bericht is intussen gewijzigd. Kijk wat er nu staat en bewaar dan nog eens."))
        self.post = post
