"""The receivers for what editors say about searching: every change moves the mark that all processes look at."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from search.steering.models import OneWaySynonym, PromotedResult, SteeringMark, SynonymGroup, WholeWord


def connect() -> None:
    """Connect every receiver, each once."""
    for model in (SynonymGroup, OneWaySynonym, WholeWord, PromotedResult):
        for signal in (post_save, post_delete):
            signal.connect(changed, sender=model, weak=False, dispatch_uid=f"steering {model.__name__}")


def changed(**kwargs: Any) -> None:
    SteeringMark.objects.move()
