"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from portal.organisations.services import NotAllowed, Refused

__all__ = ["ChangedMeanwhile", "NotAllowed", "PageChanged", "Refused"]


class ChangedMeanwhile(Refused):
    """This step was saved from another window, or the text was changed after it was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Deze tekst is intussen gewijzigd. Hieronder staat wat er nu bewaard is, en wat jij schreef.")
        )


class PageChanged(Refused):
    """Staff saved the page after the form was opened; `texts` is how it reads now and `revision` which one that is."""

    def __init__(self, texts: Mapping[str, str], revision: int | None) -> None:
        super().__init__(
            _(
                "De redactie wijzigde de pagina intussen. Hieronder staan beide teksten. Pas de jouwe aan en bewaar."
            )
        )
        self.texts = texts
        self.revision = revision
