"""Literals for the style guide: one example of everything, with the awkward cases (long words, empty, negative)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from portal.design.chart_specimens import CHARTS, GROWTH, SOURCE
from portal.design.components.finding import page_numbers
from portal.design.shapes import (
    CaseView,
    EventView,
    FacetOption,
    FooterColumn,
    HitView,
    Link,
    MeasurementView,
    NewsView,
    NotificationView,
    OrganisationView,
    PersonView,
    PictureFormView,
    PictureView,
    PostView,
    Step,
    StripDot,
    StripView,
    SummaryItem,
    TableView,
    Task,
    ThreadView,
    TimelineItem,
    WayIn,
)

STOCKS = MeasurementView(
    label="voorraad",
    value=-8,
    direction_good="down",
    established_label="zelf gerapporteerd",
    period="sinds de start",
    where="ALMI machinefabriek · metaal",
    url="#",
    evidence_level="described",
    caveat="Verteld door de fabrieksmanager, zonder jaartal.",
)
PRODUCTIVITY = MeasurementView(
    label="productiviteit",
    value=17,
    direction_good="up",
    comparator="at-least",
    established_label="zelf gerapporteerd",
    period="sinds de start",
    where="ALMI machinefabriek · metaal",
    url="#",
)
TEAMS = MeasurementView(
    label="productiviteit na één jaar",
    value=12,
    direction_good="up",
    established_label="niet vermeld hoe",
    where="DSM Delft · zelforganiserende teams",
    url="#",
    evidence_level="told",
)
SERIES = MeasurementView(
    label="kleinste serie die uit kan",
    unit="stuks",
    before=50,
    after=5,
    direction_good="down",
    established_label="geteld",
)
EXTRA = MeasurementView(
    label="tijd per onderhoudsbeurt",
    value=17,
    direction_good="down",
    established_label="zelf gerapporteerd",
    compared_with="de oude regels",
)
COMPANIES = MeasurementView(
    label="deelnemende bedrijven",
    unit="bedrijven",
    value=12500,
    kind="level",
    comparator="about",
    companies=12500,
)
LONG = MeasurementView(
    label="gereedschapswisselingen binnen bewerkingscentra",
    unit="wisselingen per kwartaal",
    before=12000.5,
    after=9000,
    direction_good="down",
    established_label="geteld",
)
MEASUREMENTS = [STOCKS, PRODUCTIVITY, TEAMS, SERIES, EXTRA, COMPANIES]

CASES = [
    CaseView(
        title="Van werknemers naar lerende ondernemers",
        url="#",
        organisation="ALMI machinefabriek",
        meta=("Metaal",),
        summary="Productiegroepen plannen zelf en dachten de nieuwe lascel uit.",
        theme="zelforganisatie",
        sector="25",
        measurement=PRODUCTIVITY,
        evidence_level="described",
    ),
    CaseView(
        title="Fabrieken die van elkaar leren",
        url="#",
        organisation="NPAL",
        meta=("Maakindustrie", "Noord-Nederland"),
        summary="Bedrijven delen experts, werkgroepen en assessments.",
        theme="samenwerken-in-een-netwerk",
        sector="C",
        measurement=MeasurementView(label="bedrijven doen mee", unit="bedrijven", value=105, kind="level"),
        evidence_level="described",
    ),
    CaseView(
        title="Opleiden vanaf dag één",
        url="#",
        organisation="Scania Production Zwolle",
        meta=("Voertuigen",),
        summary="Een eigen leerplatform in aanbouw en een half jaar als verbetermedewerker.",
        theme="leren-en-ontwikkelen",
        sector="29",
        measurement=MeasurementView(
            label="leidinggevenden van binnenuit", value=80, kind="level", comparator="about"
        ),
        evidence_level="described",
    ),
    CaseView(
        title="Regeldruk opvangen met kunstmatige intelligentie",
        url="#",
        organisation="Pactum",
        kind="Wat niet werkte",
        theme="technologie-en-data",
        sector="43",
        measurement=EXTRA,
        evidence_level="told",
    ),
]
HITS = [
    HitView(
        kind="Praktijkvoorbeeld",
        title=CASES[0].title,
        url="#",
        meta=("Metaal", "ALMI machinefabriek"),
        excerpt=mark_safe(
            "Productiegroepen plannen zelf. De <mark>voorraden</mark> gingen <mark>omlaag</mark>."
        ),
        evidence_level="described",
        proof=STOCKS,
    ),
    HitView(
        kind="Kennis",
        title="De zeven verspillingen opsporen",
        url="#",
        meta=("Alle branches",),
        excerpt=mark_safe("Te grote <mark>voorraad</mark> is een van de zeven."),
        proof_figure="7",
        proof_label="soorten verspilling",
    ),
    HitView(
        kind="Praktijkvoorbeeld",
        title="Minder wisselen van gereedschap",
        url="#",
        meta=("Metaal",),
        evidence_level="told",
        proof=LONG,
    ),
    HitView(kind="Vraag", title="Hoe verlaag je voorraad als klanten morgen willen hebben?", url="#"),
    HitView(
        kind="Kennis",
        title="Subsidies en financiering",
        url="#",
        excerpt="Een overzicht van regelingen uit de bronnen, met het jaar erbij.",
        recommended=True,
        note="Kijk eerst hier: de meeste regelingen van toen bestaan niet meer.",
    ),
]
SUMMARY = [
    SummaryItem(term="Organisatie", text="ALMI machinefabriek"),
    SummaryItem(term="Branche", links=(Link(label="Metaalproducten", url="#"),)),
    SummaryItem(term="Grootte"),
    SummaryItem(
        term="Thema",
        links=(Link(label="Zelforganisatie", url="#"), Link(label="Werk- en taakverdeling", url="#")),
    ),
    SummaryItem(term="Periode", text="sinds 2006"),
    SummaryItem(term="Kosten"),
    SummaryItem(term="Terugverdientijd"),
    SummaryItem(term="Personeel betrokken", text="Vanaf het begin"),
    SummaryItem(term="Nagekeken", text="22 november 2026"),
]
STEPS = [
    Step(
        title="Iedereen een ontwikkelplan.",
        text="Wat kun je, wat wil je leren, wat heeft het bedrijf daaraan?",
    ),
    Step(
        title="Zeggenschap over kleine investeringen.",
        text="Een eigen budget, en meebeslissen over wat er gekocht wordt.",
    ),
    Step(title="Productiegroepen plannen zelf.", text="Zij verdelen het werk."),
    Step(title="De lascel komt van de vloer.", text="De lassers bezochten beurzen en beoordeelden offertes."),
]
NEXT_STEPS = [
    Link(
        label="Meer voorbeelden uit de metaal", url="#", text="Zes bedrijven die de voorraad omlaag brachten."
    ),
    Link(label="Reken je arbeidsproductiviteit uit", url="#", text="Drie manieren, van grof naar precies."),
    Link(label="Zoek een loket in je regio", url="#", text="Eén deur, wat je vraag ook is."),
]
WAYS_IN = [
    WayIn(label="Minder voorraad", url="#", count=4, icon="box"),
    WayIn(label="Sneller leveren", url="#", count=6, icon="truck"),
    WayIn(label="Slimmer plannen", url="#", count=5, icon="plan"),
    WayIn(label="Personeel houden", url="#", count=8, icon="heart", text="opleiden, zeggenschap, aandelen"),
    WayIn(label="Minder fouten", url="#", count=3, icon="target"),
    WayIn(label="Mensen opleiden", url="#", count=7, icon="learn"),
]
FACETS = [
    FacetOption(value="25", label="Vervaardiging van producten van metaal", count=5, checked=True),
    FacetOption(value="43", label="Gespecialiseerde bouw en installatie", count=3),
    *[FacetOption(value=f"{n}", label=f"Branche {n}", count=n) for n in range(1, 8)],
]
CHIPS = [
    Link(label="Metaal", url="#"),
    Link(label="15–49 mensen", url="#"),
    Link(label="Overijssel", url="#"),
]
TABS = [
    Link(label="Alles", url="#", text="23", current=True),
    Link(label="Praktijk", url="#", text="9"),
    Link(label="Kennis", url="#", text="11"),
    Link(label="Cijfers", url="#", text="3"),
]
TASKS = [
    Task(label="Gegevens van je bedrijf", status="Klaar", kind="done", url="#"),
    Task(
        label="Plan en begroting",
        status="Nog te doen",
        url="#",
        hint="Ongeveer 20 minuten",
        links=[Link(label="Bekijk een voorbeeld", url="#")],
    ),
    Task(label="Verklaring", status="Wacht op je adviseur", kind="wait"),
    Task(label="Bijlagen", status="Klopt nog niet", kind="problem", url="#"),
]
TIMELINE = [
    TimelineItem(title="Aanvraag ontvangen", when=date(2026, 11, 2), text="Nummer SW-2026-0147."),
    TimelineItem(
        title="In behandeling",
        when=date(2026, 11, 9),
        text="Besluit uiterlijk 7 december 2026.",
        current=True,
    ),
]
PERSON = PersonView(
    name="Anna de Vries",
    url="#",
    role="Adviseur",
    organisation="Voorbeeld BV",
    facts=("12 afgeronde opdrachten",),
)
PERSON_WITH_PHOTO = PersonView(name="Jan Jansen", role="planner", photo_url="/static/design/favicon.svg")
ORGANISATION = OrganisationView(
    name="Voorbeeld Metaalbewerking",
    url="#",
    meta=("Metaal", "15–49 mensen"),
    sector="25",
    summary="Maakt draaidelen in kleine series.",
)
PICTURES = [
    PictureView(
        url="#", small_url="/static/design/favicon.svg", alt="Het planbord naast de zaagmachine",
        width=400, height=300, key="a",
    ),
    PictureView(
        url="#", small_url="/static/design/favicon.svg", alt="Bakken met onderdelen, elk met een kleur",
        width=225, height=400, key="b",
    ),
]  # fmt: skip
POST = PostView(
    author="Jan Jansen",
    author_role="ondernemer",
    posted_at=datetime(2026, 11, 20, 13, 5, tzinfo=UTC),
    permalink="#",
    body=mark_safe("<p>Begin bij de artikelen die het langst liggen, niet bij de duurste.</p>"),
    badge="Aanvaard antwoord",
    accepted=True,
    actions=(Link(label="Reageer", url="#"), Link(label="Meld", url="#")),
    pictures=PICTURES,
)
EVENTS = [
    EventView(
        title="Plannen op de werkvloer met een bord en zonder computer",
        url="#",
        starts=datetime(2026, 12, 3, 14, 0),  # noqa: DTZ001 - as the screen shows it
        when="14:00 tot 16:30",
        meta=("workshop", "Utrecht", "ElektroNed"),
        summary="Je maakt in een middag een planbord dat morgen werkt.",
        badge="Je bent aangemeld",
        badge_kind="good",
    ),
    EventView(
        title="Webinar: minder voorraad",
        url="#",
        starts=datetime(2027, 1, 14, 20, 0),  # noqa: DTZ001 - as above
        when="20:00 tot 21:00",
        meta=("webinar", "online"),
        badge="Vol",
        badge_kind="wait",
    ),
]
THREADS = [
    ThreadView(
        title="Wie heeft een bord voor kleine series?",
        url="#",
        meta=("Anna de Vries", "4 antwoorden", "vandaag"),
        excerpt="Wij maken series van tien stuks en verliezen het overzicht.",
        badge="Beantwoord",
        badge_kind="good",
        is_unread=True,
    ),
    ThreadView(title="Omstellen in tien minuten", url="#", meta=("Kees Bakker", "nog geen antwoord")),
]
NEWS = [
    NewsView(
        title="De volgende kring is bij Bakker Metaal",
        url="#",
        published=datetime(2026, 11, 19, 9, 0, tzinfo=UTC),
        meta=("Anna de Vries", "2 reacties"),
        excerpt="We kijken naar het planbord en naar wat er veranderde. Neem iemand van de werkvloer mee.",
    ),
    NewsView(
        title="Nieuwe huisregels",
        url="#",
        published=datetime(2026, 11, 3, 16, 30, tzinfo=UTC),
        meta=("Kees Bakker",),
        badge="Wacht op een moderator",
        badge_kind="wait",
    ),
]
NOTIFICATIONS = [
    NotificationView(
        text="Jan Jansen beantwoordde je vraag 'Hoe plan je spoedorders tussen het gewone werk door?'",
        url="#",
        context="ElektroKring",
        when=datetime(2026, 11, 20, 13, 5, tzinfo=UTC),
        is_new=True,
    ),
    NotificationView(
        text="Je verzoek om mee te doen is aangenomen",
        url="#",
        when=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
    ),
]
TABLE = TableView(
    caption="Groei in twee jaar",
    columns=("", "Werkte slimmer", "Deed dat niet"),
    rows=(("Productiviteit", "+14%", "+5%"), ("Omzet", "+15%", "+7%")),
    numeric=frozenset({1, 2}),
)
NAVIGATION = [
    Link(label="Praktijk", url="#", current=True),
    Link(label="Kennis", url="#"),
    Link(label="Cijfers", url="#"),
    Link(label="Zoeken", url="#"),
    Link(label="Over ons", url="#"),
]
FOOTER = [
    FooterColumn(
        title="Vinden", links=(Link(label="Zoeken", url="#"), Link(label="Praktijkvoorbeelden", url="#"))
    ),
    FooterColumn(
        title="Begrijpen", links=(Link(label="Zo wegen wij bewijs", url="#"), Link(label="Bronnen", url="#"))
    ),
    FooterColumn(
        title="Over", links=(Link(label="Toegankelijkheid", url="#"), Link(label="Privacy", url="#"))
    ),
]


class ExampleForm(forms.Form):
    """A form with every kind of field and one fault."""

    name = forms.CharField(label="Naam van je bedrijf", help_text="Zoals in het handelsregister.")
    size = forms.ChoiceField(
        label="Hoeveel mensen werken er?",
        choices=[("5-14", "5 tot 14"), ("15-49", "15 tot 49")],
        widget=forms.RadioSelect,
    )
    sector = forms.ChoiceField(
        label="Branche", choices=[("", "Kies een branche"), ("25", "Metaal")], required=False
    )
    story = forms.CharField(
        label="Waar loop je tegenaan?", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    consent = forms.BooleanField(label="Deel de uitkomst van mijn scan", required=False)


class ExamplePictureForm(forms.Form):
    picture = forms.FileField(label="Kies een beeld", help_text="Hoogstens 10 MB.", widget=forms.FileInput)
    picture_alt = forms.CharField(label="Wat staat erop?")
    first = forms.CharField(label="Wat staat er op beeld 1?", initial="Het planbord naast de zaagmachine")


STRIP = StripView(
    title="Productiviteit: hoeveel procent beter",
    note="Elke stip is één resultaat. Het nummer is dat in de lijst.",
    dots=[
        StripDot(
            number=number,
            value=value,
            label=f"{number}: bedrijf {number}, {value}% beter, bron: Advies Innovatieplatform",
            url="#",
            mark=mark,
        )
        for number, (value, mark) in enumerate(
            ((38, "full"), (17, "ring"), (16.5, "full"), (16, "none"), (12, "none"), (2, "ring")), 1
        )
    ],
)


def specimens() -> dict[str, Any]:
    """Everything the style guide shows, by name."""
    form = ExampleForm(data={"name": "", "size": "5-14"})
    form.use_required_attribute = False
    picture_form = ExamplePictureForm()
    return {
        "site_name": "Slimmer Werken",
        "navigation": NAVIGATION,
        "account_links": [Link(label="Meldingen", url="#", text="3"), Link(label="Account", url="#")],
        "footer_columns": FOOTER,
        "search_url": "/zoeken/",
        "measurements": MEASUREMENTS,
        "pair": [STOCKS, PRODUCTIVITY],
        "three": [STOCKS, PRODUCTIVITY, TEAMS],
        "stocks": STOCKS,
        "source": SOURCE,
        "cases": CASES,
        "hits": HITS,
        "strip": STRIP,
        "summary": SUMMARY,
        "steps": STEPS,
        "next_steps": NEXT_STEPS,
        "ways_in": WAYS_IN,
        "facets": FACETS,
        "chips": CHIPS,
        "tabs": TABS,
        "pages": page_numbers(4, 12, lambda number: f"?pagina={number}"),
        "tasks": TASKS,
        "notifications": NOTIFICATIONS,
        "threads": THREADS,
        "events": EVENTS,
        "news": NEWS,
        "timeline": TIMELINE,
        "person": PERSON,
        "person_with_photo": PERSON_WITH_PHOTO,
        "organisation": ORGANISATION,
        "post": POST,
        "pictures": PICTURES,
        "picture_form": PictureFormView(
            pictures=[replace(PICTURES[0], words=picture_form["first"]), PICTURES[1]],
            most=4,
            file=picture_form["picture"],
            alt=picture_form["picture_alt"],
        ),
        "table": TABLE,
        "charts": CHARTS,
        "growth": GROWTH,
        "form": form,
        "company": ["Metaal", "15–49 mensen", "Overijssel"],
        "crumbs": [Link(label="Home", url="/"), Link(label="Praktijk", url="#")],
        "levels": ["told", "described", "measured", "compared", "repeated"],
        "check_answers": [SummaryItem(term="Grootte", text="15–49 mensen", change_url="#")],
    }
