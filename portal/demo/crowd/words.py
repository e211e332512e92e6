"""Text that reads somewhat like Dutch and is about nothing: for measuring, never for reading."""

from __future__ import annotations

import random

from portal.text import render_markdown

WHO = [
    "de operator",
    "onze planner",
    "een collega",
    "de leverancier",
    "het team",
    "de voorman",
    "een monteur",
    "de werkvoorbereider",
]
DOES = [
    "vergelijkt",
    "verplaatst",
    "meet",
    "plant",
    "controleert",
    "bespreekt",
    "vervangt",
    "telt",
    "tekent",
    "bestelt",
]
WHAT = [
    "de voorraad",
    "het gereedschap",
    "de werkbonnen",
    "een meetplan",
    "de omsteltijd",
    "het rooster",
    "de magazijnkast",
    "een werkinstructie",
    "de looplijnen",
    "het planbord",
    "een tekening",
    "de kabelgoten",
    "een proefopstelling",
    "de opslag",
    "het onderhoud",
    "de inkoop",
]
WHEN = [
    "elke week",
    "voor de pauze",
    "aan het begin van de dag",
    "na elke order",
    "een keer per maand",
    "bij het opstarten",
]
WHY = [
    "zodat niemand hoeft te zoeken",
    "omdat het anders blijft liggen",
    "en dat scheelt gepraat",
    "maar dat ging niet vanzelf",
    "om te zien wat er verandert",
    "want de helft wist het niet",
]
NAMES = [
    "Aagje",
    "Bram",
    "Cato",
    "Diede",
    "Eefje",
    "Fedde",
    "Griet",
    "Harm",
    "Imke",
    "Jorrit",
    "Klaartje",
    "Lubbert",
    "Maartje",
    "Nanne",
    "Otto",
    "Pleun",
]
PARAGRAPHS = 1500
Paragraph = tuple[str, str]  # Markdown and its HTML


def sentence(chance: random.Random) -> str:
    parts = (chance.choice(each) for each in (WHO, DOES, WHAT, WHEN, WHY))
    who, does, what, when, why = parts
    return f"{when.capitalize()} {does} {who} {what}, {why}."


def title(chance: random.Random, number: int) -> str:
    return f"{chance.choice(WHAT)} en {chance.choice(WHAT)}: wie {chance.choice(DOES)} dat? ({number})".capitalize()


def paragraphs(chance: random.Random) -> list[Paragraph]:
    """Rendered once each, since rendering two hundred thousand posts would take as long as writing them."""
    texts = (" ".join(sentence(chance) for _ in range(chance.randint(1, 5))) for _ in range(PARAGRAPHS))
    return [(text, render_markdown(text)) for text in texts]


def post_text(chance: random.Random, pool: list[Paragraph]) -> Paragraph:
    """Markdown and HTML of a post: one to four paragraphs."""
    chosen = [chance.choice(pool) for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4)))]
    return "\n\n".join(text for text, _html in chosen), "".join(html for _text, html in chosen)
