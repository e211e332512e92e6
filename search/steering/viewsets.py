"""The lists and forms of the staff admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet, SnippetViewSetGroup

from portal.text import cell_text
from search.steering import forms
from search.steering.current import portal_analyser
from search.steering.filters import PromotedFilterSet, filter_set
from search.steering.models import (
    JudgedQuery,
    OneWaySynonym,
    PromotedResult,
    Steered,
    SynonymGroup,
    WholeWord,
)
from search.steering.standing import standings

MENU_HOOK = "register_search_menu_item"


def in_one_line(field: str) -> Any:
    """For a column: words on lines, between commas."""

    def read(row: Model) -> str:
        return ", ".join(getattr(row, field).splitlines())

    return read


class PrefilledCreateView(CreateView):
    """A form of which an address may fill in the words: `?words=…`, for links from reports."""

    prefilled = ("words", "term", "also", "word", "text")

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET[name][:1000] for name in self.prefilled if name in self.request.GET}
        return {**super().get_initial(), **given}


class SteeringIndexView(IndexView):
    """A list whose export holds no formula: words may come from what strangers searched for."""

    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        str: {"csv": cell_text, "xlsx": cell_text},
    }


class SteeringViewSet(SnippetViewSet):
    """What all lists have: who and when, a search field, filters, CSV."""

    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = PrefilledCreateView
    index_view_class = SteeringIndexView
    form: type[forms.SteeredForm]
    fields: list[Any]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if "filterset_class" not in type(self).__dict__:
            self.filterset_class = filter_set(self.model)

    def get_edit_handler(self) -> Any:
        panels = [*self.fields, FieldPanel("remark")]
        return ObjectList(panels, base_form_class=self.form).bind_to_model(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.select_related("changed_by")
        return rows


def by_whom(row: Steered) -> str:
    """Who changed it last; what came with the portal has nobody."""
    return str(row.changed_by or _("meegeleverd"))


WHO_AND_WHEN = [
    Column("changed_by", label=_("Gewijzigd door"), accessor=by_whom, sort_key="changed_by__email"),
    DateColumn("changed_at", label=_("Gewijzigd"), sort_key="changed_at"),
]
EXPORTED = ["remark", "created_by", "created_at", "changed_by", "changed_at"]


class SynonymGroupViewSet(SteeringViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = _("Synoniemen")
    base_url_path = "zoeken/synoniemen"
    list_display = ["__str__", "remark", *WHO_AND_WHEN]
    search_fields = ["words", "remark"]
    list_export = ["words", *EXPORTED]
    export_filename = "synoniemen"
    form = forms.SynonymGroupForm
    fields = [
        HelpPanel(
            template="search_steering/help/synonyms.html", heading=_("Wat er gebeurt"), classname="collapsed"
        ),
        FieldPanel("words"),
    ]


class OneWaySynonymViewSet(SteeringViewSet):
    model = OneWaySynonym
    icon = "arrow-right"
    menu_label = _("In één richting")
    base_url_path = "zoeken/in-een-richting"
    list_display = [
        "term",
        Column("also", label=_("Zoekt ook naar"), accessor=in_one_line("also")),
        "remark",
        *WHO_AND_WHEN,
    ]
    search_fields = ["term", "also", "remark"]
    list_export = ["term", "also", *EXPORTED]
    export_filename = "synoniemen-in-een-richting"
    form = forms.OneWaySynonymForm
    fields = [
        HelpPanel(
            template="search_steering/help/one_way.html", heading=_("Wat er gebeurt"), classname="collapsed"
        ),
        FieldPanel("term"),
        FieldPanel("also"),
    ]


def usual_parts(row: WholeWord) -> str:
    """Into what the word would be split."""
    words = portal_analyser().analyse(row.word)
    return " + ".join(part for word in words for part in word.parts) or str(_("wordt niet gesplitst"))


class WholeWordViewSet(SteeringViewSet):
    model = WholeWord
    icon = "lock"
    menu_label = _("Woorden die heel blijven")
    base_url_path = "zoeken/hele-woorden"
    list_display = ["word", Column("parts", label=_("Anders"), accessor=usual_parts), "remark", *WHO_AND_WHEN]
    search_fields = ["word", "remark"]
    list_export = ["word", *EXPORTED]
    export_filename = "hele-woorden"
    form = forms.WholeWordForm
    fields = [
        HelpPanel(
            template="search_steering/help/whole.html", heading=_("Wat er gebeurt"), classname="collapsed"
        ),
        FieldPanel("word", help_text=_("Eén woord, zoals een bezoeker het typt.")),
    ]


class PromotedIndexView(SteeringIndexView):
    """With for each row whether a visitor sees it today."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        found = standings(rows, timezone.localdate())
        for row in context["object_list"]:
            row.standing = found[row.pk]
        return context


