"""What happens to cases when the organisation that they are about goes into another one."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from cases.models import CaseMeasurement, CasePage
from portal.organisations.merging import register
from portal.organisations.models import Organisation
from search.indexing.outbox import record_documents


def move_cases(old: Organisation, new: Organisation) -> None:
    """Pages one by one, so that whoever listens hears it; and drafts, which would bring the old one back."""
    cases = list(CasePage.objects.filter(organisation=old))
    for case in cases:
        case.organisation = new
        case.save(update_fields=["organisation"], clean=False)
    kind = ContentType.objects.get_for_model(CasePage)
    for revision in Revision.objects.filter(content_type=kind, content__organisation=old.pk).iterator():
        revision.content["organisation"] = new.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    # One company that measured something twice isn't two that found the same.
    indicators = CaseMeasurement.objects.filter(page__in=cases).values("indicator")
    touched = CaseMeasurement.objects.filter(indicator__in=indicators).values_list("page_id", flat=True)
    record_documents("case", {case.pk for case in cases} | set(touched))


register("cases.CasePage.organisation", move_cases)
