"""Names, towns and words that generated parties are made of, drawn with the skew they have in the world.

Source: given and family names with their share of the population, US Census Bureau, "Frequently Occurring Surnames
and First Names from the 1990 Census" (public domain), the first 1,000 and 260 of each sex. US towns with population
from GeoNames (CC BY 4.0), postcodes and dialling codes from the US Postal Service; towns of GB and DE from public
registers. British and German names: the most frequent ones of public rankings.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TypeVar

_FOLDER = Path(__file__).resolve().parents[1] / "vocabulary"
_DRAW_COUNT = 8192
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Town:
    """A town with what its addresses and phone numbers begin with."""

    country: str
    name: str
    region: str
    region_name: str
    postcodes: tuple[str, ...]
    dial_codes: tuple[str, ...]


def drawn(values: Sequence[T], weights: Sequence[float], count: int = _DRAW_COUNT) -> list[T]:
    """Return ``count`` values, each as often as its weight asks: one index into it is one draw."""
    total = sum(weights)
    result: list[T] = []
    due = 0.0
    for value, weight in zip(values, weights, strict=True):
        due += count * weight / total
        result.extend(repeat(value, round(due) - len(result)))
    return result


def by_rank(values: Sequence[T], exponent: float = 0.8) -> list[T]:
    """Return draws in which the n-th value has the weight n ** -exponent, as words of a language do."""
    return drawn(values, [(rank + 1) ** -exponent for rank in range(len(values))])


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _towns(country: str) -> list[Town]:
    rows = [row for row in _rows("towns.tsv") if row["country"] == country]
    towns = [
        Town(
            country,
            row["town"],
            row["region"],
            row["region_name"],
            tuple(row["postcodes"].split()),
            tuple(row["dial_codes"].split()),
        )
        for row in rows
    ]
    return drawn(towns, [int(row["population"]) ** 0.8 for row in rows])


def _given(sex: str) -> list[str]:
    rows = [row for row in _rows("given_names.tsv") if row["sex"] == sex]
    return drawn([row["name"] for row in rows], [float(row["share_percent"]) for row in rows])


_FAMILY = _rows("family_names.tsv")

TOWNS = {country: _towns(country) for country in ("US", "GB", "DE")}
MEN = {
    "US": _given("m"),
    "GB": by_rank(
        """David John Michael Paul Andrew Peter James Robert Richard Mark Stephen Christopher Ian Alan William Kevin
        Anthony Colin Graham Simon Jonathan Matthew Neil Stuart Gareth Alistair Callum Rhys Nigel Trevor Gavin Keith
        Mohammed Oliver Harry Jack George Thomas Daniel Joseph""".split(),
        0.6,
    ),
    "DE": by_rank(
        """Thomas Michael Andreas Peter Stefan Christian Hans Klaus Wolfgang Jürgen Frank Martin Markus Bernd Jörg
        Uwe Matthias Dieter Sven Torsten Ralf Holger Günter Alexander Sebastian Florian Tobias Jan Lukas Felix
        Karl-Heinz Hans-Peter Björn Jens Dirk Olaf Volker Rainer Manfred Helmut""".split(),
        0.6,
    ),
}
WOMEN = {
    "US": _given("f"),
    "GB": by_rank(
        """Susan Margaret Sarah Patricia Elizabeth Christine Mary Jacqueline Julie Helen Karen Jane Linda Alison
        Deborah Claire Emma Nicola Victoria Catherine Joanne Fiona Rebecca Charlotte Gemma Hannah Lucy Sian Bronwen
        Eilidh Morag Heather Gillian Hazel Fatima Aisha Olivia Amelia Sophie Emily""".split(),
        0.6,
    ),
    "DE": by_rank(
        """Sabine Susanne Petra Monika Andrea Birgit Claudia Ursula Renate Karin Martina Gabriele Stefanie Nicole
        Heike Kerstin Anja Katrin Angelika Silke Ute Bärbel Käthe Jutta Julia Anna Laura Lena Sarah Katharina
        Anne-Marie Eva-Maria Christiane Daniela Simone Britta Anke Tanja Melanie Sonja""".split(),
        0.6,
    ),
}
FAMILIES = {
    "US": drawn([row["name"] for row in _FAMILY], [float(row["share_percent"]) for row in _FAMILY]),
    "GB": by_rank(
        """Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts
        Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davis Campbell Anderson
        MacDonald O'Neill Murphy Kelly Hughes Edwards Turner Hill Cooper Ward Morris Harrison King Baker Allen Begum
        Ali Singh Shah Fletcher Whitfield Ashworth Pemberton Braithwaite Thistlethwaite Cholmondeley""".split(),
        0.6,
    ),
    "DE": by_rank(
        """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein
        Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann
        Köhler Maier Hermann König Walter Kaiser Huber Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Vogel Friedrich
        Günther Keller Berger Frank Winkler Roth Lorenz Baumann Franke Albrecht Ludwig Winter Böhm""".split(),
        0.6,
    ),
}
NICKNAMES = dict(
    pair.split("=")
    for pair in """James=Jim Robert=Bob Michael=Mike William=Bill Richard=Rick Thomas=Tom Christopher=Chris Daniel=Dan
    Matthew=Matt Anthony=Tony Steven=Steve Stephen=Steve Elizabeth=Liz Jennifer=Jen Patricia=Pat Margaret=Peggy
    Joseph=Joe David=Dave Charles=Chuck Edward=Ed Kenneth=Ken Ronald=Ron Timothy=Tim Jeffrey=Jeff Gregory=Greg
    Joshua=Josh Andrew=Andy Samuel=Sam Benjamin=Ben Lawrence=Larry Nicholas=Nick Alexander=Alex Raymond=Ray
    Donald=Don Douglas=Doug Susan=Sue Barbara=Barb Deborah=Debbie Katherine=Kathy Kathleen=Kathy Catherine=Cathy
    Rebecca=Becky Cynthia=Cindy Pamela=Pam Christine=Chris Christina=Tina Victoria=Vicky Judith=Judy Jacqueline=Jackie
    Amanda=Mandy Stephanie=Steph Theresa=Terry Frederick=Fred Gerald=Jerry Philip=Phil Peter=Pete Walter=Walt
    Leonard=Len Albert=Al Francis=Frank Johannes=Hans Sebastian=Basti""".split()
)

# Words that name firms, roughly by how often they do.
HEAD_WORDS = by_rank(
    """American National First United Premier Advanced Pacific Summit Atlantic Global Pioneer Elite Golden Apex
    Liberty Superior Central Eagle Valley Heritage Alpha Pinnacle Capital Northern Southern Western Eastern Sterling
    Blue Green Red Silver Precision Quality Royal Star Sun Delta Omega Phoenix Titan Horizon Mountain River Lake Ocean
    Coastal Harbor Bay Island Prairie Desert Canyon Cascade Sierra Frontier Patriot Freedom Century Millennium Modern
    Metro Urban Country Village Family Home Community Independent Allied Associated General Universal Standard Prime
    Classic Creative Dynamic Innovative Integrated Strategic Progressive Reliable Trusty Swift Rapid Express Direct
    Total Complete Perfect Ideal Optimal Vista Crest Ridge Peak Stone Rock Iron Steel Copper Diamond Crystal Emerald
    Sapphire Ruby Pearl Amber Cedar Oak Pine Maple Willow Birch Magnolia Rose Lotus Lion Tiger Bear Wolf Fox Hawk
    Falcon Raven Osprey Bison Mustang Trident Anchor Beacon Lighthouse Compass Keystone Cornerstone Milestone Landmark
    Gateway Crossroads Bridge Tower Castle Crown Shield Guardian Sentinel Ranger Scout Voyager Odyssey Legacy Dynasty
    Empire Republic Union Alliance Fusion Vertex Vector Matrix Quantum Zenith Nova Orion Polaris Aurora Solstice Equinox
    Evergreen Riverside Lakeside Hillside Northgate Southgate Westwood Eastwood Brookside Meadow Orchard Garden""".split(),
    0.7,
)
TRADES = by_rank(
    """Construction|Consulting|Properties|Logistics|Electric|Plumbing|Insurance|Realty|Engineering|Design|Foods|Auto
    |Dental|Landscaping|Roofing|Heating|Transport|Software|Medical|Printing|Furniture|Cleaning|Catering|Security
    |Bakery|Packaging|Motors|Supply|Hardware|Textiles|Marine|Flooring|Glass|Optics|Trucking|Accounting|Marketing
    |Media|Staffing|Travel|Fitness|Veterinary|Pharmacy|Photography|Painting|Paving|Excavating|Welding|Machine
    |Tool and Die|Plastics|Chemicals|Steel|Lumber|Nursery|Farms|Winery|Brewing|Coffee|Fashion|Jewelry|Toys|Books
    |Music|Sports|Energy|Solar|Environmental|Water|Waste|Recycling|Storage|Moving|Freight|Aviation|Telecom|Networks
    |Data|Analytics|Robotics|Electronics|Instruments|Lighting|Fire Protection|Elevator|Kitchen and Bath|Windows and Doors
    |Tax and Bookkeeping|Law Office|Child Care|Physical Therapy|Home Health|Manufacturing|Fabrication""".replace(
        "\n    ", ""
    ).split("|"),
    0.6,
)
ENDINGS = by_rank(
    """Services Group Solutions Systems Associates Partners Enterprises Industries Company International Holdings
    Technologies Products Management Contractors Specialists Center Works Distributors Laboratories Studio Ventures
    Development Resources Investments Institute Network""".split(),
    0.8,
)
SHORT_WORDS = dict(
    pair.split("=")
    for pair in """Construction=Constr Consulting=Cnslt International=Intl Services=Svcs Engineering=Eng Industries=Ind
    Group=Grp Systems=Sys Insurance=Ins Solutions=Soln Transport=Transp Electric=Elec Manufacturing=Mfg Associates=Assoc
    Technologies=Tech Management=Mgmt Development=Dev Distributors=Dist Laboratories=Labs Brothers=Bros American=Amer
    National=Natl Center=Ctr Company=Co Properties=Props Enterprises=Ent Products=Prod Accounting=Acctg Marketing=Mktg
    Environmental=Env Veterinary=Vet Supply=Sply Fabrication=Fab Telecom=Tel Southern=So Northern=No United=Utd
    General=Gen Equipment=Equip Holdings=Hldgs Investments=Inv""".split()
)
STREETS = {
    "US": by_rank(
        """Second|Third|First|Fourth|Park|Fifth|Main|Sixth|Oak|Seventh|Pine|Maple|Cedar|Eighth|Elm|View|Washington|Ninth
        |Lake|Hill|Walnut|Spring|North|Ridge|Church|Willow|Mill|Sunset|Railroad|Jefferson|River|Jackson|Highland|Johnson
        |Cherry|Lincoln|Market|Center|Union|Broadway|Franklin|Chestnut|Madison|Forest|Meadow|Lakeview|Locust|Dogwood
        |Hickory|Monroe|Adams|College|Airport|Industrial|Commerce|Enterprise|Technology|Old Mill|Fox Run|Old County
        |Martin Luther King|Saint Charles|El Camino|Via Verde|Harbor|Bay|Ocean|Valley|Prospect|Grand|Liberty|State
        |Capitol|Court|Depot|Front|Water|Canal|Bridge|Garden|Summit|Woodland|Brookside|Delaware|Virginia|Georgia|Ohio
        |Illinois|Kentucky|Tennessee|Texas|California|Arizona|Colorado|Montana|Dakota""".replace("\n        ", "").split(
            "|"
        ),
        0.6,
    ),
    "GB": by_rank(
        """High|Station|London|Church|Park|Victoria|Green|Manor|Kings|Queens|New|Grange|North|South|Mill|York|Springfield
        |Albert|George|Windsor|Broad|Castle|Bridge|Market|St John's|Richmond|Alexandra|Chapel|School|Main|Meadow|Woodlands
        """.strip()
        .replace("\n        ", "")
        .split("|"),
        0.6,
    ),
    "DE": by_rank(
        """Haupt|Schul|Garten|Bahnhof|Dorf|Berg|Birken|Linden|Kirch|Wald|Ring|Schiller|Goethe|Mozart|Beethoven|Bismarck
        |Industrie|Mühlen|Garten|Rosen|Eichen|Buchen|Feld|Wiesen|Markt|Friedrich|Kaiser|Wilhelm|Luisen|Mönch""".replace(
            "\n        ", ""
        ).split("|"),
        0.6,
    ),
}
STREET_KINDS = {
    "US": by_rank(("Street=St", "Avenue=Ave", "Road=Rd", "Drive=Dr", "Boulevard=Blvd", "Lane=Ln", "Court=Ct",
                   "Parkway=Pkwy", "Highway=Hwy", "Place=Pl", "Way=Way", "Circle=Cir"), 0.8),
    "GB": by_rank(("Road=Rd", "Street=St", "Lane=Ln", "Avenue=Ave", "Close=Cl", "Drive=Dr", "Way=Way"), 0.7),
    "DE": ["straße=str."] * 7 + ["weg=weg"] * 2 + ["platz=pl."],
}  # fmt: skip
FREE_HOSTS = {
    "US": drawn(("gmail.com", "yahoo.com", "hotmail.com", "aol.com", "outlook.com", "icloud.com", "comcast.net"),
                (50, 18, 10, 6, 7, 5, 4), 256),
    "GB": drawn(("gmail.com", "hotmail.co.uk", "btinternet.com", "yahoo.co.uk", "outlook.com"), (5, 2, 1, 2, 1), 256),
    "DE": drawn(("gmx.de", "web.de", "t-online.de", "gmail.com", "freenet.de"), (4, 4, 2, 3, 1), 256),
}  # fmt: skip
