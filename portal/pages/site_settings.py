"""Navigation and footer, kept by editors; empty means: what the site has."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Woord"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Pagina"), required=False)
    url = blocks.CharBlock(
        label=_("Of een adres"), required=False, max_length=250,
        validators=[],
        help_text=_("Begint met / of https://. Alleen als er geen pagina is gekozen."),
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"
        preview_value = {"label": "Praktijk", "url": "/praktijkvoorbeelden/"}
        description = _("Een link in menu of voet.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned.get("url") or ""
        # Two slashes at the start lead to another site.
        safe = address.startswith("https://") or (address.startswith("/") and not address.startswith("//"))
        if not cleaned.get("page") and not safe:
            message = _("Kies een pagina, of schrijf een adres dat met / of https:// begint.")
            raise blocks.StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return cleaned


class ColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=40)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Kolom")
        preview_value = {"title": "Over", "links": [{"label": "Privacy", "url": "/privacy/"}]}
        description = _("Een kolom in de voet.")


@register_setting(icon="list-ul")
class NavigationSettings(BaseSiteSetting):
    menu = StreamField(
        [("link", LinkBlock())], verbose_name=_("hoofdmenu"), blank=True, max_num=7,
        help_text=_("Leeg: de overzichten van het portaal."),
    )  # fmt: skip
    footer = StreamField([("column", ColumnBlock())], verbose_name=_("voet"), blank=True, max_num=4)
    footer_note = models.CharField(_("regel onderaan"), max_length=250, blank=True)

    panels = [FieldPanel("menu"), FieldPanel("footer"), FieldPanel("footer_note")]

    class Meta:
        verbose_name = _("navigatie en voet")
