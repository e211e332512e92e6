"""The blocks of a page's text. Few, so that an editor can choose; each has a preview and a word of help."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal.design.shapes import TableView
from portal.text import strip_markup

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Tussenkop")
        template = "pages/blocks/heading.html"
        preview_value = "Zo begin je"
        description = _("Een kop die de tekst verdeelt; komt ook in de inhoudsopgave.")


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        template = "pages/blocks/paragraph.html"
        preview_value = "<p>Loop een uur mee op de werkvloer. <b>Tel</b> wat er wacht.</p>"
        description = _("Gewone tekst met lijsten en links.")


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Stap"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Uitleg"), features=SHORT_FEATURES)

    class Meta:
        icon = "list-ol"
        label = _("Stap")
        label_format = "{title}"
        preview_value = {"title": "Kies één ploeg", "text": "<p>Begin klein, met mensen die willen.</p>"}
        description = _("Eén stap van een aanpak: wat deed je en hoe?")


class StepsBlock(blocks.ListBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Stappen")
        template = "pages/blocks/steps.html"
        preview_value = [{"title": "Kies één ploeg", "text": "<p>Begin klein.</p>"}]
        description = _("Genummerde stappen.")


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Tekst"), features=[*SHORT_FEATURES, "ul"])

    class Meta:
        icon = "info-circle"
        label = _("Let op")
        template = "pages/blocks/callout.html"
        preview_value = {"title": "Let op", "text": "<p>Een verband is nog geen oorzaak.</p>"}
        description = _("Een kader voor wat een lezer niet mag missen.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Citaat"), max_length=300)
    by = blocks.CharBlock(label=_("Van wie en waar"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Citaat")
        template = "pages/blocks/quote.html"
        preview_value = {"text": "Wij vroegen het de mensen die het werk doen.", "by": "Een ploegleider"}
        description = _("Een kort citaat, altijd met naam en plaats.")


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Beeld"))
    caption = blocks.CharBlock(label=_("Onderschrift"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Beeld")
        template = "pages/blocks/image.html"
        description = _("Een foto of tekening. De tekst voor wie het niet ziet staat bij het beeld zelf.")
        preview_template = "pages/blocks/image_preview.html"


class PageReferenceBlock(blocks.StructBlock):
    """Other pages within the text: a figure shows as a chart, anything else as a card.

    The page that holds the text reads all of them at once (`references_in`) and hands them down in its context.
    """

    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Pagina")), label=_("Pagina's"), max_num=6)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Cijfer of voorbeeld")
        template = "pages/blocks/references.html"
        preview_template = "pages/blocks/references_preview.html"
        description = _("Laat een cijferpagina als grafiek zien, of andere pagina's als kaartjes.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        references = (parent_context or {}).get("references") or {}
        shown = [references[page.pk] for page in value["pages"] if page and page.pk in references]
        context["charts"] = [reference.chart for reference in shown if reference.chart]
        context["cards"] = [reference.card for reference in shown if reference.card is not None]
        return context


class DiagramBlock(blocks.StructBlock):
    diagram = blocks.ChoiceBlock(
        label=_("Tekening"),
        choices=[("j-curve", _("De J-curve")), ("five-disc", _("De Schijf van vijf"))],
    )

    class Meta:
        icon = "image"
        label = _("Tekening")
        template = "pages/blocks/diagram.html"
        preview_value = {"diagram": "j-curve"}
        description = _("Een schema dat het portaal zelf tekent.")


class DetailsBlock(blocks.StructBlock):
    summary = blocks.CharBlock(label=_("Wat er dicht staat"), max_length=150)
    text = blocks.RichTextBlock(label=_("Wat opengaat"), features=TEXT_FEATURES)

    class Meta:
        icon = "expand-right"
        label = _("Uitklaptekst")
        template = "pages/blocks/details.html"
        preview_value = {
            "summary": "Hoe is dit berekend?",
            "text": "<p>Toegevoegde waarde gedeeld door uren.</p>",
        }
        description = _("Voor uitleg die niet iedereen nodig heeft.")


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(label=_("Wat het is"), max_length=200)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "pages/blocks/download.html"
        preview_template = "pages/blocks/download_preview.html"
        description = _("Een bestand om mee te nemen.")


class TableBlock(TypedTableBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__([("text", blocks.CharBlock(label=_("Tekst"), required=False))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Tabel")
        template = "pages/blocks/table.html"
        preview_template = "pages/blocks/table_preview.html"
        description = _("Een kleine tabel. Cijfers horen op een cijferpagina.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["table"] = TableView(
            caption=value.caption or gettext("Tabel"),
            columns=[column["heading"] for column in value.columns],
            rows=[[str(cell.value) for cell in row] for row in value.rows],
        )
        return context


class BodyBlock(blocks.StreamBlock):
    """The text of a knowledge or content page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=TEXT_FEATURES)
    steps = StepsBlock()
    references = PageReferenceBlock()
    diagram = DiagramBlock()
    callout = CalloutBlock()
    table = TableBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    details = DetailsBlock()
    download = DownloadBlock()

    class Meta:
        required = False


class ApproachBlock(blocks.StreamBlock):
    """The steps of an approach."""

    step = StepBlock()


class PointsBlock(blocks.StreamBlock):
    """Short points, one a block."""

    point = blocks.RichTextBlock(
        label=_("Punt"), features=SHORT_FEATURES, icon="list-ul",
        description=_("Eén les of één ding om te doen."), preview_value="<p>Vraag het eerst aan de ploeg.</p>",
    )  # fmt: skip


def plain_text(body: Any) -> str:
    """The words of a stream field, block after block, without markup."""
    return "\n".join(
        strip_markup(" ".join(block.block.get_searchable_content(block.value))) for block in body
    )
