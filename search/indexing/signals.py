"""The receivers: what Django and Wagtail save and remove, as rows in the outbox.

Page events hang on save and delete alone. Wagtail's own signals come after its transaction (`post_page_move`) or on
commit (`page_slug_changed`), and it changes the addresses of descendants by `.update()`: so a page that is saved with
another `url_path` names its whole subtree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, Site

from search.documents import SearchSource, source_for, sources
from search.indexing.outbox import record_documents, record_touch, record_tree

_BEFORE = "_search_before"


def connect() -> None:
    """Connect every receiver, each once."""
    for model in apps.get_models():
        if issubclass(model, Page):
            _connect(pre_save, page_about_to_be_saved, model, "before")
            _connect(post_save, page_saved, model, "page")
            _connect(post_delete, page_removed, model, "page")
    for source in sources().values():
        _connect_source(source)
    _connect(post_save, restriction_saved, PageViewRestriction, "restriction")
    _connect(pre_delete, restriction_removed, PageViewRestriction, "restriction")
    _connect(m2m_changed, restriction_groups_changed, PageViewRestriction.groups.through, "restriction")
    _connect(post_save, site_saved, Site, "site")


def _connect_source(source: SearchSource) -> None:
    for field in source.model._meta.many_to_many:
        _connect(
            m2m_changed, _relation_changed(source), field.remote_field.through, f"relation {source.code}"
        )
    for model, touched in source.watches().items():
        receiver = _row_changed(source, touched)
        _connect(post_save, receiver, model, f"row {source.code}")
        _connect(pre_delete, receiver, model, f"row {source.code}")
    if not issubclass(source.model, Page):
        receiver = _row_changed(source, lambda row: [row.pk])
        _connect(post_save, receiver, source.model, f"self {source.code}")
        _connect(pre_delete, _row_removed(source), source.model, f"self {source.code}")


def _connect(signal: Any, receiver: Callable[..., None], sender: Any, name: str) -> None:
    signal.connect(receiver, sender=sender, weak=False, dispatch_uid=f"search {name}")


# --- pages


def page_about_to_be_saved(instance: Page, **kwargs: Any) -> None:
    """Remember what stands in the database, to see what this save changes."""
    before = Page.objects.filter(pk=instance.pk).values("live", "url_path").first() if instance.pk else None
    instance.__dict__[_BEFORE] = before


def page_saved(instance: Page, **kwargs: Any) -> None:
    before = instance.__dict__.pop(_BEFORE, None)
    source = source_for(instance.specific_class or type(instance))
    if source is None:
        record_touch()
    else:
        record_documents(
            source.code, [instance.pk], narrows=bool(before and before["live"] and not instance.live)
        )
    if before is not None and before["url_path"] != instance.url_path:
        # Perhaps moved to behind a restriction; whether it was isn't worth finding out here.
        record_tree(instance.path, narrows=True)


def page_removed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    source = source_for(sender)
    if source is None:
        record_touch()
    else:
        record_documents(source.code, [instance.pk], narrows=True)


# --- who may see them


def restriction_saved(instance: PageViewRestriction, **kwargs: Any) -> None:
    _record_restriction(instance, narrows=True)


def restriction_removed(instance: PageViewRestriction, **kwargs: Any) -> None:
    _record_restriction(instance, narrows=False)


def restriction_groups_changed(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _record_restriction(instance, narrows=True)


def _record_restriction(restriction: PageViewRestriction, *, narrows: bool) -> None:
    for path in Page.objects.filter(pk=restriction.page_id).values_list("path", flat=True):
        record_tree(path, narrows=narrows)


def site_saved(instance: Site, **kwargs: Any) -> None:
    """Its root page decides the addresses of all pages under it."""
    for path in Page.objects.filter(pk=instance.root_page_id).values_list("path", flat=True):
        record_tree(path)


# --- what documents are made of


def _row_changed(source: SearchSource, touched: Callable[[Any], Iterable[int]]) -> Callable[..., None]:
    def receive(instance: Model, **kwargs: Any) -> None:
        record_touch()
        record_documents(source.code, touched(instance))

    return receive


def _row_removed(source: SearchSource) -> Callable[..., None]:
    def receive(instance: Model, **kwargs: Any) -> None:
        record_documents(source.code, [instance.pk], narrows=True)

    return receive


def _relation_changed(source: SearchSource) -> Callable[..., None]:
    def receive(instance: Any, action: str, pk_set: set[int] | None = None, **kwargs: Any) -> None:
        if not action.startswith("post_"):
            return
        if isinstance(instance, source.model):
            record_documents(source.code, [instance.pk])
        elif pk_set:
            record_documents(source.code, pk_set)

    return receive
