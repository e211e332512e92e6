"""The journal of queries: counts, never a person. Rows are kept 13 months."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.journal.querysets import PhraseQuerySet
from search.journal.rules import LONGEST_PHRASE, LONGEST_REMARK


class JournalDay(models.Model):
    """One day of searching, queries that were not kept included."""

    day = models.DateField(_("dag"), unique=True)
    searches = models.PositiveIntegerField(_("zoekvragen"), default=0)
    without_result = models.PositiveIntegerField(_("zonder resultaat"), default=0)
    clicks = models.PositiveIntegerField(_("kliks"), default=0)
    without_engine = models.PositiveIntegerField(_("zonder zoekmachine"), default=0)

    class Meta:
        verbose_name = _("dag van het zoekjournaal")
        verbose_name_plural = _("dagen van het zoekjournaal")
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class Phrase(models.Model):
    """A query that was asked. Editors see it once three visits asked it (`PhraseQuerySet.shown`)."""

    text = models.CharField(_("zoekvraag"), max_length=LONGEST_PHRASE, unique=True)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("zoekvraag")
        verbose_name_plural = _("zoekvragen")
        ordering = ["text"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="search_journal_phrase_says_something")
        ]

    def __str__(self) -> str:
        return self.text


class PhraseDay(models.Model):
    """A query on one day. `visits` counts different visitors; whose they were is forgotten two days later."""

    phrase = models.ForeignKey(Phrase, models.CASCADE, related_name="days", verbose_name=_("zoekvraag"))
    day = models.DateField(_("dag"), db_index=True)
    searches = models.PositiveIntegerField(_("keer gevraagd"), default=0)
    without_result = models.PositiveIntegerField(_("zonder resultaat"), default=0)
    clicks = models.PositiveIntegerField(_("kliks"), default=0)
    visits = models.PositiveIntegerField(_("bezoeken"), default=0)

    class Meta:
        verbose_name = _("zoekvraag op een dag")
        verbose_name_plural = _("zoekvragen per dag")
        constraints = [models.UniqueConstraint(fields=["phrase", "day"], name="search_journal_phrase_day")]

    def __str__(self) -> str:
        return f"{self.phrase_id} {self.day}"


class PlaceClicks(models.Model):
    """How often the hit at a place was opened: where many open the fifth, the first four are in the way.

    Place 0 is what editors recommend, above the first.
    """

    phrase_day = models.ForeignKey(
        PhraseDay, models.CASCADE, related_name="places", verbose_name=_("zoekvraag")
    )
    place = models.PositiveSmallIntegerField(_("plaats"))
    clicks = models.PositiveIntegerField(_("kliks"), default=0)

    class Meta:
        verbose_name = _("kliks op een plaats")
        verbose_name_plural = _("kliks per plaats")
        constraints = [
            models.UniqueConstraint(fields=["phrase_day", "place"], name="search_journal_place"),
            models.CheckConstraint(condition=Q(place__gte=0), name="search_journal_place_from_none"),
        ]

    def __str__(self) -> str:
        return f"{self.phrase_day_id}: {self.place}"


class Visit(models.Model):
    """That one visit asked this query on this day: a keyed hash whose key is thrown away, and so is the row."""

    phrase_day = models.ForeignKey(
        PhraseDay, models.CASCADE, related_name="visit_rows", verbose_name=_("zoekvraag")
    )
    token = models.CharField(_("kenmerk"), max_length=16)

    class Meta:
        verbose_name = _("bezoek")
        verbose_name_plural = _("bezoeken")
        constraints = [
            models.UniqueConstraint(fields=["phrase_day", "token"], name="search_journal_one_visit")
        ]

    def __str__(self) -> str:
        return self.token


class Verdict(models.Model):
    """Whether a visitor found what he was looking for, with what he wrote about it. `phrase` empty: not kept."""

    day = models.DateField(_("dag"), db_index=True)
    phrase = models.ForeignKey(
        Phrase, models.SET_NULL, null=True, blank=True, related_name="verdicts", verbose_name=_("zoekvraag")
    )
    is_found = models.BooleanField(_("gevonden"))
    remark = models.CharField(_("opmerking"), max_length=LONGEST_REMARK, blank=True)

    class Meta:
        verbose_name = _("oordeel")
        verbose_name_plural = _("oordelen")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.remark or str(self.is_found)


class StoredFile(models.Model):
    """A file of the spool whose lines stand in the tables, so that a worker that is killed counts nothing twice."""

    name = models.CharField(_("bestand"), max_length=80, unique=True)
    stored_at = models.DateTimeField(_("verwerkt"), auto_now_add=True)

    class Meta:
        verbose_name = _("verwerkt bestand")
        verbose_name_plural = _("verwerkte bestanden")

    def __str__(self) -> str:
        return self.name
