"""Lists of things of several trades, read and linked without a word about their columns."""

import random
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.audit.dedupe.records_to_match import records_to_match
from toolkit.match.dedupe import Deduplicated

_MIN_PRECISION, _MIN_RECALL = 0.94, 0.8
_MIN_RECALL_OF_SERIES = 0.6
"""Titles of one maker differ in a word and two numbers."""

Pair = tuple[dict[str, str | None], dict[str, str | None]]


def linked(pairs: list[Pair], seed: int) -> Deduplicated:
    """Return the links between two lists of the same things, each in its own order."""
    dice = random.Random(seed)
    sides = {}
    for place, name in enumerate(("ours.csv", "theirs.csv")):
        rows = [{"No": str(number), **pair[place]} for number, pair in enumerate(pairs)]
        dice.shuffle(rows)
        sides[name] = pa.Table.from_pylist(rows)
    return matched_tables(sides, is_link=True)


def right_shares(found: Deduplicated, count: int) -> tuple[float, float]:
    """Return precision and recall; what is the same thing has the same number on both sides."""
    right = pc.sum(pc.equal(found.pairs["id_l"], found.pairs["id_r"])).as_py() or 0
    return right / max(found.pairs.num_rows, 1), right / count


def screws(dice: random.Random) -> Iterator[Pair]:
    """Yield screws of metric sizes in packs, as two merchants write them."""
    kinds = ("Hex bolt", "Socket head cap screw", "Countersunk screw", "Machine screw pan head", "Set screw")
    known = set()
    while len(known) < 160:
        size = (dice.choice(kinds), dice.choice((3, 4, 5, 6, 8, 10)), dice.choice((10, 16, 20, 25, 30, 40, 50, 60)))
        pack, finish = dice.choice((10, 50, 100, 200)), dice.choice(("A2 stainless", "zinc plated", "galvanised"))
        if (*size, pack, finish) in known:
            continue
        known.add((*size, pack, finish))
        kind, thread, length = size
        theirs = dice.choice((
            f"M{thread} x {length} mm {kind.lower()} {finish} ({pack} pcs)",
            f"{kind} M{thread} x {length}, {finish}, {pack}-pack",
        ))  # fmt: skip
        price = dice.uniform(2, 40)
        yield (
            {"article": f"{kind} M{thread}x{length} {finish}, pack of {pack}", "price": f"{price:.2f}"},
            {"article": theirs, "price": f"{price * dice.uniform(0.9, 1.1):.2f}"},
        )


def shoes(dice: random.Random) -> Iterator[Pair]:
    """Yield shoes in several colours and sizes, in English here and with German words there."""
    colours = (("Black", "Schwarz"), ("White", "Weiss"), ("Navy", "Blau"), ("Red", "Rot"), ("Grey", "Grau"))
    for _ in range(50):
        brand = dice.choice(("Adira", "Nordvik", "Salmo", "Brooker", "Merrin", "Tevano"))
        model = " ".join(dice.sample(("Runner", "Trail", "Court", "Boost", "Glide", "Peak", "Wave", "Terra"), 2))
        for colour, farbe in dice.sample(colours, 2):
            for size in dice.sample(range(38, 47), 2):
                price = dice.uniform(50, 160)
                theirs = dice.choice(
                    (f"{brand} {model} {farbe} Gr. {size}", f"{brand.upper()} {model} ({colour}, size {size})")
                )
                yield (
                    {"name": f"{brand} {model} - {colour} - EU {size}", "brand": brand, "price": f"{price:.2f}"},
                    {"name": theirs, "brand": brand, "price": f"{price * dice.uniform(0.92, 1.08):.2f}"},
                )


def phones(dice: random.Random) -> Iterator[Pair]:
    """Yield phones of series with many members, each shop with a description of its own."""
    for generation in range(2, 42):
        brand, line = dice.choice(("Nexon", "Galva", "Xenia", "Honora")), dice.choice(("Note", "Edge", "Zen"))
        for suffix in dice.sample(("Plus", "Ultra", "Lite", "Max"), 2):
            for storage in dice.sample((64, 128, 256, 512), 2):
                theirs = f"Smartphone {brand} {line} {generation} {suffix} ({storage} GB) unlocked"
                yield (
                    {"title": f"{brand} {line} {generation} {suffix} {storage}GB", "description": dice.choice(
                        ("Great phone with a long battery life", "Dual SIM and a bright display", None))},
                    {"title": theirs, "description": dice.choice(
                        ("Free shipping and two years of warranty", "New, in its sealed box", None))},
                )  # fmt: skip


