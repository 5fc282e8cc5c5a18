"""Contacts of households with known truth: couples of like names, twins, father and son of one name, re-keyed with holes."""

import random
from datetime import date, timedelta
from typing import NamedTuple

import pyarrow as pa

COLUMNS = ("First Name", "Surname", "Email", "Phone", "Street", "City", "Date of birth")
_LIKE_COUPLES = [
    ("Francisco", "Francisca"), ("Carl", "Carla"), ("Jean", "Joan"), ("Mario", "Maria"), ("Jan", "Jana"), ("Paul", "Paula"),
    ("Daniel", "Daniela"), ("Andre", "Andrea"), ("Luis", "Luisa"), ("Christian", "Christine"), ("Julian", "Juliana"),
    ("Erik", "Erika"), ("Dennis", "Denise"), ("Claudio", "Claudia"), ("Simon", "Simone"), ("Martin", "Martina"),
]  # fmt: skip
_MEN = [
    "James", "Robert", "Thomas", "Peter", "Alan", "Hugo", "Victor", "Owen", "Samuel", "Henry", "George", "Edward",
    "Frank", "Oscar", "Felix", "Simon", "Ralph", "Dmitri", "Tovin", "Marek", "Stellan", "Keiran", "Anton", "Jonas",
    "Nils", "Pavel", "Liam", "Farid", "Harold", "Walter",
]  # fmt: skip
_WOMEN = [
    "Mary", "Linda", "Susan", "Helen", "Nora", "Ruth", "Greta", "Alice", "Clara", "Emma", "Olga", "Ines", "Tess", "Mona",
    "Kira", "Cara", "Elin", "Aisha", "Brenna", "Isolde", "Maren", "Yvette", "Judith", "Martha", "Agnes", "Edith", "Laura",
    "Sylvia", "Zelda", "Uma",
]  # fmt: skip
_SHORT_FORMS = {"James": "Jim", "Robert": "Bob", "Thomas": "Tom", "Samuel": "Sam", "Edward": "Ted", "Susan": "Sue",
                "Henry": "Harry", "Peter": "Pete", "Daniel": "Dan", "Walter": "Walt"}  # fmt: skip
_HEADS = [
    "Ab", "Bran", "Cas", "Dor", "Ek", "Far", "Gor", "Hol", "Iv", "Jar", "Kem", "Low", "Mun", "Nash", "Or", "Pry", "Quis",
    "Rey", "Stro", "Tul", "Ush", "Var", "Wex", "Yar", "Zan",
]  # fmt: skip
_TAILS = [
    "bott", "dt", "tell", "val", "lund", "row", "man", "lis", "ers", "vis", "per", "ry", "ro", "ley", "ton", "ce", "ter",
    "nes", "ud", "ly",
]  # fmt: skip
_STREETS = [
    "Elm", "Oak", "Mill", "Church", "Station", "Park", "Beck", "Fir", "Abbey", "Castle", "Orchard", "Chapel",
]  # fmt: skip
_TOWNS = [
    "Leeds", "York", "Derby", "Bath", "Truro", "Hull", "Ripon", "Wells",
]  # fmt: skip


class Person(NamedTuple):
    """One person as life has them: names, what tells father from son, birth, mailbox, telephone, and place."""

    given: str
    family: str
    generation: str
    born: date
    mailbox: str
    phone: str
    street: str
    town: str


def household_records(count: int, seed: int) -> tuple[pa.Table, list[int]]:
    """Return ``count`` records of persons under a CRM's headers, in no order, and the number of the true person of each.

    Parameters
    ----------
    count
        Number of records.
    seed
        Of all draws: another seed is another town.
    """
    dice = random.Random(seed)
    rows: list[tuple[str | None, ...]] = []
    truth: list[int] = []
    person = 0
    while len(rows) < count:
        for one in _household(dice):
            for _ in range(dice.choices((1, 2, 3), (70, 24, 6))[0]):
                rows.append(_written(dice, one))
                truth.append(person)
            person += 1
    order = dice.sample(range(len(rows)), count)
    columns = zip(*(rows[row] for row in order), strict=True)
    table = pa.table({name: pa.array(column, pa.string()) for name, column in zip(COLUMNS, columns, strict=True)})
    return table, [truth[row] for row in order]


