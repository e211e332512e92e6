"""Names that editors publish: of who made a source or a picture."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.privacy.registry import AsLong, Ground, Keep, NotTaken, PersonalData, Purpose, register

_PUBLIC = NotTaken(_("Het staat openbaar op de pagina."))
_RIGHT = Keep(_("Wie iets maakte, hoort erbij genoemd te worden. Wil je dat niet, vraag het de redactie."))

register(
    *(
        PersonalData(
            field=field,
            name=name,
            purpose=Purpose.EDITING,
            why=_("Zodat lezers weten waar iets vandaan komt, en makers genoemd worden."),
            ground=Ground.INTEREST,
            term=AsLong(_("zolang de pagina, de bron of het beeld gebruikt wordt")),
            export=_PUBLIC,
            erasure=_RIGHT,
            person="",
        )
        for field, name in {
            "pages.PageCitation.by": _("Wie iets zei dat op een pagina staat"),
            "evidence.Source.author": _("Wie een bron schreef"),
            "media.PortalImage.credit": _("Wie een foto maakte"),
        }.items()
    )
)
