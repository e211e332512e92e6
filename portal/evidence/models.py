"""Sources and indicators, and what every figure and citation on a page shares."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from portal.evidence.ladder import Establishment, Finding, Nature, improvement, relative_change


class Source(models.Model):
    """A document that facts come from."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    short_name = models.CharField(_("korte naam"), max_length=80)
    title = models.CharField(_("titel"), max_length=250)
    publisher = models.CharField(_("uitgever"), max_length=200)
    author = models.CharField(_("auteur"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("jaar"), null=True, blank=True)
    url = models.URLField(_("adres"), blank=True)
    description = models.CharField(_("wat het is"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return f"{self.short_name} ({self.year})" if self.year else self.short_name


class Indicator(models.Model):
    """What is measured: a name, a unit, and which direction is better."""

    class Direction(models.TextChoices):
        UP = "up", _("meer is beter")
        DOWN = "down", _("minder is beter")
        NONE = "none", _("geen van beide")

    class Family(models.TextChoices):
        PRODUCTIVITY = "productivity", _("productiviteit")
        STOCKS = "stocks", _("voorraad")
        LEAD_TIME = "lead-time", _("doorlooptijd")
        RESULT = "result", _("omzet en resultaat")
        EMPLOYMENT = "employment", _("werk en verloop")
        DEVELOPMENT = "development", _("leren en doorgroeien")
        SICK_LEAVE = "sick-leave", _("verzuim")
        QUALITY = "quality", _("kwaliteit")
        FLEXIBILITY = "flexibility", _("flexibiliteit")
        REACH = "reach", _("bereik")
        SCALE = "scale", _("omvang")
        FINANCE = "finance", _("geld")
        SHARE_OF_COMPANIES = "share-of-companies", _("deel van de bedrijven")
        RULE_PRESSURE = "rule-pressure", _("regeldruk")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    unit = models.CharField(_("eenheid"), max_length=40)
    direction = models.CharField(_("richting"), max_length=4, choices=Direction)
    family = models.CharField(_("familie"), max_length=30, choices=Family)
    explanation = models.CharField(_("uitleg"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicatoren")
        ordering = ["family", "name"]

    def __str__(self) -> str:
        return self.name


class LinkCheck(models.Model):
    """What came of asking an address elsewhere. One failure proves little; two in a row make it broken."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("nog niet gevraagd")
        OK = "ok", _("in orde")
        DOUBTFUL = "doubtful", _("één keer mislukt")
        BROKEN = "broken", _("werkt niet")

    url = models.CharField(_("adres"), max_length=1000, unique=True)
    status = models.CharField(_("stand"), max_length=10, choices=Status, default=Status.WAITING)
    code = models.PositiveSmallIntegerField(_("antwoord"), null=True, blank=True)
    error = models.CharField(_("wat er misging"), max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(_("keer mislukt"), default=0)
    checked_at = models.DateTimeField(_("gevraagd op"), null=True, blank=True)
    failing_since = models.DateTimeField(_("werkt niet sinds"), null=True, blank=True)

    class Meta:
        verbose_name = _("gecontroleerde link")
        verbose_name_plural = _("gecontroleerde links")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url


class EstablishmentChoices(models.TextChoices):
    MEASURED = Establishment.MEASURED.value, _("gemeten")
    COUNTED = Establishment.COUNTED.value, _("geteld")
    ESTIMATED = Establishment.ESTIMATED.value, _("geschat")
    SELF_REPORTED = Establishment.SELF_REPORTED.value, _("zelf gerapporteerd")
    NOT_STATED = Establishment.NOT_STATED.value, _("niet vermeld hoe")


class NatureChoices(models.TextChoices):
    ACCOUNT = Nature.ACCOUNT.value, _("beschrijving op schrift")
    STATEMENT = Nature.STATEMENT.value, _("uitspraak")


class ComparatorChoices(models.TextChoices):
    EXACTLY = "exactly", _("precies")
    ABOUT = "about", _("ongeveer")
    AT_LEAST = "at-least", _("ten minste")


class Citation(models.Model):
    """Where a page's facts come from: the document and the place in it."""

    source = models.ForeignKey(Source, verbose_name=_("bron"), on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(
        _("aard"), max_length=10, choices=NatureChoices, default=NatureChoices.ACCOUNT,
        help_text=_("Beschrijft de bron aanpak en resultaat op schrift, of zegt iemand er iets over?"),
    )  # fmt: skip
    place = models.CharField(_("plaats in de bron"), max_length=250)
    by = models.CharField(
        _("van wie"),
        max_length=200,
        blank=True,
        help_text=_("Oorspronkelijke uitgave of spreker, als de bron die noemt."),
    )

    panels = [FieldPanel("source"), FieldPanel("nature"), FieldPanel("place"), FieldPanel("by")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.source}, {self.place}"


class Measurement(models.Model):
    """A measured result: typed, sourced, with how it was established.

    Holds exactly one of: `change` (signed, in the indicator's unit, mostly percent), `before` with `after`, or `level`.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(
        _("korte aanduiding"),
        max_length=120,
        blank=True,
        help_text=_("Alleen als de naam van de indicator te weinig zegt."),
    )
    change = models.DecimalField(
        _("verandering"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Met teken, bijvoorbeeld -8."),
    )
    before = models.DecimalField(_("vooraf"), max_digits=14, decimal_places=3, null=True, blank=True)
    after = models.DecimalField(_("achteraf"), max_digits=14, decimal_places=3, null=True, blank=True)
    level = models.DecimalField(
        _("waarde"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Een stand, geen verandering."),
    )
    comparator = models.CharField(
        _("nauwkeurigheid"), max_length=10, choices=ComparatorChoices, default=ComparatorChoices.EXACTLY
    )
    established = models.CharField(
        _("hoe vastgesteld"),
        max_length=15,
        choices=EstablishmentChoices,
        default=EstablishmentChoices.NOT_STATED,
    )
    period_start = models.PositiveSmallIntegerField(_("van jaar"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(_("tot en met jaar"), null=True, blank=True)
    period_note = models.CharField(_("periode in woorden"), max_length=120, blank=True)
    companies = models.PositiveIntegerField(_("aantal bedrijven"), null=True, blank=True)
    base = models.CharField(
        _("ten opzichte van"),
        max_length=200,
        blank=True,
        help_text=_("Het uitgangspunt van de verandering, als de bron dat noemt."),
    )
    compared_with = models.CharField(
        _("vergeleken met"), max_length=200, blank=True, help_text=_("De vergelijkingsgroep, als er een is.")
    )
    caveat = models.CharField(_("kanttekening"), max_length=500, blank=True)
    source = models.ForeignKey(Source, verbose_name=_("bron"), on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("plaats in de bron"), max_length=250)
    quote = models.CharField(_("letterlijk citaat"), max_length=60, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("indicator"), FieldPanel("label")]),
        FieldRowPanel([FieldPanel("change"), FieldPanel("before"), FieldPanel("after"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("comparator"), FieldPanel("established"), FieldPanel("companies")]),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("period_note")]),
        FieldRowPanel([FieldPanel("base"), FieldPanel("compared_with")]),
        FieldPanel("caveat"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("place"), FieldPanel("quote")], heading=_("Bron")),
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(change__isnull=False, before=None, after=None, level=None)
                    | Q(change=None, before__isnull=False, after__isnull=False, level=None)
                    | Q(change=None, before=None, after=None, level__isnull=False)
                ),
                name="%(app_label)s_%(class)s_one_kind_of_value",
                violation_error_message=_("Vul één van drie in: verandering, vooraf en achteraf, of waarde."),
            ),
            models.CheckConstraint(
                condition=Q(period_start=None)
                | Q(period_end=None)
                | Q(period_end__gte=models.F("period_start")),
                name="%(app_label)s_%(class)s_period_in_order",
                violation_error_message=_("De periode eindigt voordat zij begint."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.shown_value()}"

    def clean(self) -> None:
        super().clean()
        filled = [
            self.change is not None,
            self.before is not None or self.after is not None,
            self.level is not None,
        ]
        if sum(filled) != 1 or (self.before is None) != (self.after is None):
            raise ValidationError(_("Vul één van drie in: verandering, vooraf en achteraf, of waarde."))

    @property
    def established_label(self) -> str:
        """How it was established, in words; Django's own way to them builds a table of all words each time."""
        return str(EstablishmentChoices(self.established).label)

    def shown_value(self) -> Decimal | None:
        return (
            self.change if self.change is not None else self.level if self.level is not None else self.after
        )

    def relative_change(self) -> float | None:
        """The change in percent, where the figure is one; None for a level or a change in another unit."""
        if self.change is not None:
            return float(self.change) if self.indicator.unit == "%" else None
        if self.before is not None and self.after is not None:
            return relative_change(float(self.before), float(self.after))
        return None

    def improvement(self) -> float | None:
        """The change in percent, positive where it is better."""
        change = self.relative_change()
        return None if change is None else improvement(change, self.indicator.direction)

    def finding(self) -> Finding:
        """This figure as the evidence ladder weighs it."""
        has_period = self.period_start is not None or self.period_end is not None or bool(self.period_note)
        return Finding(
            indicator=self.indicator.code,
            improvement=self.improvement(),
            establishment=Establishment(self.established),
            period=has_period,
            base=self.before is not None or bool(self.base or self.compared_with),
            compared=bool(self.compared_with),
            source=str(self.source_id or ""),
        )