def _household(dice: random.Random) -> list[Person]:
    family = dice.choice(_HEADS) + dice.choice(_TAILS)
    sort = dice.choices(("single", "couple", "like couple", "twins", "junior", "siblings"), (60, 15, 6, 5, 8, 6))[0]
    born = date(1930, 1, 1) + timedelta(days=dice.randrange(25_000))
    apart = timedelta(days=dice.randrange(300, 3_000))
    man, woman = dice.choice(_MEN), dice.choice(_WOMEN)
    if sort == "single":
        members = [(dice.choice((man, woman)), "", born)]
    elif sort == "couple":
        members = [(man, "", born), (woman, "", born + apart)]
    elif sort == "like couple":
        his, hers = dice.choice(_LIKE_COUPLES)
        members = [(his, "", born), (hers, "", born + apart)]
    elif sort == "junior":
        years = dice.randrange(19, 39)
        same_day = date(born.year + years, born.month, min(born.day, 28))
        son = same_day if dice.random() < 0.25 else born + timedelta(days=365 * years)
        told = dice.choices((("", "Jr."), ("Sr.", "Jr."), ("", "")), (6, 2, 2))[0]
        members = [(man, told[0], born), (man, told[1], son)]
    else:
        other = dice.choice([name for name in (*_MEN, *_WOMEN) if name != man])
        members = [(man, "", born), (other, "", born if sort == "twins" else born + apart)]
    street, town = f"{dice.randrange(1, 200)} {dice.choice(_STREETS)} Street", dice.choice(_TOWNS)
    line = _telephone(dice)
    joint = f"the.{family.lower()}s{dice.randrange(99)}@mail.example"
    persons = []
    for given, told, day in members:
        mailbox = joint if len(members) > 1 and dice.random() < 0.2 else _mailbox(dice, given, family)
        phone = line if dice.random() < 0.6 else _telephone(dice)
        persons.append(Person(given, family, told, day, mailbox, phone, street, town))
    return persons


def _telephone(dice: random.Random) -> str:
    return f"0{dice.randrange(1200, 1999)} {dice.randrange(200_000, 999_999)}"


def _mailbox(dice: random.Random, given: str, family: str) -> str:
    return f"{given}.{family}{dice.randrange(1000)}@mail{dice.randrange(6)}.example".lower()


def _written(dice: random.Random, one: Person) -> tuple[str | None, ...]:
    """Return a record as a clerk keyed it: at most one thing wrong in the name, and whatever was not asked left out."""
    given, family = one.given, one.family
    way = dice.random()
    if way < 0.05:
        given = _SHORT_FORMS.get(given, given)
    elif way < 0.1:
        given = _slipped(dice, given)
    elif way < 0.15:
        family = _slipped(dice, family)
    elif way < 0.17:
        given = given[0]
    elif way < 0.19:
        given, family = family, given
    elif way < 0.25:
        given = f"{given} {dice.choice('ABEJLMR')}."
    # A clerk leaves out what tells the son more often than not.
    told = f" {one.generation}" if one.generation and dice.random() < 0.6 else ""
    moved = dice.random() < 0.06
    return (
        given,
        family + told,
        _kept(dice, one.mailbox, 0.6),
        _kept(dice, one.phone, 0.7),
        _kept(dice, f"{dice.randrange(1, 200)} {dice.choice(_STREETS)} Road" if moved else one.street, 0.8),
        _kept(dice, dice.choice(_TOWNS) if moved else one.town, 0.9),
        _kept(dice, _day(dice, one.born), 0.75),
    )


def _kept(dice: random.Random, value: str, share: float) -> str | None:
    return value if dice.random() < share else None


def _day(dice: random.Random, born: date) -> str:
    way = dice.random()
    if way < 0.02 and born.day <= 12:
        born = date(born.year, born.day, born.month)
    elif way < 0.04:
        born = date(born.year + dice.choice((-1, 1)), born.month, min(born.day, 28))
    elif way < 0.06:
        born = date(born.year, born.month, 1 + (born.day * 7 + 3) % 28)
    return born.isoformat()


def _slipped(dice: random.Random, name: str) -> str:
    """Return a name with a letter doubled, left out, or changed places with the next."""
    place = dice.randrange(1, len(name) - 1)
    return dice.choice(
        (name[:place] + name[place - 1 :], name[:place] + name[place + 1 :],
         name[:place] + name[place + 1] + name[place] + name[place + 2 :])
    )  # fmt: skip
