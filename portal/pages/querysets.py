"""Which pages a person may see: live ones, outside every restriction that they don't pass."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from portal.accounts.audiences import ADMINISTRATOR, MEMBER, PUBLIC, group_term, terms_for

# What editing needs of a page and no visitor's page shows; a narrower query is quicker to write and to read.
UNSERVED = (
    "alias_of", "draft_title", "expire_at", "expired", "go_live_at", "has_unpublished_changes", "import_hash",
    "import_source", "latest_revision", "latest_revision_created_at", "live_revision", "locked", "locked_at",
    "locked_by", "review_months", "show_in_menus", "translation_key",
)  # fmt: skip
# Nor does a list or a card show these.
UNSHOWN = (*UNSERVED, "last_published_at", "owner", "reviewed_on", "search_description", "seo_title")


def restriction_terms(restriction: PageViewRestriction) -> frozenset[str]:
    """The terms that pass `restriction`. A shared password is switched off, so it lets nobody but administrators in."""
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return frozenset({MEMBER})
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return frozenset({ADMINISTRATOR, *(group_term(group.pk) for group in restriction.groups.all())})
    return frozenset({ADMINISTRATOR})


def narrow(audience: frozenset[str], terms: frozenset[str]) -> frozenset[str]:
    """The audience that is left of `audience` behind one more restriction.

    Terms are alternatives, so two different groups in a row can't be written down exactly; what is left then is the
    narrower side (administrators), never the wider one.
    """
    if audience == {PUBLIC}:
        return terms
    if audience == {MEMBER}:
        return terms
    if terms == {MEMBER}:
        return audience
    return (audience & terms) | {ADMINISTRATOR}


def all_restrictions() -> list[PageViewRestriction]:
    """Every restriction with its groups and the place of its page; asked in each request, so it asks for no more."""
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return list(restrictions.only("restriction_type", "password", "page__path", "page__depth"))


def remember_restrictions(user: Any) -> list[PageViewRestriction]:
    """Read the restrictions once for a page's whole request: `user` belongs to that request and goes with it."""
    user.page_restrictions = all_restrictions()
    found: list[PageViewRestriction] = user.page_restrictions
    return found


def page_terms(user: Any) -> frozenset[str]:
    """The terms of `user`; asked once for a request whose restrictions are remembered."""
    if getattr(user, "page_restrictions", None) is None:
        return terms_for(user)
    if getattr(user, "page_terms", None) is None:
        user.page_terms = terms_for(user)
    found: frozenset[str] = user.page_terms
    return found


def restrictions_for(user: Any) -> list[PageViewRestriction]:
    known: list[PageViewRestriction] | None = getattr(user, "page_restrictions", None)
    return all_restrictions() if known is None else known


def page_audience(page: Page, restrictions: list[PageViewRestriction] | None = None) -> frozenset[str]:
    """The audience terms of `page`, from its own restriction and those of all its ancestors."""
    audience = frozenset({PUBLIC})
    for restriction in all_restrictions() if restrictions is None else restrictions:
        if page.path.startswith(restriction.page.path):
            audience = narrow(audience, restriction_terms(restriction))
    return audience


def is_open(page: Page, terms: frozenset[str], restrictions: list[PageViewRestriction]) -> bool:
    """Whether `terms` pass every one of `restrictions` (all there are) that lies on `page` or above it."""
    return all(
        terms & restriction_terms(restriction)
        for restriction in restrictions
        if page.path.startswith(restriction.page.path)
    )


class VisiblePageQuerySet(PageQuerySet):
    def public(self) -> VisiblePageQuerySet:
        """Live pages outside every restriction, whomever it lets in: what a visitor may read; no query of its own."""
        restrictions = PageViewRestriction.objects.alias(
            below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        )
        return self.live().exclude(Exists(restrictions.filter(below__startswith=F("page__path"))))

    def visible_to(self, user: Any) -> VisiblePageQuerySet:
        """Live pages that `user` may read; two queries at most where restrictions exist, one where none do."""
        restrictions = restrictions_for(user)
        return self.open_to(page_terms(user) if restrictions else frozenset(), restrictions)

    def open_to(self, terms: frozenset[str], restrictions: list[PageViewRestriction]) -> VisiblePageQuerySet:
        """Live pages outside every one of `restrictions` (all there are) that `terms` don't pass; no query of its own."""
        visible = self.live()
        for restriction in restrictions:
            if not terms & restriction_terms(restriction):
                visible = visible.exclude(Q(path__startswith=restriction.page.path))
        return visible


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)


def visible_pages(user: Any) -> VisiblePageQuerySet:
    """All kinds of pages that `user` may read, as base pages (ask `.specific()` for their own fields)."""
    return VisiblePageQuerySet(Page).order_by("path").visible_to(user)
