"""The forms of the staff admin: what is wrong is told at the field, and what was typed stays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from search.documents import source_for, sources
from search.question import MAX_TEXT
from search.steering import rules, services
from search.steering.compiling import MOST_PROMOTED
from search.steering.current import portal_analyser
from search.steering.models import OneWaySynonym, PromotedResult, SynonymTerm

ROWS = {"rows": 8}


class SteeredForm(WagtailAdminModelForm):
    """Writes down who and when."""

    def save(self, commit: bool = True) -> Any:
        services.sign(self.instance, by=self.for_user)
        return super().save(commit=commit)


class SynonymGroupForm(SteeredForm):
    words = forms.CharField(
        label=gettext_lazy("Woorden die hetzelfde betekenen"),
        widget=forms.Textarea(attrs=ROWS),
        strip=False,
        help_text=gettext_lazy(
            "Elk woord op een regel, ten minste twee, hoogstens 50. Een paar woorden samen mag ook, tot vijf. "
            "Enkelvoud en meervoud herkent zoeken zelf."
        ),
    )

    def clean_words(self) -> str:
        phrases = rules.phrases_in(self.cleaned_data["words"])
        analyser = portal_analyser()
        if problems := rules.group_problems(phrases, analyser):
            raise ValidationError(problems)
        keys = {rules.key_of(phrase, analyser): phrase for phrase in phrases}
        taken = (
            SynonymTerm.objects.filter(key__in=keys).exclude(group=self.instance.pk).select_related("group")
        )
        if problems := [
            _("‘%(phrase)s’ staat al in de groep ‘%(group)s’. Vul die groep aan.")
            % {"phrase": keys[term.key], "group": str(term.group)[:100]}
            for term in taken[: rules.MOST_TOLD]
        ]:
            raise ValidationError(problems)
        return "\n".join(phrases)

    def save(self, commit: bool = True) -> Any:
        group = super().save(commit=False)
        if commit:
            services.save_group(group)
        return group


class OneWaySynonymForm(SteeredForm):
    also = forms.CharField(
        label=gettext_lazy("Zoekt ook naar"),
        widget=forms.Textarea(attrs=ROWS),
        strip=False,
        help_text=gettext_lazy(
            "Elk woord op een regel, hoogstens 50. Een paar woorden samen mag ook, tot vijf."
        ),
    )

    def clean_term(self) -> str:
        term = " ".join(self.cleaned_data["term"].split())
        analyser = portal_analyser()
        if problem := rules.phrase_problem(term, analyser):
            raise ValidationError(problem)
        self.instance.key = rules.key_of(term, analyser)
        if OneWaySynonym.objects.filter(key=self.instance.key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Voor ‘%(term)s’ is er al een regel. Vul die aan.") % {"term": term})
        return term

    def clean_also(self) -> str:
        phrases = rules.phrases_in(self.cleaned_data["also"])
        term = self.cleaned_data.get("term", "")
        if problems := rules.one_way_problems(term, phrases, portal_analyser()):
            raise ValidationError(problems)
        return "\n".join(phrases)


class WholeWordForm(SteeredForm):
    def clean_word(self) -> str:
        typed: str = self.cleaned_data["word"]
        if problem := rules.whole_word_problem(typed):
            raise ValidationError(problem)
        return rules.folded(typed)


class PromotedResultForm(SteeredForm):
    page = forms.ModelChoiceField(
        label=gettext_lazy("Pagina die bovenaan staat"),
        queryset=Page.objects.none(),
        widget=AdminPageChooser(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = [source.model for source in sources().values() if issubclass(source.model, Page)]
        field = forms.ModelChoiceField(
            label=self.fields["page"].label,
            queryset=Page.objects.all(),
            widget=AdminPageChooser(target_models=models),
            help_text=_("Wat niet online staat of besloten is, ziet een bezoeker ook hier niet."),
        )
        self.fields["page"] = field
        if self.instance.pk:
            self.initial["page"] = self.instance.object_id

    def clean_term(self) -> str:
        term = " ".join(self.cleaned_data["term"].split())
        analyser = portal_analyser()
        if problem := rules.phrase_problem(term, analyser):
            raise ValidationError(problem)
        self.instance.key = rules.key_of(term, analyser)
        return term

    def clean_page(self) -> Page:
        page: Page = self.cleaned_data["page"]
        source = source_for(page.specific_class) if page.specific_class else None
        if source is None:
            raise ValidationError(_("Deze pagina is een overzicht en staat niet in zoeken. Kies een andere."))
        self.instance.type, self.instance.object_id = source.code, page.pk
        self.instance.title = page.get_admin_display_title()[:255]
        return page

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Deze dag ligt vóór de eerste dag."))
        if not self.errors:
            self._check_others(values)
        return values

    def _check_others(self, values: dict[str, Any]) -> None:
        same = PromotedResult.objects.filter(key=self.instance.key, match=values["match"]).exclude(
            pk=self.instance.pk
        )
        if same.filter(type=self.instance.type, object_id=self.instance.object_id).exists():
            self.add_error("page", _("Deze pagina staat al bovenaan bij deze zoekvraag."))
        elif len([row for row in same if _overlap(row, values)]) >= MOST_PROMOTED:
            self.add_error(
                "term",
                _("Bij deze zoekvraag staan al %(most)d aanbevolen resultaten. Haal er eerst een weg.")
                % {"most": MOST_PROMOTED},
            )


def _overlap(row: PromotedResult, values: dict[str, Any]) -> bool:
    """Whether both hold on some day."""
    starts, ends = values.get("starts_on"), values.get("ends_on")
    before = ends and row.starts_on and ends < row.starts_on
    after = starts and row.ends_on and starts > row.ends_on
    return not before and not after


class JudgedQueryForm(SteeredForm):
    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        if not rules.key_of(text, portal_analyser()):
            raise ValidationError(_("Deze zoekvraag bestaat alleen uit kleine woorden of tekens."))
        return text


class QueryForm(forms.Form):
    """One query to look at; an empty one is no mistake."""

    q = forms.CharField(
        label=gettext_lazy("Zoekvraag"),
        max_length=MAX_TEXT,
        required=False,
        help_text=gettext_lazy("Zoals een bezoeker het typt. Wat je hier typt wordt niet bewaard."),
    )
