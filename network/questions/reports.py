"""The report "Wat vragen stellen bespaart" of the staff admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from network.questions.models import AskingDay


class AskingReportView(ReportView):
    """A line a day: how often somebody who was asking saw, opened, and then didn't need to ask."""

    model = AskingDay
    page_title = _("Wat vragen stellen bespaart")
    header_icon = "help"
    index_url_name = "asking_report"
    index_results_url_name = "asking_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Er is nog niemand die een vraag stelde.")
    is_searchable = False
    default_ordering = "-day"
    any_permission_required = ["view"]
    columns = [
        DateColumn("day", label=_("Dag")),
        Column("shown", label=_("Zag wat erop lijkt")),
        Column("opened", label=_("Opende iets")),
        Column("asked", label=_("Stelde een vraag")),
        Column("asked_after_opening", label=_("Vroeg het toch")),
        Column("spared", label=_("Hoefde niet te vragen")),
    ]
    list_export = ["day", "shown", "opened", "asked", "asked_after_shown", "asked_after_opening", "spared"]
    export_headings = {
        "day": _("Dag"),
        "shown": _("Zag wat erop lijkt"),
        "opened": _("Opende iets"),
        "asked": _("Stelde een vraag"),
        "asked_after_shown": _("Vroeg na zien"),
        "asked_after_opening": _("Vroeg na openen"),
        "spared": _("Hoefde niet te vragen"),
    }
    export_filename = "vragen-stellen"
