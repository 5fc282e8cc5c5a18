"""Words of Danish names, for two of the stand-ins."""

import random

from benchmarks.matching.standins.drawing import by_rank, coined, listed

GIVEN = listed("""
Peter Anne Lars Mette Michael Kirsten Jens Hanne Thomas Helle Henrik Lene Søren Maria Christian Susanne Martin Camilla Jan
Pia Morten Louise Niels Charlotte Jesper Gitte Anders Bente Mads Karen Rasmus Ida Per Tina Hans Sofie Jørgen Emma Kasper
Julie Frederik Katrine Brian Trine Poul Birgitte Ole Signe Nikolaj Vibeke Simon Ditte Claus Nanna Torben Astrid Steffen Freja
""")
FAMILY = listed("""
Nielsen Jensen Hansen Andersen Pedersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen Kristensen Olsen
Thomsen Poulsen Johansen Møller Mortensen Knudsen Lund Holm Schmidt Eriksen Kjær Bang Dam Friis Krogh Winther Bech Juhl Skov
Toft Vestergaard Bruun Lauritsen Dahl Mikkelsen Iversen Overgaard Bundgaard Kjeldsen Storm Laursen Thorsen Brandt Frost Munk
Hedegaard Østergaard Damgaard Klausen Nygaard Berg Ravn Koch Bisgaard Lind Hald Buch Carstensen Steffensen Ibsen Vad
""")
TOWNS = listed("""
København Aarhus Odense Aalborg Esbjerg Randers Kolding Horsens Vejle Roskilde Herning Hørsholm Silkeborg Næstved Fredericia
Viborg Køge Holstebro Taastrup Slagelse Hillerød Sønderborg Svendborg Hjørring Holbæk Frederikshavn Nørresundby Ringsted
""")
TRADES = listed("""
Byg Transport Consult Teknik VVS Ejendomme Invest Design Food Service Trading Maskiner Elektric Tømrer Kommunikation Logistik
Møbler Optik Energi Data Marine Laboratorium Papir Plast Stål Vin Cykler Haver Revision Farver
""")
STARTS = listed("al ber bro dan el far gul hav ing jyd kal lim mer nor ol pol rav sam tor ulf vest zen skan fjor klit syd")
ENDS = listed("bæk dal ex gård ina kon lund mark nik ora pro sta tek vig ø holt by tron vej feld ax ium ero skov borg")
FORMS = ("ApS", "A/S", "ApS", "I/S", "", "")


def person(dice: random.Random) -> tuple[str, str]:
    given = by_rank(dice, GIVEN)
    if dice.random() < 0.08:
        given = f"{given} {dice.choice(GIVEN[:6])}"
    family = by_rank(dice, FAMILY)
    if dice.random() < 0.4:
        family = coined(dice, STARTS, ENDS, is_long=False)
    return given, f"{by_rank(dice, FAMILY)} {family}" if dice.random() < 0.2 else family


def company(dice: random.Random) -> tuple[str, str, str]:
    """Return the lead of a company's name, its trade (often none) and its legal form."""
    lead = by_rank(dice, FAMILY) if dice.random() < 0.35 else coined(dice, STARTS, ENDS, is_long=dice.random() < 0.7)
    trade = by_rank(dice, TRADES) if dice.random() < 0.75 else ""
    return lead, trade, dice.choice(FORMS)


def telephone(dice: random.Random) -> str:
    return str(dice.randrange(20_000_000, 99_999_999))


def written_telephone(dice: random.Random, number: str) -> str:
    pairs = " ".join(number[at : at + 2] for at in range(0, 8, 2))
    return dice.choice((number, pairs, f"+45 {pairs}", f"{number[:4]} {number[4:]}"))
