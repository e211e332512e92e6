"""What components take: small frozen dataclasses of literals. Rooms fill them from their models; design knows none.

Texts are plain strings (escaped by the template) unless a field says "safe": then a `SafeString` keeps its markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from portal.design.numbers import as_decimal, format_change, format_large, format_value

DIRECTIONS = ("up", "down", "none")
COMPARATORS = ("exactly", "about", "at-least")
EVIDENCE_LEVELS = ("told", "described", "measured", "compared", "repeated")


def require(value: object, allowed: Sequence[str], what: str) -> None:
    """Raise ValueError when `value` isn't one of `allowed`."""
    if value not in allowed:
        raise ValueError(f"{what}: {value!r} is not one of {', '.join(allowed)}")


@dataclass(frozen=True, kw_only=True)
class Link:
    label: str
    url: str
    text: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceView:
    """Who said it, what, when, where in it, and what to bear in mind. Only `who` is needed."""

    who: str
    what: str = ""
    year: int | None = None
    place: str = ""
    by: str = ""  # original publication or speaker
    url: str = ""
    caveat: str = ""
    downloads: Sequence[Link] = ()  # CSV, XLSX, metadata


@dataclass(frozen=True, kw_only=True)
class MeasurementView:
    """A figure with its unit. Give `value` (a signed change, or a level with kind='level'), or `before` with `after`.

    `direction_good` says which way is better: 'up', 'down' or 'none'. Raises ValueError on an unknown word or no figure.
    """

    label: str
    unit: str = "%"
    value: Decimal | int | float | None = None
    kind: str = "change"  # change | level
    before: Decimal | int | float | None = None
    after: Decimal | int | float | None = None
    direction_good: str = "none"
    comparator: str = "exactly"
    established_label: str = ""
    period: str = ""
    companies: int | None = None
    base: str = ""  # what the change is measured from
    compared_with: str = ""
    where: str = ""
    url: str = ""
    caveat: str = ""
    evidence_level: str = ""
    source: SourceView | None = None

    def __post_init__(self) -> None:
        require(self.kind, ("change", "level"), "kind")
        require(self.direction_good, DIRECTIONS, "direction_good")
        require(self.comparator, COMPARATORS, "comparator")
        if self.evidence_level:
            require(self.evidence_level, EVIDENCE_LEVELS, "evidence_level")
        if self.value is None and (self.before is None or self.after is None):
            raise ValueError(f"measurement {self.label!r} has no figure")

    @property
    def movement(self) -> Decimal | None:
        """The signed movement, from `value` or from before and after; None for a level."""
        if self.kind == "level":
            return None
        if self.value is not None:
            return as_decimal(self.value)
        return as_decimal(self.after) - as_decimal(self.before)  # type: ignore[arg-type]

    @property
    def verdict(self) -> str:
        """'better', 'worse' or 'neutral'."""
        movement = self.movement
        if not movement or self.direction_good == "none":
            return "neutral"
        return "better" if (movement > 0) == (self.direction_good == "up") else "worse"

    @property
    def figure(self) -> str:
        """The figure as text: −8% · 105 · 50 → 5. Units other than % and € are given apart in `unit_word`."""
        unit = self.unit if self.unit == "%" or self.unit == "euro" else ""
        if self.value is None:
            return f"{format_value(self.before, unit)} → {format_value(self.after, unit)}"  # type: ignore[arg-type]
        if self.kind == "level":
            return format_value(self.value, unit) if unit else format_large(self.value)
        return format_change(self.value, unit)

    @property
    def unit_word(self) -> str:
        """The unit to write behind the figure, when the figure doesn't hold it and the label doesn't say it."""
        if self.unit in ("%", "euro", "", "coefficient") or self.unit.lower() in self.label.lower():
            return ""
        return self.unit


@dataclass(frozen=True, kw_only=True)
class HitView:
    """A search hit. `title` and `excerpt` may be safe (with <mark>); `proof` wins over `proof_figure`."""

    kind: str
    title: str
    url: str
    meta: Sequence[str] = ()
    excerpt: str = ""
    evidence_level: str = ""
    proof: MeasurementView | None = None
    proof_figure: str = ""
    proof_label: str = ""
    #: Put above the others by editors; `note` is their sentence with it.
    recommended: bool = False
    note: str = ""
    explain_url: str = ""  # for staff: why it stands here


