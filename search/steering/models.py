"""What editors say about searching, with who and when; and the queries of which they know the answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from search.steering.querysets import SteeringMarkQuerySet

KEY_LENGTH = 600


class SteeringMark(models.Model):
    """One row that changes with every change below: what processes compare to know whether theirs is still right."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=32)

    objects = SteeringMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand van het sturen")
        verbose_name_plural = _("stand van het sturen")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="search_steering_one_mark"),
        ]

    def __str__(self) -> str:
        return self.mark


class Steered(models.Model):
    """What every row of an editor has: why, by whom and when."""

    remark = models.TextField(
        _("waarom"),
        blank=True,
        max_length=500,
        help_text=_("Voor je collega's: waar komt dit vandaan? Bezoekers zien dit niet."),
    )
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("gemaakt door"),
    )  # fmt: skip
    changed_at = models.DateTimeField(_("gewijzigd op"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("gewijzigd door"),
    )  # fmt: skip

    class Meta:
        abstract = True


class SynonymGroup(Steered):
    """Words that mean the same: who searches for one finds what is written with another. One on each line."""

    words = models.TextField(_("woorden die hetzelfde betekenen"))

    class Meta:
        verbose_name = _("groep synoniemen")
        verbose_name_plural = _("groepen synoniemen")
        ordering = ["words"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="search_steering_group_not_empty"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.words.splitlines())


class SynonymTerm(models.Model):
    """A word of a group by its stems, so that the database lets each word stand in one group alone."""

    group = models.ForeignKey(SynonymGroup, models.CASCADE, related_name="terms")
    key = models.CharField(max_length=KEY_LENGTH, unique=True)

    class Meta:
        verbose_name = _("woord van een groep")
        verbose_name_plural = _("woorden van een groep")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~models.Q(key=""), name="search_steering_term_not_empty"),
        ]

    def __str__(self) -> str:
        return self.key


class OneWaySynonym(Steered):
    """Who searches for `term` also finds `also`, and not the other way round."""

    term = models.CharField(_("wie dit zoekt"), max_length=100)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    also = models.TextField(_("zoekt ook naar"))

    class Meta:
        verbose_name = _("synoniem in één richting")
        verbose_name_plural = _("synoniemen in één richting")
        ordering = ["term"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(term="") & ~models.Q(key="") & ~models.Q(also=""),
                name="search_steering_one_way_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} → {', '.join(self.also.splitlines())}"


class WholeWord(Steered):
    """A compound whose parts are not searched when it is typed; folded, as words are compared."""

    word = models.CharField(_("woord"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("woord dat heel blijft")
        verbose_name_plural = _("woorden die heel blijven")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(word=""), name="search_steering_whole_not_empty"),
        ]

    def __str__(self) -> str:
        return self.word


class PromotedResult(Steered):
    """A document that stands above the others for a query.

    The document is named by its search type and number, not by a relation: it may be anything that can be found, and
    what is removed, hidden or unpublished is simply not shown. `title` is what it was called when it was chosen.
    """

    class Match(models.TextChoices):
        EXACT = "exact", _("precies deze zoekvraag")
        CONTAINS = "contains", _("elke zoekvraag met deze woorden erin")

    term = models.CharField(_("bij de zoekvraag"), max_length=100)
    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    match = models.CharField(_("wanneer"), max_length=10, choices=Match.choices, default=Match.EXACT)
    type = models.CharField(max_length=40, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    title = models.CharField(_("titel"), max_length=255, editable=False)
    reason = models.CharField(
        _("reden voor de bezoeker"),
        max_length=160,
        blank=True,
        help_text=_("Een zin die onder de titel staat. Leeg mag."),
    )
    starts_on = models.DateField(_("vanaf"), null=True, blank=True)
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(
        _("volgorde"), default=1, help_text=_("Zijn er meer? Het laagste getal staat boven.")
    )

    class Meta:
        verbose_name = _("aanbevolen resultaat")
        verbose_name_plural = _("aanbevolen resultaten")
        ordering = ["term", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(term="") & ~models.Q(key="") & ~models.Q(type=""),
                name="search_steering_promoted_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="search_steering_promoted_dates",
            ),
            models.UniqueConstraint(
                fields=["key", "match", "type", "object_id"], name="search_steering_promoted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} → {self.title}"

    @property
    def document_id(self) -> str:
        return f"{self.type}:{self.object_id}"


class JudgedQuery(Steered, ClusterableModel):
    """A query of which the editors know what ought to be found."""

    text = models.CharField(_("zoekvraag"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("beoordeelde zoekvraag")
        verbose_name_plural = _("beoordeelde zoekvragen")
        ordering = ["text"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="search_steering_judged_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def titles(self) -> str:
        """What ought to be found, for an export."""
        return "; ".join(document.page.title for document in self.documents.all())


class JudgedDocument(models.Model):
    """A page that answers a judged query."""

    query = ParentalKey(JudgedQuery, on_delete=models.CASCADE, related_name="documents")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("pagina"))

    class Meta:
        verbose_name = _("pagina die gevonden moet worden")
        verbose_name_plural = _("pagina's die gevonden moeten worden")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["query", "page"], name="search_steering_judged_page_once"),
        ]

    def __str__(self) -> str:
        return str(self.page_id)


class JudgedRun(models.Model):
    """What the judged queries gave at one moment. Shares and reciprocal ranks, from 0 to 1.

    `details`: for each query its id, text, the ids that ought to be found, the ids found (in order, at most ten), and
    the two figures. `accepted`: no lower than the run that counted until then, or taken for good by an editor; the last
    accepted run is what the next one is compared with.
    """

    ran_at = models.DateTimeField(_("gemeten op"), default=timezone.now)
    ran_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("door")
    )
    engine = models.CharField(_("zoekmachine"), max_length=40)
    queries = models.PositiveIntegerField(_("zoekvragen"))
    recall = models.FloatField(_("gevonden bij de eerste tien"))
    reciprocal_rank = models.FloatField(_("plaats van de eerste"))
    details = models.JSONField(default=list)
    accepted = models.BooleanField(_("telt als maat"), default=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("goedgevonden door"),
    )

    class Meta:
        verbose_name = _("meting")
        verbose_name_plural = _("metingen")
        ordering = ["-ran_at", "-pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recall__range=(0, 1)) & models.Q(reciprocal_rank__range=(0, 1)),
                name="search_steering_run_shares",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"


class Planted(models.Model):
    """A row that came with the portal's content. It is planted once: what an editor changed or removed stays so.

    `digest` is of what was planted, to see whether the row is still that.
    """

    code = models.CharField(max_length=80, primary_key=True)
    object_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("meegeleverde regel")
        verbose_name_plural = _("meegeleverde regels")
        default_permissions = ()

    def __str__(self) -> str:
        return self.code
