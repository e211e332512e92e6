"""Reference lists. Codes are stable and stand in content files, facets and addresses; names may be rewritten."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.Model):
    """A section, division, group, class or subclass of the standard industrial classification SBI 2025."""

    class Level(models.TextChoices):
        SECTION = "section", _("sectie")
        DIVISION = "division", _("afdeling")
        GROUP = "group", _("groep")
        CLASS = "class", _("klasse")
        SUBCLASS = "subclass", _("subklasse")

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("naam"), max_length=250)
    slug = models.SlugField(_("deel van het adres"), max_length=250, unique=True)
    level = models.CharField(_("niveau"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("hoort bij"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectoren")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="section", parent=None)
                | (~models.Q(level="section") & ~models.Q(parent=None)),
                name="taxonomy_sector_only_sections_have_no_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Region(models.Model):
    """A province, or one of the forty COROP regions within it, with a centre point (degrees, WGS 84)."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("provincie")
        COROP = "corop", _("COROP-gebied")

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    slug = models.SlugField(_("deel van het adres"), max_length=80, unique=True)
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("ligt in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    latitude = models.DecimalField(_("breedtegraad"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("lengtegraad"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="province", parent=None)
                | (models.Q(kind="corop") & ~models.Q(parent=None)),
                name="taxonomy_region_corop_lies_in_province",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality and its COROP region; filled by `load_reference --from`."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    region = models.ForeignKey(
        Region, verbose_name=_("regio"), on_delete=models.PROTECT, related_name="municipalities"
    )

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SizeClass(models.Model):
    """A class of company size in employees; `maximum` is None for the open class."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("naam"), max_length=60)
    minimum = models.PositiveIntegerField(_("vanaf"), unique=True)
    maximum = models.PositiveIntegerField(_("tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("grootteklasse")
        verbose_name_plural = _("grootteklassen")
        ordering = ["minimum"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(maximum=None) | models.Q(maximum__gte=models.F("minimum")),
                name="taxonomy_sizeclass_maximum_after_minimum",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """What themes and goals share: a name, its address, a sentence, and an editor's order."""

    slug = models.SlugField(_("deel van het adres"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    description = models.CharField(_("uitleg"), max_length=250)
    search_words = models.CharField(
        _("andere woorden"),
        max_length=400,
        blank=True,
        help_text=_(
            "Zoals een ondernemer het ook zegt, met komma's: 'personeel loopt weg, verloop'. Zoeken vindt ze."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class Theme(Term):
    """A subject of smarter working, as the source documents divide it."""

    class Meta(Term.Meta):
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")


class Goal(Term):
    """What an entrepreneur wants to reach, in their own words ("minder voorraad")."""

    class Meta(Term.Meta):
        verbose_name = _("doel")
        verbose_name_plural = _("doelen")
