"""The page of a member's case isn't published with words that the company hasn't agreed to. Nobody overrules that: the
text as it was can be published, and staff can see to it that the company has a manager."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.models import CasePage
from cases.submissions.models import UnapprovedChange
from cases.submissions.texts import texts_on
from portal.pages.publishing import register


@register
def company_has_not_agreed(page: Any) -> str:
    if not isinstance(page, CasePage):
        return ""
    rows = UnapprovedChange.objects.filter(submission__page=page.pk)
    change = rows.select_related("submission__organisation").first()
    if change is None or is_as_it_was(change, page):
        return ""
    organisation = change.submission.organisation
    company = organisation.name if organisation is not None else _("het bedrijf")
    return _(
        "Niet gepubliceerd: %(company)s gaf nog geen akkoord op de laatste wijziging van de inzender. "
        "Publiceren kan als een beheerder van het bedrijf akkoord geeft, of als je de tekst terugzet."
    ) % {"company": company}


def is_as_it_was(change: UnapprovedChange, page: CasePage) -> bool:
    """This version says what the company agreed to before, wherever the author wants something else."""
    texts = texts_on(page)
    return all(texts[name].strip() == before.strip() for name, before in change.before.items())
