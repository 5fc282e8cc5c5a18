"""Lists that nobody would wish for, as ``dedupe`` takes them, each with what is right of it."""

import random
from collections import Counter
from itertools import combinations

import pyarrow as pa
import pytest

from tests.invented_names import FAMILY, GIVEN
from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.match.dedupe import Deduplicated

ENDS = ("", "son", "field", "man", "by", "well", "ham", "wick", "ford", "stead")
SYLLABLES = ("ba", "ke", "mo", "tu", "ri", "sel", "dar", "fon", "gil", "nup", "lor", "vex", "zan", "hob", "pim", "wic")
TRADES = ("Roofing", "Dental", "Foods", "Marine", "Optics", "Textiles", "Plumbing", "Catering", "Legal", "Travel")
TOWNS = ("Hull", "York", "Bath", "Deal", "Rye", "Ely", "Leeds", "Derby", "Bude", "Ware")

ONE_VALUE = {
    "City": "Hull", "Website": "www.portal.example", "Email": "info@portal.example", "Zip": "60612", "Fax": "020 7946 0018",
}  # fmt: skip


def slipped(dice: random.Random, text: str) -> str:
    """Return a text with one letter left out, doubled or changed for its neighbour, but for the first."""
    place = dice.randrange(1, len(text) - 1)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    return dice.choice((before + after, before + 2 * letter + after, before + after[:1] + letter + after[1:]))


def companies(count: int, dice: random.Random) -> list[str]:
    """Return names of companies, no two alike."""
    heads = dict.fromkeys("".join(dice.choices(SYLLABLES, k=3)).title() for _ in range(2 * count))
    return [f"{head} {dice.choice(TRADES)}" for head in [*heads][:count]]


def phone(dice: random.Random, area: str) -> str:
    """Return some number of an area."""
    return f"{area} {dice.randint(200, 989)} {dice.randint(1000, 9999)}"


def people(count: int) -> list[tuple[str, str]]:
    """Return given and family names, no two people alike."""
    return [(GIVEN[number % 20], f"{FAMILY[number // 20 % 20]}{ENDS[number // 400]}") for number in range(count)]


