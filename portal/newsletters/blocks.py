"""What a newsletter is made of: text, pages of the portal, and things with a date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from search.documents import PUBLIC, sources

FEATURES = ["bold", "italic", "link", "ul"]
#: The search source of what has a date and isn't a page; a room above offers it.
EVENT = "event"
MOST_EVENTS = 60


def public_events() -> list[tuple[str, str]]:
    """What everybody may read of the events, by number; nothing where no room offers any."""
    source = sources().get(EVENT)
    if source is None:
        return []
    open_to_all = (document for document in source.documents() if PUBLIC in document.audience)
    newest = sorted(open_to_all, key=lambda document: -int(document.id.partition(":")[2]))[:MOST_EVENTS]
    return [(document.id, document.title) for document in newest]


class TextBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Tekst"), features=FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        description = _("Een stukje tekst, met of zonder kop.")


class PagesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Pagina")), label=_("Pagina's"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Pagina's")
        description = _("Titel, samenvatting en link. Alleen wat iedereen mag lezen, komt in de mail.")


class EventsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, required=False)
    events = blocks.ListBlock(
        blocks.ChoiceBlock(choices=public_events, label=_("Bijeenkomst")), label=_("Bijeenkomsten"), min_num=1
    )

    class Meta:
        icon = "date"
        label = _("Bijeenkomsten")
        description = _("Alleen bijeenkomsten die iedereen mag zien.")


class NewsletterBlocks(blocks.StreamBlock):
    text = TextBlock()
    pages = PagesBlock()
    events = EventsBlock()
