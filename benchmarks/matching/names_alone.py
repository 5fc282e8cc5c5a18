"""Two systems that hold names alone: whether what is equal and rare is linked, and what is equal and common is not.

Each seed draws two tables of 50 to 5,000 rare names, of which 1 to 90 % of the smaller are in the other to the letter. Both
tables hold twenty common names besides, each borne by two or three parties; five or more of these names stand in both. One
bearer of a common name may be the same party on both sides, and nobody can tell which.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.matching.exam import Exam, rows_of
from benchmarks.matching.report import Answered

_SMALLEST, _LARGEST = 50, 5_000
_COMMON_COUNT = 20
_ROLES = {"name": "name"}
_FORMS = ("Ltd", "Limited", "LLC", "Inc", "Corp", "", "")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).split("; "))


_STARTS = _listed("""
a; b; bel; bran; cald; cor; dag; dov; eft; fal; gar; gwen; hal; hest; ives; jor; kel; lam; lun; mar; mor; nev; ost; pell;
quen; rad; ros; sel; tam; tor; ulv; var; wex; yar; zel
""")
_ENDS = _listed("""
ack; ander; ard; beck; by; combe; dale; dell; don; ell; ersley; field; ford; gate; ham; hurst; ick; ingham; land; ley; lock;
man; mond; more; ner; nick; over; ridge; row; sby; shaw; son; stow; tell; thorpe; ton; vale; ville; ward; wick; worth
""")
_TRADES = _listed("""
Packaging; Haulage; Textiles; Optics; Ceramics; Dairies; Farms; Foundry; Instruments; Interiors; Joinery; Kitchens; Labels;
Lighting; Nurseries; Paints; Paper; Pianos; Pottery; Saddlery; Sails; Seeds; Signs; Stables; Tools; Toys; Upholstery; Valves;
Windows; Yachts
""")
_GIVEN = _listed("""
Alan; Barbara; Carl; Diane; Edwin; Frances; Gordon; Harriet; Ian; Janet; Keith; Laura; Martin; Nadia; Oscar; Paula; Quentin;
Ruth; Simon; Teresa; Ursula; Victor; Wendy; Yvette
""")
_COMMON_PEOPLE = _listed("""
James Smith; Mary Johnson; John Williams; Robert Brown; Michael Jones; David Miller; Maria Garcia; William Davis; Ann Lee;
Jennifer Wilson; Thomas Moore; Linda Taylor; Richard Anderson; Susan Thomas; Charles Jackson; Karen White; Daniel Harris;
Nancy Martin; Paul Thompson; Lisa Robinson; Mark Clark; Anna Lewis; George Walker; Helen Hall; Peter Young; Kevin Allen;
Sarah King; Brian Wright; Donna Scott; Steven Green; Carol Baker; Edward Adams; Laura Nelson; Jason Hill; Julie Campbell
""")
_COMMON_FIRMS = _listed("""
City Bakery; Main Street Dental; First Baptist Church; Central Pharmacy; Quality Cleaning; Sunrise Cafe; Family Dentistry;
Corner Store; Village Florist; Express Laundry; Golden Dragon; Community Center; Public Library; Tony's Pizza; Super Cuts;
Smith Plumbing; Joe's Garage; The Book Shop; Riverside Apartments; Downtown Dental; Star Cleaners; Country Kitchen;
Grace Church; Lakeside Motel; Johnson Construction; Elite Fitness; Happy Nails; Best Travel; Oak Street Market; Miller Farms;
Sports Bar; Pet Clinic; Auto Body Shop; Garden Center; United Methodist Church
""")


@dataclass(frozen=True, slots=True)
class LinkedNames:
    """Of one seed: the share of equal rare names that were linked, how many links there are, and how many are right."""

    rare_share: float
    link_count: int
    right_count: int


def names_alone(seeds: range) -> Exam:
    """Return the pairs of tables of all seeds as the parts of one exam."""
    keys, sides, names, parts, truth = [], [], [], [], []
    for seed in seeds:
        for side, name, party in _tables(random.Random(f"names {seed}")):
            keys.append(f"{seed}-{side}{len(keys)}")
            sides.append(side)
            names.append(name)
            parts.append(seed)
            truth.append(party + seed * 4 * _LARGEST)
    table = pa.table({"record_key": keys, "side": sides, "name": names, "part": parts})
    return Exam(f"names alone, {len(seeds)} pairs of tables", "party", table, np.array(truth, dtype=np.int64), _ROLES)


def linked_names(one: Answered) -> list[LinkedNames]:
    """Return what became of the names of each seed."""
    table, truth = one.exam.table, one.exam.truth
    parts = table["part"].to_numpy()
    equal = _rare_equal_pairs(one.exam)
    pairs = pq.read_table(one.folder / "pairs.parquet").to_pandas()
    same = pairs[pairs["decision"] == "same"]
    left, right = (rows_of(one.exam, pa.chunked_array([pa.array(same[key], pa.string())])) for key in ("key_l", "key_r"))
    found = []
    for part in np.unique(parts):
        own = parts[left] == part
        links = {frozenset(pair) for pair in zip(left[own].tolist(), right[own].tolist(), strict=True)}
        wanted = {pair for pair in equal if parts[min(pair)] == part}
        right_count = int((truth[left[own]] == truth[right[own]]).sum())
        found.append(LinkedNames(len(links & wanted) / len(wanted), int(own.sum()), right_count))
    return found


def shown_names(one: Answered) -> str:
    """Return how much is linked in the worst run, and how much of what is linked is right."""
    found = linked_names(one)
    shares = sorted(each.rare_share for each in found)
    middle = shares[len(shares) // 2]
    links, right = sum(each.link_count for each in found), sum(each.right_count for each in found)
    enough = sum(share >= 0.98 for share in shares)
    pure = sum(each.right_count >= 0.99 * each.link_count for each in found)
    return (
        f"{one.tool:14} equal rare names linked: least {shares[0]:.3f}, median {middle:.3f}, at least .98 in "
        f"{enough} of {len(found)}; right of what is linked {right / links if links else math.nan:.4f}, at least .99 in "
        f"{pure} of {len(found)}"
    )


def _rare_equal_pairs(exam: Exam) -> set[frozenset[int]]:
    """Return the pairs of rows whose name stands once in either table of their part."""
    rows: dict[tuple[int, str], list[int]] = {}
    sides = exam.table["side"].to_pylist()
    parts, names = exam.table["part"].to_pylist(), exam.table["name"].to_pylist()
    for row, key in enumerate(zip(parts, names, strict=True)):
        rows.setdefault(key, []).append(row)
    return {frozenset(pair) for pair in rows.values() if len(pair) == 2 and sides[pair[0]] != sides[pair[1]]}


def _tables(dice: random.Random) -> list[tuple[str, str, int]]:
    """Return side, name and party of every record of both tables, in the order of chance."""
    sizes = [round(math.exp(dice.uniform(math.log(_SMALLEST), math.log(_LARGEST)))) for _ in range(2)]
    shared = max(1, round(min(sizes) * dice.uniform(0.01, 0.9)))
    kind = dice.choice(("firms", "people", "both"))
    rare = _rare_names(dice, sum(sizes) - shared, kind)
    left, right = rare[: sizes[0]], rare[:shared] + rare[sizes[0] :]
    party = {name: number for number, name in enumerate(rare)}
    rows = [("l", name, party[name]) for name in left] + [("r", name, party[name]) for name in right]
    rows += _common_rows(dice, kind, len(rare))
    dice.shuffle(rows)
    return rows


def _common_rows(dice: random.Random, kind: str, first_party: int) -> list[tuple[str, str, int]]:
    """Return the bearers of twenty common names on each side, each a party, now and then the same on both."""
    pool = {"firms": _COMMON_FIRMS, "people": _COMMON_PEOPLE, "both": (*_COMMON_FIRMS, *_COMMON_PEOPLE)}[kind]
    both = dice.randrange(5, _COMMON_COUNT + 1)
    chosen = dice.sample(pool, 2 * _COMMON_COUNT - both)
    left, right = chosen[:_COMMON_COUNT], chosen[:both] + chosen[_COMMON_COUNT:]
    rows, party = [], first_party
    for side, names in (("l", left), ("r", right)):
        for name in names:
            for _ in range(dice.choice((2, 2, 3))):
                rows.append((side, name, party))
                party += 1
    for name in chosen[:both]:
        if dice.random() < 0.5:
            mine = next(place for place, row in enumerate(rows) if row[:2] == ("l", name))
            other = next(place for place, row in enumerate(rows) if row[:2] == ("r", name))
            rows[other] = ("r", name, rows[mine][2])
    return rows


def _rare_names(dice: random.Random, count: int, kind: str) -> list[str]:
    """Return names that differ from one another, some of them by their trade or their given name alone."""
    found: dict[str, str] = {}
    while len(found) < count:
        coined = (dice.choice(_STARTS) + dice.choice(("", "", dice.choice(_STARTS))) + dice.choice(_ENDS)).capitalize()
        is_firm = kind == "firms" or (kind == "both" and dice.random() < 0.6)
        for _ in range(2 if dice.random() < 0.1 else 1):
            name = f"{coined} {dice.choice(_TRADES)}" if is_firm else f"{dice.choice(_GIVEN)} {coined}"
            # A legal form alone makes no other party.
            found.setdefault(name, f"{name} {dice.choice(_FORMS)}".strip() if is_firm else name)
    names = list(found.values())[:count]
    dice.shuffle(names)
    return names
