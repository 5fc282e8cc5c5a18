"""What was decided, written out: which pairs are listed, with which decision, up to the bounds of lists."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.clustering.listed_pairs import MAX_MEMBERS_IN_FULL, pairs_within
from toolkit.match.incremental.changed_pairs import _is_listed
from toolkit.match.parties import Matching, matched_parties
from toolkit.tables import PAIR

NAMES = ("Arbel Roofing", "Corvin Dental", "Danley Foods", "Farholt Marine", "Garmin Optics", "Hollis Textiles")


def pairs_of(sizes: list[int]) -> list[tuple[int, int]]:
    """Return the pairs listed of clusters of so many records each."""
    clusters = np.repeat(np.cumsum([0, *sizes])[:-1], sizes)
    left, right = pairs_within(clusters)
    return sorted(zip(left.tolist(), right.tolist(), strict=True))


def test_a_cluster_of_up_to_a_hundred_lists_every_pair() -> None:
    """A larger one lists each record with the first."""
    assert MAX_MEMBERS_IN_FULL == 100
    assert pairs_of([3, 1, 2]) == [(0, 1), (0, 2), (1, 2), (4, 5)]
    assert len(pairs_of([100])) == 100 * 99 // 2
    assert pairs_of([101]) == [(0, other) for other in range(1, 101)]
    assert len(pairs_of([101, 100])) == 100 + 100 * 99 // 2


@pytest.mark.parametrize(("word", "limit"), [("review", 50_000), ("related", 20_000)])
def test_as_many_pairs_are_listed_as_a_person_can_look_at(word: str, limit: int) -> None:
    """The weakest are left out; what a person decided, and what is the same, is always listed."""
    count = limit + 2
    table = pa.table(
        {
            "key_l": [f"{place:06}" for place in range(count + 2)],
            "key_r": ["x"] * (count + 2),
            "match_weight": [*np.linspace(5, 1, count).tolist(), -9.0, -9.0],
            "decision": [*[word] * count, "same", word],
            "decided_by": [*["model"] * count, "model", "person"],
        }
    )

    assert np.flatnonzero(~_is_listed(table)).tolist() == [limit, limit + 1]


def records(*cells: tuple[str, str | None, str | None]) -> Matching:
    """Match companies of name, telephone and town beside six of other names."""
    rows = [*cells, *((name, f"415 201 {1000 + 37 * place}", "York") for place, name in enumerate(NAMES))]
    columns = dict(zip(("name", "phone", "city"), zip(*rows, strict=True), strict=True))
    return matched_parties(
        pa.table(
            {
                "record_key": [f"crm/c/{place:02}" for place in range(len(rows))],
                "system": ["crm"] * len(rows),
                "kind": ["company"] * len(rows),
                **{name: pa.array(values, pa.string()) for name, values in columns.items()},
            }
        )
    )


def together(found: Matching, one: str = "crm/c/00", other: str = "crm/c/01") -> bool:
    """Say whether two records are of one cluster."""
    clusters = dict(zip(found.clusters["record_key"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))
    return bool(clusters[one] == clusters[other])


def test_companies_that_are_equal_in_all_that_is_known_are_one() -> None:
    """A list of suppliers often keeps nothing but names; two persons may well bear one."""
    persons = pa.table(
        {
            "record_key": [f"crm/p/{place:02}" for place in range(10)],
            "system": ["crm"] * 10,
            "kind": ["person"] * 10,
            "name": ["Ann Lee", "Ann Lee", *(f"Ann {one}" for one in ("Roe", "Voss", "Day", "Poe")),
                     *(f"{one} Lee" for one in ("Tom", "Max", "Eva", "Kim"))],
        }
    )  # fmt: skip

    assert together(records(("Zorro Quince", None, None), ("Zorro Quince", None, None)))
    assert not together(matched_parties(persons), "crm/p/00", "crm/p/01")


def test_each_listed_pair_is_in_order_and_says_why() -> None:
    """The smaller key stands left, and the reason names what speaks loudest."""
    found = records(("Zorro Widgets", "312 644 2671", "Hull"), ("Zorro Widgetts Ltd", "312 644 2671", "Hull"))
    rows = found.pairs.to_pylist()

    assert PAIR.arrow.equals(found.pairs.schema)
    assert all(row["key_l"] < row["key_r"] for row in rows)
    assert rows == sorted(rows, key=lambda row: (row["key_l"], row["key_r"]))
    [first] = [row for row in rows if row["key_r"] == "crm/c/01"]
    assert first["reason"].startswith("For: ")
    assert "company name (same but for spelling)" in first["reason"]


def test_levels_are_listed_by_label_with_the_words_of_their_grade() -> None:
    """One row for each fact that both sides have; bits have ten decimals, so that they add up."""
    found = records(("Zorro Widgets", "312 644 2671", None), ("Zorro Widgetts Ltd", "312 644 2672", "Hull"))
    own = [row for row in found.pair_levels.to_pylist() if (row["key_l"], row["key_r"]) == ("crm/c/00", "crm/c/01")]

    assert [(row["comparison"], row["level"]) for row in own] == [
        ("company name", "same but for spelling"),
        ("phone", "nearly the same number"),
    ]
    assert all(round(row["bits"], 10) == row["bits"] for row in own)


def moved_company() -> Matching:
    """Match a company in three records: before a move, after it, and one that knows both, beside many others."""
    rows = [
        ("Zorro Quince Ltd", "312 644 2671", "12 Oak Street", "Hull"),
        ("Zorro Quince", "312 644 2671", "90 Elm Avenue", "Leeds"),
        ("Zorro Quince Ltd", None, "90 Elm Avenue", "Leeds"),
        *((f"{one} {two}", f"{415 + 7 * i} {201 + 31 * j} {1000 + 637 * i + 59 * j}", f"{10 + i + 9 * j} {two} Road", one)
          for i, one in enumerate(("York", "Deal", "Bath", "Ely", "Rye", "Ware", "Diss", "Looe", "Bude", "Cheddar"))
          for j, two in enumerate(word for name in NAMES for word in name.split())),
    ]  # fmt: skip
    columns = dict(zip(("name", "phone", "street", "city"), zip(*rows, strict=True), strict=True))
    return matched_parties(
        pa.table(
            {
                "record_key": [f"crm/c/{place:02}" for place in range(len(rows))],
                "system": ["crm"] * len(rows),
                "kind": ["company"] * len(rows),
                **{name: pa.array(values, pa.string()) for name, values in columns.items()},
            }
        )
    )


def test_two_that_a_group_joins_are_half_way_between_themselves_and_the_weakest_link() -> None:
    """The first and the last record share little; the one between them holds both, and the pair says so."""
    found = moved_company()
    rows = {(row["key_l"], row["key_r"]): row for row in found.pairs.to_pylist()}
    far, links = rows["crm/c/00", "crm/c/02"], (rows["crm/c/00", "crm/c/01"], rows["crm/c/01", "crm/c/02"])
    weakest = min(links, key=lambda row: row["match_weight"])

    assert {row["decision"] for row in (far, *links)} == {"same"}
    assert far["group_bits"] > 0
    own = far["match_weight"] - far["group_bits"]
    assert own < 0 < weakest["match_weight"]
    assert far["match_weight"] == pytest.approx(max((own + weakest["match_weight"]) / 2, 0), abs=1e-9)
    assert (far["link_l"], far["link_r"]) == (weakest["key_l"], weakest["key_r"])
    assert far["reason"].startswith("Joined through other records of the group.")


def test_equal_records_that_say_too_little_are_put_to_a_person() -> None:
    """Below the threshold they are not one, and not silently two either: each is asked about with the first."""
    count = 400
    names = [
        *(f"Smith {NAMES[place % 6]}" for place in range(60)),
        *(f"Quo{place} Zed{place} Ltd" for place in range(count)),
    ]
    table = pa.table(
        {
            "record_key": [f"crm/c/{place:04}" for place in range(len(names))],
            "system": ["crm"] * len(names),
            "name": names,
        }
    )

    found = matched_parties(table)
    rows = found.pairs.to_pylist()

    assert all(row["match_probability"] >= 0.5 for row in rows if row["decision"] == "same")
    doubtful = [row for row in rows if row["reason"].startswith("They say the same, but too little")]
    assert all(row["decision"] == "review" and 0.1 <= row["match_probability"] < 0.5 for row in doubtful)
    assert {row["key_l"] for row in doubtful} <= {f"crm/c/{place:04}" for place in range(6)}
