"""What editors read of the journal: which queries fail, which are asked more and more, and what visitors say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from portal.text import cell_text
from search.journal.models import JournalDay, Phrase, PlaceClicks, Verdict
from search.journal.querysets import ENOUGH_VISITS
from search.journal.services import RECOMMENDED
from search.steering.viewsets import SynonymGroupViewSet

PERIODS = ((28, _("de laatste vier weken")), (91, _("het laatste kwartaal")), (365, _("het laatste jaar")))
WITHOUT_RESULT, FEW_CLICKS, RISING, ALL = "zonder-resultaat", "weinig-kliks", "stijgend", "alle"
LISTS = (
    (WITHOUT_RESULT, _("Zonder resultaat")),
    (FEW_CLICKS, _("Weinig aangeklikt")),
    (RISING, _("Steeds vaker gevraagd")),
    (ALL, _("Alle zoekvragen")),
)
FEW = 0.2  # clicks by search: under it, what was found isn't what was meant
ENOUGH_SEARCHES = 5  # for judging by clicks


def since(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


class PhraseColumn(Column):
    """The query, with what an editor can do about it."""

    cell_template_name = "search/journal/admin/phrase_cell.html"


def percentage(share: float) -> str:
    return f"{share * 100:.0f}%"


class PhraseFilterSet(WagtailFilterSet):
    lijst = django_filters.ChoiceFilter(label=_("Lijst"), choices=LISTS, empty_label=None, method="unchanged")
    dagen = django_filters.ChoiceFilter(
        label=_("Periode"), choices=PERIODS, empty_label=None, method="unchanged"
    )

    class Meta:
        model = Phrase
        fields: list[str] = []

    def unchanged(self, queryset: QuerySet[Phrase], name: str, value: str) -> QuerySet[Phrase]:
        """The view itself reads these two: they decide which sums are made."""
        return queryset


class PhraseReportView(ReportView):
    """Queries with their counts; only those that at least three visits asked."""

    model = Phrase
    page_title = _("Zoekvragen")
    header_icon = "search"
    index_url_name = "search_journal_report"
    index_results_url_name = "search_journal_report_results"
    results_template_name = "search/journal/admin/phrase_results.html"
    no_results_message = _(
        "Geen enkele zoekvraag staat op deze lijst. Dat is goed nieuws, of er is nog weinig gezocht."
    )
    filterset_class = PhraseFilterSet
    is_searchable = False
    default_ordering = None
    any_permission_required = ["view"]
    columns = [
        PhraseColumn("text", label=_("Zoekvraag")),
        Column("searches", label=_("Keer gevraagd")),
        Column("visits", label=_("Bezoeken")),
        Column("without_result", label=_("Zonder resultaat")),
        Column("clicked", label=_("Kliks per zoekvraag"), accessor=lambda phrase: percentage(phrase.clicked)),
        Column("mean_place", label=_("Gemiddelde plaats"), accessor=lambda phrase: phrase.mean_place),
        Column(
            "recommended_clicks",
            label=_("Kliks op aanbevolen"),
            accessor=lambda phrase: phrase.recommended_clicks,
        ),
        Column("rise", label=_("Stijging in vier weken"), accessor=lambda phrase: f"{phrase.rise:+d}"),
    ]
    list_export = ["text", "searches", "visits", "without_result", "clicks", "rise"]
    export_headings = {
        "text": _("Zoekvraag"),
        "searches": _("Keer gevraagd"),
        "visits": _("Bezoeken"),
        "without_result": _("Zonder resultaat"),
        "clicks": _("Kliks"),
        "rise": _("Stijging in vier weken"),
    }
    export_filename = "zoekvragen"
    # Strangers type these: no spreadsheet may take them for formulas.
    custom_field_preprocess = {"text": {"csv": cell_text, "xlsx": cell_text}}

    @cached_property
    def days(self) -> int:
        asked = self.request.GET.get("dagen", "")
        return int(asked) if asked in {str(days) for days, _label in PERIODS} else PERIODS[0][0]

    @cached_property
    def chosen(self) -> str:
        asked = self.request.GET.get("lijst", "")
        return asked if asked in dict(LISTS) else WITHOUT_RESULT

    def get_queryset(self) -> QuerySet[Phrase]:
        counted = Phrase.objects.shown().counted(since(self.days))
        found: QuerySet[Any] = counted.with_rise(timezone.localdate())
        if self.chosen == WITHOUT_RESULT:
            return found.filter(without_result__gt=0).order_by("-without_result", "text")
        if self.chosen == FEW_CLICKS:
            good = found.filter(
                searches__gte=ENOUGH_SEARCHES, clicked__lt=FEW, without_result__lt=F("searches")
            )
            return good.order_by("clicked", "-searches", "text")
        if self.chosen == RISING:
            return found.filter(rise__gt=0).order_by("-rise", "text")
        return found.order_by("-searches", "text")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Phrase]:
        phrases = list(object_list)
        clicks = PlaceClicks.objects.filter(
            phrase_day__phrase__in=phrases, phrase_day__day__gte=since(self.days)
        )
        rows = clicks.values("phrase_day__phrase").annotate(
            of_hits=Sum("clicks", filter=Q(place__gt=RECOMMENDED)),
            of_recommended=Sum("clicks", filter=Q(place=RECOMMENDED)),
            weighed=Sum(F("clicks") * F("place")),
        )
        places = {row["phrase_day__phrase"]: row for row in rows}
        for phrase in phrases:
            row: Mapping[str, Any] = places.get(phrase.pk) or {}
            hits = row.get("of_hits")
            phrase.mean_place = f"{row['weighed'] / hits:.1f}".replace(".", ",") if hits else "–"
            phrase.recommended_clicks = row.get("of_recommended") or "–"
            phrase.search_url = f"{reverse('search:results')}?{urlencode({'q': phrase.text})}"
            phrase.synonym_url = synonym_url(phrase.text)
        return phrases

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        totals = JournalDay.objects.filter(day__gte=since(self.days)).aggregate(
            searches=Sum("searches"),
            missed=Sum("without_result"),
            clicks=Sum("clicks"),
            down=Sum("without_engine"),
        )
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {
            **context,
            "totals": {name: count or 0 for name, count in totals.items()},
            "enough_visits": ENOUGH_VISITS,
            "lists": [
                {"label": label, "url": self.list_url(code), "current": code == self.chosen}
                for code, label in LISTS
            ],
        }

    def list_url(self, code: str) -> str:
        return f"{reverse(self.index_url_name)}?{urlencode({'lijst': code, 'dagen': self.days})}"


def synonym_url(text: str) -> str:
    """Where an editor makes a synonym of it: the form with the query filled in."""
    return f"{reverse(SynonymGroupViewSet().get_url_name('add'))}?{urlencode({'words': text})}"


class VerdictFilterSet(WagtailFilterSet):
    is_found = django_filters.BooleanFilter(label=_("Gevonden"))

    class Meta:
        model = Verdict
        fields = ["is_found"]


def phrase_of_verdict(verdict: Verdict) -> str:
    """Its query, where enough others asked it too."""
    if verdict.phrase_id is None or verdict.all_visits < ENOUGH_VISITS:  # type: ignore[attr-defined] # annotated
        return str(_("(minder dan drie keer gevraagd)"))
    return str(verdict.phrase)


class VerdictReportView(ReportView):
    """What visitors say of what they found."""

    model = Verdict
    page_title = _("Oordelen over zoeken")
    header_icon = "comment"
    index_url_name = "search_verdict_report"
    index_results_url_name = "search_verdict_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Nog niemand heeft gezegd of hij vond wat hij zocht.")
    filterset_class = VerdictFilterSet
    is_searchable = False
    default_ordering = None
    any_permission_required = ["view"]
    columns = [
        Column("day", label=_("Dag")),
        Column(
            "found", label=_("Gevonden"), accessor=lambda verdict: _("ja") if verdict.is_found else _("nee")
        ),
        Column("remark", label=_("Opmerking")),
        Column("phrase", label=_("Zoekvraag"), accessor=phrase_of_verdict),
    ]
    list_export = ["day", "is_found", "remark"]
    export_headings = {"day": _("Dag"), "is_found": _("Gevonden"), "remark": _("Opmerking")}
    export_filename = "oordelen-over-zoeken"
    custom_field_preprocess = {"remark": {"csv": cell_text, "xlsx": cell_text}}

    def get_queryset(self) -> QuerySet[Verdict]:
        asked = Verdict.objects.select_related("phrase").annotate(
            all_visits=Sum("phrase__days__visits", default=0)
        )
        return asked.order_by("-day", "-pk")