def found_groups(found: Deduplicated) -> dict[str, str]:
    """Return the group of each record."""
    clusters = found.clusters
    return dict(zip(clusters["record_id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))


def scored(found: Deduplicated, truth: dict[str, int]) -> tuple[float, float]:
    """Return precision and recall of all pairs within groups."""
    groups = found_groups(found)

    def pairs(of: dict[str, object]) -> set[tuple[str, str]]:
        members: dict[object, list[str]] = {}
        for record in sorted(of):
            members.setdefault(of[record], []).append(record)
        return {pair for group in members.values() for pair in combinations(group, 2)}

    have, want = pairs(dict(groups)), pairs(dict(truth))
    right = len(have & want)
    return right / max(len(have), 1), right / max(len(want), 1)


def table(rows: list[dict[str, str | None]]) -> pa.Table:
    """Return rows with an id each, in an order that tells nothing."""
    order = random.Random(17).sample(range(len(rows)), len(rows))
    return pa.Table.from_pylist([{"Id": f"{place:05}", **rows[place]} for place in order])


@pytest.mark.parametrize(("slip_share", "hole_share", "least"), [(0.05, 0.0, 1_000), (0.2, 0.1, 840)])
def test_one_party_a_thousand_times_with_slips_is_one_party(slip_share: float, hole_share: float, least: int) -> None:
    """Nothing else is in the list: the fewer slips and holes, the more of it is one group, and no stranger is made up."""
    dice = random.Random(5)
    names = ("Quennell Instruments Ltd", "Quennell Instruments", "QUENNELL INSTRUMENTS LIMITED")
    known = {"Phone": "0117 496 0213", "Email": "sales@quennell.example", "Street": "48 Harbour Road", "City": "Bristol"}
    rows: list[dict[str, str | None]] = []
    for _ in range(1_000):
        cells = {"Company": dice.choice(names), **known}
        for column, share in (("Company", slip_share), ("Street", slip_share / 2)):
            cells[column] = slipped(dice, cells[column]) if dice.random() < share else cells[column]
        rows.append({name: None if name in known and dice.random() < hole_share else cells[name] for name in cells})

    sizes = Counter(found_groups(matched_tables(table(rows))).values())

    assert sizes.most_common(1)[0][1] >= least


def test_two_tables_that_share_nothing_are_not_linked() -> None:
    """Other companies, other numbers, other towns: nothing is linked, and hardly a pair is put to a person."""
    sides = []
    for seed, area, towns, end in ((1, "312", TOWNS[:5], "North"), (2, "415", TOWNS[5:], "Overseas")):
        dice = random.Random(seed)
        names = [f"{name} {end}" for name in companies(600, dice)]
        sides.append(
            table([
                {"Company": name, "Phone": phone(dice, area), "City": towns[n % 5],
                 "Email": f"info@{''.join(name.lower().split())}.example"}
                for n, name in enumerate(names)
            ])
        )  # fmt: skip
    linked = matched_tables({"crm.csv": sides[0], "ledger.csv": sides[1]}, is_link=True)
    whole = matched_tables({"crm.csv": sides[0], "ledger.csv": sides[1]})

    assert (linked.pairs.num_rows, linked.review_count) == (0, 0)
    assert (whole.pairs.num_rows, whole.review_count) == (0, 0)
    assert whole.parties_count == 1_200


def doubled(
    rows: list[dict[str, str | None]], every: int, dice: random.Random, column: str
) -> tuple[pa.Table, dict[str, int]]:
    """Return a table in which each so-many-th row stands twice, the second time with a slip, and whose each record is."""
    written, truth = [], {}
    for number, row in enumerate(rows):
        for again in range(1 + (number % every == 0)):
            truth[f"{len(written):05}"] = number
            written.append({**row, column: slipped(dice, str(row[column])) if again else row[column]})
    return table(written), truth


def test_a_column_of_one_value_changes_nothing() -> None:
    """A town, a country code or a web site that all records share tells nobody from another, and joins nobody."""
    dice = random.Random(9)
    rows: list[dict[str, str | None]] = [{"Company": name, "Phone": phone(dice, "312")} for name in companies(600, dice)]
    plain, truth = doubled(rows, 4, dice, "Company")

    assert scored(matched_tables(plain), truth) == (1.0, 1.0)
    for column, value in ONE_VALUE.items():
        found = matched_tables(plain.append_column(column, pa.repeat(value, plain.num_rows)))
        precision, recall = scored(found, truth)
        assert precision >= 0.99, column
        assert recall >= 0.99, column


def test_the_tenants_of_one_tower_stay_apart_and_doubles_are_found() -> None:
    """One street, one postcode, often one telephone of the reception; names tell."""
    dice = random.Random(11)
    rows: list[dict[str, str | None]] = [
        {"Company": name, "Street": "1 Harbour Tower", "City": "Bristol", "Zip": "BS1 4QA",
         "Phone": "0117 496 0000" if n % 3 == 1 else phone(dice, "0117")}
        for n, name in enumerate(companies(900, dice))
    ]  # fmt: skip
    tower, truth = doubled(rows, 6, dice, "Company")
    found = matched_tables(tower)
    precision, recall = scored(found, truth)

    assert min(precision, recall) >= 0.94
    assert max(Counter(found_groups(found).values()).values()) <= 3


def test_employees_of_one_company_stay_apart_and_doubles_are_found() -> None:
    """One employer, one switchboard, one address: a list of staff holds as many people as names."""
    dice = random.Random(13)
    rows: list[dict[str, str | None]] = [
        {"First Name": given, "Last Name": family, "Company": "Quennell Instruments Ltd", "Phone": "0117 496 0213",
         "Email": f"{given}.{family}@quennell.example".lower(), "Street": "48 Harbour Road", "City": "Bristol"}
        for given, family in people(800)
    ]  # fmt: skip
    staff, truth = doubled(rows, 8, dice, "Last Name")

    assert scored(matched_tables(staff), truth) == (1.0, 1.0)
    # Of some hundred people with forty names, a name and a slip of it are two people as likely as one: nobody is merged.
    assert matched_tables(staff.drop_columns(["Email"])).parties_count == staff.num_rows
