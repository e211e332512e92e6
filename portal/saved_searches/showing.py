"""What a person may see now of what was found for them: asked of the rooms at every reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.design.shapes import HitView
from portal.saved_searches.models import Finding
from search.checking import plain_hit, shown_documents
from search.documents import Reader, ShownHit
from search.presentation import hit_view


def seen_documents(user: User, findings: Iterable[Finding]) -> dict[int, list[ShownHit]]:
    """By finding, what stands there for this person now; one with nothing left is not among them.

    One query for each type of document, for one finding as for hundreds.
    """
    rows = list(findings)
    wanted = dict.fromkeys(identity for row in rows for identity in row.documents)
    shown = shown_documents(wanted, Reader(user, terms_for(user)), is_brief=True) if wanted else {}
    found = {row.pk: [shown[each] for each in row.documents if each in shown] for row in rows}
    return {pk: documents for pk, documents in found.items() if documents}


def hits_of(user: User, finding: Finding) -> Sequence[HitView]:
    """The same as results of a search."""
    shown = shown_documents(finding.documents, Reader(user, terms_for(user)))
    return [hit_view(plain_hit(each), shown[each]) for each in finding.documents if each in shown]