@dataclass(frozen=True, kw_only=True)
class FacetOption:
    value: str
    label: str
    count: int | None = None
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class PageNumbers:
    """Numbered pages: `pages` holds Links, and None where numbers are skipped."""

    pages: Sequence[Link | None]
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A practice case on card or in a list. `theme` and `sector` are codes and choose the drawn cover."""

    title: str
    url: str
    organisation: str = ""
    meta: Sequence[str] = ()
    summary: str = ""
    theme: str = ""
    sector: str = ""
    kind: str = ""  # only where it is not an ordinary practice: "Wat niet werkte"
    measurement: MeasurementView | None = None
    evidence_level: str = ""
    image_url: str = ""
    image_alt: str = ""


@dataclass(frozen=True, kw_only=True)
class SummaryItem:
    """A term and what is said of it. No `text` and no `links` is shown as `missing`."""

    term: str
    text: str = ""
    links: Sequence[Link] = ()
    missing: str = ""
    change_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to do, or that stands somewhere. `links` are other ways from it, below its hint."""

    label: str
    status: str  # may be empty
    url: str = ""
    kind: str = "open"  # open | done | wait | problem
    hint: str = ""
    links: Sequence[Link] = ()
    waits: bool = False  # for the reader to do something: a member's home lifts it to its top


@dataclass(frozen=True, kw_only=True)
class TimelineItem:
    title: str
    when: date | datetime
    text: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonView:
    name: str
    url: str = ""
    role: str = ""
    organisation: str = ""
    photo_url: str = ""  # a small, square one; without it the first letters of the name stand there
    facts: Sequence[str] = ()  # proof: finished assignments, last active, availability


@dataclass(frozen=True, kw_only=True)
class OrganisationView:
    name: str
    url: str = ""
    meta: Sequence[str] = ()
    summary: str = ""
    sector: str = ""
    facts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class NotificationView:
    """Something that happened, where it leads and where it was. `is_new`: the reader hasn't seen it yet."""

    text: str
    url: str
    when: datetime
    context: str = ""
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class PictureView:
    """A small picture, of this `width` and `height`, that leads to the large one. `key` names it in a form; there `words`
    is the bound field in which its `alt` is changed."""

    url: str
    small_url: str
    alt: str
    width: int
    height: int
    key: str = ""
    words: object = None


@dataclass(frozen=True, kw_only=True)
class PictureFormView:
    """Pictures that go along with what somebody is writing. `file` and `alt`: the bound fields to add one, none where
    there is no room for more; `refusal` says why somebody may add none at all."""

    pictures: Sequence[PictureView] = ()
    most: int
    file: object = None
    alt: object = None
    refusal: str = ""

    @property
    def is_open(self) -> bool:
        """Something is to be mended in the fields."""
        return any(getattr(field, "errors", None) for field in (self.file, self.alt))


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post in a conversation; `body` is safe HTML made by portal.text. The `pictures` stand below it."""

    author: str
    posted_at: datetime
    body: str
    author_url: str = ""
    author_role: str = ""
    author_photo_url: str = ""
    permalink: str = ""
    badge: str = ""
    accepted: bool = False
    moderator_note: str = ""
    actions: Sequence[Link] = ()
    pictures: Sequence[PictureView] = ()


@dataclass(frozen=True, kw_only=True)
class ThreadView:
    """A conversation in a list. `is_unread`: there is something new in it for this reader."""

    title: str
    url: str
    meta: Sequence[str] = ()
    excerpt: str = ""
    badge: str = ""
    badge_kind: str = "neutral"  # good | wait | problem | neutral
    is_unread: bool = False


@dataclass(frozen=True, kw_only=True)
class NewsView:
    """An item of news: when it was written and by whom (`meta`), and the first lines of it."""

    title: str
    url: str
    published: datetime
    meta: Sequence[str] = ()
    excerpt: str = ""
    badge: str = ""
    badge_kind: str = "neutral"  # good | wait | problem | neutral


@dataclass(frozen=True, kw_only=True)
class EventView:
    """Something that takes place: `starts` in local time, `when` in words ("14:00 tot 16:00")."""

    title: str
    url: str
    starts: datetime
    when: str
    meta: Sequence[str] = ()
    summary: str = ""
    badge: str = ""
    badge_kind: str = "neutral"  # good | wait | problem | neutral


@dataclass(frozen=True, kw_only=True)
class TableView:
    """A table; `numeric` holds the numbers (from 0) of columns that are set to the right."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """A way in: a goal, sector or region with the number of things behind it."""

    label: str
    url: str
    count: int | None = None
    text: str = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class StripDot:
    """One result on a strip. `number` is its place in the list beside the strip, `label` says all of it in words."""

    number: int
    value: float
    label: str
    url: str
    mark: str = "none"  # how it was established: full (measured or counted) | ring (estimated or told) | none (not said)


@dataclass(frozen=True, kw_only=True)
class StripView:
    """Results on one scale from zero; only what is measured in the same way shares one."""

    title: str
    dots: Sequence[StripDot]
    unit: str = "%"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FooterColumn:
    title: str
    links: Sequence[Link]
