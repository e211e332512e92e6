"""Spam and real posts to replay, made by a seeded generator from sentences of our own. All names are made up.

`CLASSES` are those that the rules were written with; `KEPT_APART` were written after the rules and never led to a change
of them, so that they say something of spam that nobody saw yet.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

SITES = (
    "speelhal-best.xyz",
    "www.gezondgroot.shop",
    "bit.ly/3kLmn",
    "snelgeld-online.top",
    "https://kansrijk.click/nu",
    "http://mega-deal.store/?ref=88",
    "https://prijsknaller.example/actie",
    "www.topshop-direct.com",
)
WAYS = (
    "Klik hier: {site}",
    "Kijk snel op {site}",
    "App me op +31 6 12{n:02d} 34 56",
    "Stuur een bericht via Telegram @deal{n}",
    "Bestel nu via {site}",
    "Meer info: {site}",
    "Mail naar kans{n}@gmail.com",
    "Visit our website {site}",
)
GREETINGS = (
    "",
    "Hallo allemaal! ",
    "Beste ondernemer, ",
    "Dear friend, ",
    "LET OP!!! ",
    "Hi, ",
    "Goedendag, ",
)

CLASSES: dict[str, tuple[str, ...]] = {
    "gokken": (
        "Het beste online casino zonder Cruks, met 200 free spins als welkomstbonus.",
        "Win vandaag de jackpot op onze gokkasten, uitbetaling binnen een uur.",
        "Play slot machines and get a welcome bonus of 500 euro.",
        "Sports betting tips met 95% winst, probeer het gratis.",
    ),
    "pillen": (
        "Viagra en Kamagra zonder recept, morgen in huis en discreet verpakt.",
        "Verlies 12 kilo in een maand met deze afslankpil, dokters staan versteld.",
        "CBD olie die echt werkt, nu met korting voor nieuwe klanten.",
        "Buy cheap ozempic without prescription, worldwide delivery.",
    ),
    "crypto": (
        "Ik verdiende 4.300 euro per week met bitcoin en deze trading bot.",
        "Investeer in crypto en verdubbel je inleg, 100% gegarandeerd rendement.",
        "Our forex platform pays 12% per week, no risk, withdraw any time.",
        "Passief inkomen zonder moeite: stort 250 euro in USDT en kijk toe.",
    ),
    "leningen": (
        "Geld lenen zonder BKR-toets, vandaag nog op je rekening.",
        "Flitskrediet tot 50.000 euro voor zzp en mkb, ook met schulden.",
        "Personal loan approved in minutes, no documents needed.",
        "Lening nodig? Minilening binnen tien minuten, zonder vragen.",
    ),
    "vindbaarheid": (
        "Wij plaatsen 500 backlinks en zetten je op de eerste pagina van Google.",
        "SEO pakket voor 49 euro: linkbuilding, gastblogs en meer bezoekers.",
        "We write guest posts on sites with high domain authority.",
        "Buy organic traffic for your website, rank your shop in 7 days.",
    ),
    "daten": (
        "Eenzame dames bij jou in de buurt zoeken een ondeugend avontuur.",
        "Hot singles willen vanavond afspreken, gratis sexchat.",
        "Escort in jouw stad, dag en nacht, discreet.",
        "I am a lonely woman looking for dating, check my profile.",
    ),
    "phishing": (
        "Je account wordt vandaag geblokkeerd. Bevestig je gegevens om dat te voorkomen.",
        "Uw pakket ligt bij de douane, klik om 2,95 te betalen.",
        "Verify your account now, it has been temporarily suspended.",
        "Er staat een openstaande factuur klaar van de Belastingdienst, betaal via de link.",
    ),
    "namaak": (
        "Replica horloges, niet van echt te onderscheiden, Rolex vanaf 89 euro.",
        "Diploma kopen zonder examen, met echte stempels en geregistreerd.",
        "Louis Vuitton en Gucci, designer tassen voor de laagste prijs.",
        "Buy a real passport or driver license online, fast delivery.",
    ),
    "thuiswerk": (
        "Thuis werken en verdien 350 euro per dag met je telefoon.",
        "Earn money from your phone, work from home, no experience.",
        "Word snel rijk met ons systeem, meld je aan, tijdelijke actie.",
        "Financiële vrijheid binnen drie maanden, ik leg het je gratis uit.",
    ),
    "volgers": (
        "Koop 1.000 volgers op Instagram en LinkedIn, echt en met garantie.",
        "Vijf sterren nodig? Wij schrijven reviews voor je bedrijf op Google.",
        "Buy real followers and likes, start in five minutes.",
        "Meer likes dan je concurrent, vanaf 9 euro per maand.",
    ),
    "erfenis": (
        "Ik ben advocaat in Accra en zoek een partner voor een erfenis van 8,5 miljoen dollar.",
        "Your late relative left a fund, reply with your bank details to receive it.",
        "Als weduwe wil ik mijn vermogen schenken aan een eerlijk mens, schrijf mij privé.",
        "You are selected as beneficiary of a donation of 2 million euro.",
    ),
    "zenders": (
        "Alle betaalde zenders voor 60 euro per jaar, 12.000 kanalen en films.",
        "IPTV abonnement met 24 uur proef, werkt op elke televisie.",
        "Watch all premium channels in 4K, cheapest subscription.",
        "Nooit meer betalen voor voetbal, vraag nu een proefcode aan.",
    ),
    "adressen": (
        "Te koop: lijst met 250.000 e-mailadressen van directeuren in de Benelux.",
        "We sell fresh B2B leads and databases, all industries.",
        "Bereik elke ondernemer: wij mailen jouw aanbod naar 80.000 bedrijven.",
        "Koude acquisitie uitbesteden? Onze robots bellen 3.000 klanten per dag.",
    ),
    "fabriek": (
        "We are a professional factory of LED lamps in Shenzhen, best price and OEM.",
        "Leading manufacturer of packaging machines, welcome your inquiry.",
        "Groothandel in werkhandschoenen, containers direct uit Azië, vraag de prijslijst.",
        "Our company supplies steel pipes worldwide, contact our sales manager.",
    ),
    "magie": (
        "Een krachtige spreuk bracht mijn man terug, deze genezer helpt ook jou.",
        "Spell caster Dr. Obi solved my business problems in 48 hours.",
        "Medium met gave ziet de toekomst van je bedrijf, eerste vraag gratis.",
        "Lottery numbers by a spiritual healer, I won twice.",
    ),
}

# Written when the rules were done, with ways to be reached of their own.
OTHER_SITES = (
    "www.hulp-van-ons.com",
    "https://scriptieklaar.example",
    "tinyurl.com/xy12",
    "https://topbaan.work/nl",
    "www.award-mkb.org",
    "https://snelle-pc.support/bel",
)
OTHER_WAYS = (
    "Zie {site}",
    "Bel 085-20{n:02d}3456",
    "WhatsApp: 0031 6 98{n:02d} 7654",
    "{site}",
    "Reageer met je nummer, dan bellen we.",
    "Contact: info{n}@outlook.com",
    "Aanmelden kan op {site}",
)
KEPT_APART: dict[str, tuple[str, ...]] = {
    "scripties": (
        "Geen tijd voor je scriptie? Onze schrijvers leveren binnen drie dagen, plagiaatvrij.",
        "We write your thesis or essay, top grades and low prices.",
        "Laat je verslag door ons maken, al 2.000 studenten gingen je voor.",
        "Professionele vertalingen in 40 talen, vanaf 3 cent per woord.",
    ),
    "schijnbaan": (
        "Wij zoeken 20 mensen voor inpakwerk aan huis, 900 euro per week, geen ervaring nodig.",
        "Hiring now: online assistant, 45 dollar per hour, paid daily.",
        "Word mysteryshopper en houd de producten. Plaatsen zijn beperkt.",
        "Bijverdienen met het testen van apps, je eerste 50 euro krijg je cadeau.",
    ),
    "helpdesk": (
        "Je computer is besmet. Bel onze Microsoft-helpdesk voordat je gegevens verdwijnen.",
        "Your antivirus has expired, renew today and save 70 percent.",
        "Trage laptop? Download ons programma en hij is weer als nieuw.",
        "Onbeperkt VPN voor 1 euro, blijf onzichtbaar op het internet.",
    ),
    "prijzen": (
        "Je bedrijf is genomineerd voor de Europese Ondernemersprijs. Bevestig je plek voor 495 euro.",
        "Your company was selected as best of the year, claim your badge.",
        "Sta in onze gids met topbedrijven, de eerste maand kost niets.",
        "Gratis tablet voor de eerste honderd ondernemers die onze enquête invullen.",
    ),
}


def disguised(text: str, chance: random.Random) -> str:
    """As spammers do: signs for letters, letters of another alphabet, dots between, signs that nobody sees."""
    way = chance.randrange(4)
    if way == 0:
        return text.replace("a", "@", 2).replace("i", "1", 1)
    if way == 1:
        return text.replace("o", "о", 1).replace("e", "е", 1)  # Cyrillic
    if way == 2:
        return text.upper() + "!!!"
    words = text.split()
    long = max(range(len(words)), key=lambda place: len(words[place]))
    words[long] = "\u200b".join(words[long])
    return " ".join(words)


def spam(
    classes: dict[str, tuple[str, ...]],
    number: int,
    seed: int,
    *,
    ways: tuple[str, ...] = WAYS,
    sites: tuple[str, ...] = SITES,
) -> Iterator[tuple[str, str]]:
    """`number` texts of each class, with the class; every fourth is disguised or in capitals."""
    for name, sentences in classes.items():
        chance = random.Random(f"{seed}:{name}")
        made = list(product(GREETINGS, sentences, ways))
        chance.shuffle(made)
        for place in range(number):
            greeting, sentence, way = made[place % len(made)]
            text = f"{greeting}{sentence} {way.format(site=chance.choice(sites), n=chance.randrange(10, 99))}"
            yield name, disguised(text, chance) if place % 4 == 3 else text


# --- what members really write ----------------------------------------------------------------------------------------

PLACES = (
    "de lasserij",
    "het magazijn",
    "de expeditie",
    "de kantoortuin",
    "onze bakkerij",
    "de montagelijn",
    "het atelier",
    "de werkplaats",
    "de keuken",
    "de planning",
)
THINGS = (
    "de wachttijd",
    "de voorraad",
    "het aantal fouten",
    "de omsteltijd",
    "het verzuim",
    "de doorlooptijd",
    "het overwerk",
    "de zoektijd",
    "het aantal mails",
    "de levertijd",
)
TOOLS = (
    "Exact Online",
    "een planbord van karton",
    "AFAS",
    "een Fanuc-cobot",
    "Microsoft Teams",
    "Odoo",
    "een barcodescanner",
    "een WhatsApp-groep voor storingen",
    "de gratis versie van Trello",
    "een tweedehands heftruck",
)
SOURCES = (
    "https://www.tno.example/rapport-{n}",
    "https://www.cbs.example/cijfers/{n}",
    "https://www.ser.example/advies/{n}",
    "https://kennisbank.example/omsteltijd-{n}.pdf",
    "www.brancheblad.example/{n}",
)
REAL = Path(__file__).with_name("real_posts.txt").read_text(encoding="utf-8").splitlines()


def real_posts(number: int, seed: int) -> Iterator[str]:
    """Posts about work, with figures, products and sources; some of two pieces."""
    chance = random.Random(seed)
    for place in range(number):
        pieces = [REAL[place % len(REAL)]]
        if chance.random() < 0.4:
            pieces.append(chance.choice(REAL))
        yield "\n\n".join(_filled(piece, chance) for piece in pieces)


def _filled(piece: str, chance: random.Random) -> str:
    thing = chance.choice(THINGS)
    high = chance.randrange(12, 95)
    return piece.format(
        place=chance.choice(PLACES),
        thing=thing,
        thing_start=thing[0].upper() + thing[1:],
        tool=chance.choice(TOOLS),
        source=chance.choice(SOURCES).format(n=chance.randrange(10, 999)),
        source2=chance.choice(SOURCES).format(n=chance.randrange(10, 999)),
        a=high,
        b=high // 2,
        year=chance.randrange(2009, 2026),
        years=chance.randrange(2, 6),
        money=f"{chance.randrange(8, 90)}.000",
    )
