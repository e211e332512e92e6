"""Literals for the charts of the style guide: negative values, gaps, long words, one row and twelve."""

from __future__ import annotations

from portal.design.charts.shapes import ChartRow, ChartView
from portal.design.shapes import Link, SourceView

SOURCE = SourceView(
    who="Advies Innovatieplatform",
    year=2009,
    place="figuur 1",
    by="EIM, 650 mkb-bedrijven",
    caveat="Ondernemers gaven de groei zelf op.",
    downloads=(Link(label="CSV", url="#csv"), Link(label="XLSX", url="#xlsx")),
)

GROWTH = ChartView(
    kind="grouped-bar",
    title="Wie slimmer werkt, groeit sneller",
    series=("werkte slimmer", "deed dat niet"),
    unit="%",
    signed=True,
    source=SOURCE,
    downloads=SOURCE.downloads,
    rows=(
        ChartRow(label="Productiviteit", values=(14, 5)),
        ChartRow(label="Bedrijfsresultaat", values=(18, 2)),
        ChartRow(label="Omzet", values=(15, 7)),
    ),
)
DETERMINANTS = ChartView(
    kind="dots",
    title="Wat samenhangt met nieuwe werkwijzen",
    series=("kleine bedrijven", "grote bedrijven"),
    significance_note="** p < 0,01 · * p < 0,05 · † p < 0,10",
    rows=(
        ChartRow(label="Digitalisering", values=(0.15, 0.16), significance=("**", "*")),
        ChartRow(label="Robotisering", values=(-0.19, -0.10), significance=("**", "")),
        ChartRow(
            label="Aandeel medewerkers met een praktische opleiding",
            values=(-0.02, 0.19),
            significance=("", "*"),
        ),
        ChartRow(label="Opleiding onder werktijd", values=(-0.05, 0.13), significance=("", "†")),
    ),
)
PRICES = ChartView(
    kind="bar",
    title="Gemiddelde arbeidsproductiviteit",
    unit="euro",
    rows=(
        ChartRow(label="Overijssel", values=(90500,)),
        ChartRow(label="Nederland", values=(105500,)),
        ChartRow(label="Arbeidsproductiviteitsverbeteringsprogrammadeelnemers", values=(None,)),
    ),
)
LINE = ChartView(
    kind="line",
    title="Ontwikkeling per jaar",
    series=("klein", "groot"),
    unit="%",
    rows=tuple(
        ChartRow(label=str(2010 + n), values=(20 + n * 1.5, None if n == 3 else 30 + (n % 4) * 3))
        for n in range(12)
    ),
)
SLOPE = ChartView(
    kind="slope",
    title="Voor en na",
    series=("2012", "2021"),
    unit="%",
    rows=(ChartRow(label="Achterstand van Overijssel op Nederland", values=(18, 13)),),
)
STRIP = ChartView(
    kind="strip",
    title="Jouw bedrijf tussen de andere",
    unit="%",
    own=11,
    signed=True,
    rows=tuple(
        ChartRow(label=f"bedrijf {n}", values=(v,))
        for n, v in enumerate((-6, -1, 2, 3, 4, 4, 5, 7, 8, 12, 15), 1)
    ),
)
BOX = ChartView(
    kind="box",
    title="Verdeling per groep",
    unit="%",
    rows=(
        ChartRow(label="Metaal, 15–49 mensen", values=(-4, 1, 4, 7, 15)),
        ChartRow(label="Alle bedrijven", values=(-9, 0, 3, 6, 20)),
    ),
)
TWELVE = ChartView(
    kind="bar",
    title="Twaalf rijen",
    unit="%",
    rows=tuple(
        ChartRow(label=f"Een bedrijfstak met een lange naam, nummer {n}", values=(n * 3 - 9,))
        for n in range(12)
    ),
)
CHARTS = [GROWTH, DETERMINANTS, PRICES, LINE, SLOPE, STRIP, BOX, TWELVE]
