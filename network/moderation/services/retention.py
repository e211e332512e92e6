"""How long words are kept. What was decided stays, for the yearly count; what was said of people goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from network.moderation.models import Access, Decision, Objection, Report, WrittenText
from network.moderation.writing import ACCEPTED_TO_BE_KNOWN

KEEP_REPORTS = timedelta(days=365)  # after the decision
KEEP_REASONS = timedelta(days=3 * 365)  # as long as somebody may go to court about it
KEEP_FINGERPRINTS = timedelta(days=90)


@transaction.atomic
def forget_old(at: datetime) -> None:
    old = Report.objects.filter(forgotten_at=None, case__decided_at__lt=at - KEEP_REPORTS)
    old.update(text="", email="", forgotten_at=at)
    Decision.objects.filter(at__lt=at - KEEP_REASONS).exclude(facts="", reason="").update(facts="", reason="")
    Access.objects.filter(at__lt=at - KEEP_REASONS).exclude(reason="").update(reason="")
    answered = Objection.objects.filter(decided_at__lt=at - KEEP_REASONS).exclude(text="", answer="")
    answered.update(text="", answer="")
    _forget_written(at)


def _forget_written(at: datetime) -> None:
    """Of each person two accepted texts are remembered for ever, without what recognises them: they are known."""
    old = WrittenText.objects.filter(at__lt=at - KEEP_FINGERPRINTS)
    old.filter(was_held=True).delete()
    earlier = WrittenText.objects.filter(author=OuterRef("author"), was_held=False, pk__lt=OuterRef("pk"))
    number = earlier.order_by().values("author").annotate(number=Count("pk")).values("number")
    beyond = old.annotate(earlier=Coalesce(Subquery(number), 0)).filter(earlier__gte=ACCEPTED_TO_BE_KNOWN)
    WrittenText.objects.filter(pk__in=list(beyond.values_list("pk", flat=True))).delete()
    old.exclude(fingerprint="").update(fingerprint="")