def papers(dice: random.Random) -> Iterator[Pair]:
    """Yield papers of doctors: names with initials, abbreviated journals, pages cut; a later part bears the title too."""
    journals = (
        ("N Engl J Med", "New England Journal of Medicine"),
        ("BMJ", "British Medical Journal"),
        ("Lancet", "The Lancet"),
    )
    given, family = ("Anna", "Carl", "Ruth", "Omar", "Lena", "Paul"), ("Roe", "Poe", "Harl", "Tarn", "Velm", "Osk", "Brandt")
    for number in range(200):
        what = dice.choice(("Effect", "Safety", "Efficacy", "Predictors")), dice.choice(("statins", "aspirin", "exercise"))
        title = f"{what[0]} of {what[1]} in {dice.choice(('stroke', 'older adults', 'sepsis', 'heart failure', 'asthma'))}"
        authors = [(dice.choice(given), dice.choice(family)) for _ in range(dice.randint(2, 4))]
        year, first, journal = dice.randint(1995, 2020), 100 + 13 * number, dice.choice(journals)
        ours = ", ".join(f"{last} {name[0]}" for name, last in authors)
        theirs = "; ".join(f"{last}, {name}" for name, last in authors)
        yield (
            {
                "Title": f"{title}.",
                "Authors": ours,
                "Journal": journal[0],
                "Year": str(year),
                "Pages": f"{first}-{first + 9}",
            },
            {"Title": title, "Authors": theirs, "Journal": journal[1], "Year": str(year), "Pages": f"{first}-{first + 9}"},
        )


def test_two_merchants_of_screws_are_linked_by_sizes_and_packs() -> None:
    """No code stands in their titles; thread, length and pack do."""
    pairs = list(screws(random.Random(3)))

    precision, recall = right_shares(linked(pairs, 3), len(pairs))

    assert precision >= _MIN_PRECISION
    assert recall >= _MIN_RECALL


def test_colours_and_sizes_of_a_shoe_are_told_apart() -> None:
    """All variants of a shoe bear its name."""
    pairs = list(shoes(random.Random(4)))

    precision, recall = right_shares(linked(pairs, 4), len(pairs))

    assert precision >= _MIN_PRECISION
    assert recall >= _MIN_RECALL


def test_members_of_a_series_are_told_apart_whatever_their_descriptions_say() -> None:
    """Descriptions differ in every pair, and cost none."""
    pairs = list(phones(random.Random(5)))

    precision, recall = right_shares(linked(pairs, 5), len(pairs))

    assert precision >= _MIN_PRECISION
    assert recall >= _MIN_RECALL_OF_SERIES


def test_papers_are_linked_by_title_authors_year_and_pages() -> None:
    """Two hundred papers with sixty titles between them."""
    pairs = list(papers(random.Random(6)))

    precision, recall = right_shares(linked(pairs, 6), len(pairs))

    assert precision >= _MIN_PRECISION
    assert recall >= _MIN_RECALL


def test_columns_of_a_list_of_papers_are_read() -> None:
    """Title, makers, journal, year and pages; a column called title is no position here."""
    rows = [{"No": str(number), **ours} for number, (ours, _) in enumerate(papers(random.Random(7)))]

    compared = records_to_match({"papers.csv": pa.Table.from_pylist(rows)}).compared

    assert compared == {
        "Title": "title", "Authors": "people", "Journal": "category", "Year": "year", "Pages": "identifier",
    }  # fmt: skip


def test_columns_of_sizes_and_colours_are_held_against_the_titles_of_another_shop() -> None:
    """One shop has columns for them, the other writes them into the title."""
    dice, pairs = random.Random(9), []
    for number in range(60):
        article = f"{dice.choice(('Oakline', 'Vantor', 'Kestrel'))} {dice.choice(('shirt', 'jacket', 'jumper'))}"
        colour, size = dice.choice(("Black", "White", "Grey", "Red")), dice.choice(("S", "M", "L", "XL"))
        ours = {"Name": f"{article} TX{number // 2 + 100}", "Colour": colour, "Size": size}
        pairs.append(
            (ours, {"Name": f"{article} TX{number // 2 + 100} {colour.lower()} {size}", "Colour": None, "Size": None})
        )

    found = linked(pairs, 9)

    assert found.kinds["Colour"][0] == found.kinds["Size"][0] == "feature"
    assert right_shares(found, len(pairs))[0] >= _MIN_PRECISION


def test_columns_of_a_list_of_articles_are_read() -> None:
    """Few brands tell one shoe from another of its name, and so does the price."""
    rows = [{"No": str(number), **ours} for number, (ours, _) in enumerate(shoes(random.Random(8)))]

    compared = records_to_match({"shoes.csv": pa.Table.from_pylist(rows)}).compared

    assert compared == {"name": "title", "brand": "category", "price": "price"}
