"""Words that are looked up nowhere, and words that must stay whole: typed by hand, small enough to read."""

from __future__ import annotations

# Articles, pronouns, prepositions, conjunctions and auxiliaries. Content verbs and "niet wat" are weighed by their
# rarity, so this list stays short: what is on it can't be searched for.
_STOP_WORDS = """
aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen
geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer
men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen tot u
uit uw van veel voor want waren was wat werd wezen wie wil worden wordt zal ze zelf zich zij zijn zo zonder zou
"""

# Lexicalised words whose frequent parts mislead the splitter.
_WHOLE_WORDS = """
aandacht aandeel aanleiding aanpak aantal aanvraag achtergrond afdeling afspraak antwoord arbeider bedenken
bedrijven bedrijvig behandeling bekend belangen belangrijk benodigd beschikbaar besteden bestelling betekenis
bijdrage bijeenkomst bijlage bijvoorbeeld binnenkort directeur duidelijk eigenaar eigenschap eindelijk
gastheer gedachte gelegenheid gemeente gemiddeld geschiedenis gesprekken gevolgen gewoonlijk grondig handelen
herkennen herstellen hoeveelheid inderdaad inhoud inkomen inrichten instelling integendeel landelijk
leiderschap levering maatregel maatschappij mededeling medewerker mogelijkheid natuurlijk noodzakelijk
omgeving omstandigheid onderdeel ondernemen ondernemer ondernemers onderneming onderscheid onderwerp onderwijs
onderzoek ontwerp ontwikkelen ontwikkeling oorzaak oplossing opdracht overleg overheid overzicht personeel platform
regelmatig rekening samenleving samenwerken samenwerking toekomst toepassing toestemming uitdaging uitgave
uitleg uitslag uitvoering verandering verantwoordelijk vergadering vergelijking verhouding vermindering
verschillende vertegenwoordiger voldoende voorbeeld voorkeur voorraad voorstel voortdurend voorwaarde
vooruitgang waarschijnlijk werkelijk werkgever werknemer werkwijze zekerheid
"""

# Endings that word lists hold as words of their own, and that would split half of all inflected forms.
_SUFFIXES = """
aards aars achtig baar bare eerd erig eren erij esto ging gingen heden heid iers igen ische isch lijk lijke lijks ling
lingen loos loze nissen schap schappen ster sters tere ters tjes
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())
WHOLE_WORDS = frozenset(_WHOLE_WORDS.split())
SUFFIXES = frozenset(_SUFFIXES.split())