class PromotedResultViewSet(SteeringViewSet):
    model = PromotedResult
    icon = "thumbtack"
    menu_label = _("Aanbevolen resultaten")
    base_url_path = "zoeken/aanbevolen"
    index_view_class = PromotedIndexView
    filterset_class = PromotedFilterSet
    list_display = [
        "term",
        Column("title", label=_("Pagina"), sort_key="title"),
        Column("standing", label=_("Voor bezoekers")),
        Column("match", label=_("Wanneer"), accessor="get_match_display"),
        *WHO_AND_WHEN,
    ]
    search_fields = ["term", "title", "reason", "remark"]
    list_export = [
        "term", "match", "type", "object_id", "title", "reason", "starts_on", "ends_on", "position", *EXPORTED,
    ]  # fmt: skip
    export_filename = "aanbevolen-resultaten"
    form = forms.PromotedResultForm
    fields = [
        HelpPanel(
            template="search_steering/help/promoted.html", heading=_("Wat er gebeurt"), classname="collapsed"
        ),
        MultiFieldPanel([FieldPanel("term"), FieldPanel("match")], heading=_("Wanneer het bovenaan staat")),
        FieldPanel("page"),
        FieldPanel("reason"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("position")],
            heading=_("Hoe lang, en in welke volgorde"),
            help_text=_("Lege dagen betekenen: meteen, en tot je het weghaalt."),
        ),
    ]


def number_of_pages(query: JudgedQuery) -> int:
    return len(query.documents.all())


class JudgedQueryViewSet(SteeringViewSet):
    model = JudgedQuery
    icon = "tasks"
    menu_label = _("Beoordeelde zoekvragen")
    base_url_path = "zoeken/beoordeeld"
    list_display = [
        "text",
        Column("pages", label=_("Pagina's"), accessor=number_of_pages),
        "remark",
        *WHO_AND_WHEN,
    ]
    search_fields = ["text", "remark"]
    list_export = ["text", "titles", *EXPORTED]
    export_headings = {"titles": _("Pagina's")}
    export_filename = "beoordeelde-zoekvragen"
    form = forms.JudgedQueryForm
    fields = [
        HelpPanel(
            template="search_steering/help/judged.html", heading=_("Wat er gebeurt"), classname="collapsed"
        ),
        FieldPanel("text", help_text=_("Zoals een bezoeker het typt, in eigen woorden.")),
        MultipleChooserPanel(
            "documents",
            chooser_field_name="page",
            heading=_("Wat er gevonden moet worden"),
            label=_("Pagina"),
            min_num=1,
            panels=[FieldPanel("page")],
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("documents__page")


class SearchViewSetGroup(SnippetViewSetGroup):
    """The group "Zoeken" of the menu. Others add to it by the hook `register_search_menu_item`."""

    menu_label = _("Zoeken")
    menu_name = "zoeken"
    menu_icon = "search"
    menu_order = 340
    submenu_hook = MENU_HOOK
    items = (
        SynonymGroupViewSet,
        OneWaySynonymViewSet,
        WholeWordViewSet,
        PromotedResultViewSet,
        JudgedQueryViewSet,
    )
