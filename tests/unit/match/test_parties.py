"""Parties matched within a system and across systems."""

from datetime import UTC, datetime

import pyarrow as pa

from toolkit.match.linkage.weights import MatchModel
from toolkit.match.parties import Matching, explained_pair, matched_parties
from toolkit.tables import DECISION, PARTY

_COLUMNS = ("record_key", "system", "kind", "name", "given_name", "family_name", "company_name", "email", "phone", "website")
_COLUMNS += ("street", "city", "region", "postcode", "tax_id")


def parties(*rows: dict[str, str]) -> pa.Table:
    """Return a table of parties; the system is the first part of the record key."""
    full = [{"kind": "company", "system": row["record_key"].split("/")[0], **row} for row in rows]
    return pa.table({name: pa.array([row.get(name) for row in full], pa.string()) for name in _COLUMNS})


def clusters(matching: Matching) -> list[list[str]]:
    """Return the groups of record keys, larger than one."""
    groups: dict[str, list[str]] = {}
    for row in matching.clusters.to_pylist():
        groups.setdefault(row["cluster_id"], []).append(row["record_key"])
    return sorted(members for members in groups.values() if len(members) > 1)


def decisions(*words: tuple[str, str, str]) -> pa.Table:
    """Return decisions in the order of entry."""
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return DECISION.from_rows(
        {"sequence": number, "key_l": a, "key_r": b, "decision": word, "decided_at": at}
        for number, (a, b, word) in enumerate(words, start=1)
    )


def decision_on(matching: Matching, key_l: str, key_r: str) -> tuple[str, str]:
    """Return the decision on a pair and who took it."""
    [row] = [row for row in matching.pairs.to_pylist() if (row["key_l"], row["key_r"]) == (key_l, key_r)]
    return row["decision"], row["decided_by"]


BROWN = {
    "name": "Brown Bros Mfg Inc",
    "phone": "(312) 644-2671",
    "street": "12 Oak St",
    "city": "Chicago",
    "postcode": "60612",
}
BROWN_AGAIN = {
    "name": "Brown Brothers Manufacturing",
    "phone": "312-644-2671",
    "street": "12 Oak Street",
    "postcode": "60612",
}
OTHERS = (
    {
        "record_key": "crm/c/8",
        "name": "Lakeside Dental Group",
        "phone": "773 201 4410",
        "street": "9 Elm Ave",
        "postcode": "60640",
    },
    {
        "record_key": "ledger/v/8",
        "name": "Northwind Traders",
        "phone": "206 417 9930",
        "street": "77 Pine Rd",
        "postcode": "98101",
    },
)


def test_one_company_in_two_systems_is_one_cluster() -> None:
    """Legal form, abbreviations and separators do not keep records apart."""
    found = matched_parties(
        parties({"record_key": "crm/c/1", **BROWN}, {"record_key": "ledger/v/1", **BROWN_AGAIN}, *OTHERS)
    )

    assert clusters(found) == [["crm/c/1", "ledger/v/1"]]
    assert decision_on(found, "crm/c/1", "ledger/v/1") == ("same", "model")


def test_colleagues_at_one_company_are_two_persons() -> None:
    """They share company, domain, switchboard and address, and are not the same."""
    shared = {
        "kind": "person",
        "company_name": "Brown Bros",
        "phone": "(312) 644-2671",
        "street": "12 Oak St",
        "postcode": "60612",
    }
    found = matched_parties(
        parties(
            {"record_key": "crm/p/1", "given_name": "Jane", "family_name": "Roe", "email": "jroe@brown.com", **shared},
            {"record_key": "crm/p/2", "given_name": "Carl", "family_name": "Voss", "email": "cvoss@brown.com", **shared},
            {
                "record_key": "desk/p/1",
                "given_name": "Jane",
                "family_name": "Roe",
                "email": "JRoe@brown.com",
                "kind": "person",
            },
        )
    )

    assert clusters(found) == [["crm/p/1", "desk/p/1"]]


def test_a_company_and_a_person_never_share_a_cluster() -> None:
    """Jane Roe Ltd is not Jane Roe, whatever they share."""
    shared = {"phone": "312 644 2671", "email": "jane@roe.com", "street": "12 Oak St", "postcode": "60612"}
    found = matched_parties(
        parties(
            {"record_key": "crm/c/1", "name": "Jane Roe", **shared},
            {
                "record_key": "crm/p/1",
                "name": "Jane Roe",
                "given_name": "Jane",
                "family_name": "Roe",
                **shared,
                "kind": "person",
            },
            {"record_key": "bank/n/1", "name": "Jane Roe", **shared, "kind": "unknown"},
        )
    )

    kinds = {"crm/c/1": "company", "crm/p/1": "person"}
    assert not any(set(kinds) <= set(members) for members in clusters(found))


def test_two_tax_numbers_keep_records_apart() -> None:
    """One party has one tax number; all else may agree."""
    found = matched_parties(
        parties(
            {"record_key": "crm/c/1", **BROWN, "tax_id": "36-1234567"},
            {"record_key": "ledger/v/1", **BROWN_AGAIN, "tax_id": "47-9998881"},
            *OTHERS,
        )
    )

    assert clusters(found) == []


def test_a_shared_switchboard_does_not_join_strangers() -> None:
    """Forty tenants of one building stay forty."""
    rows = [
        {"record_key": f"crm/c/{number:02}", "name": f"{first}{second} Works", "phone": "312 644 2671"}
        for number, (first, second) in enumerate(
            (a, b)
            for a in ("Zor", "Bel", "Kin", "Dra")
            for b in ("tan", "mel", "fus", "rix", "quo", "lon", "pev", "gad", "hum")
        )
    ]

    assert clusters(matched_parties(parties(*rows))) == []


def test_tenants_of_one_suite_are_related_not_merged() -> None:
    """One address, phone and web site do not make two unlike names one company."""
    suite = {"phone": "708 644 0843", "street": "6689 Halsted St", "postcode": "60402", "website": "foxglove.example"}
    found = matched_parties(
        parties(
            {"record_key": "crm/c/1", "name": "Foxglove Staffing Corp.", **suite},
            {"record_key": "crm/c/2", "name": "Lockhart Property Management", **suite},
            {"record_key": "ledger/v/1", "name": "Foxglove Staffing", **suite},
            *OTHERS,
        )
    )

    assert clusters(found) == [["crm/c/1", "ledger/v/1"]]


def test_a_person_keeps_two_records_apart_through_any_chain() -> None:
    """Not-a-duplicate holds although a third record is like both."""
    rows = parties(
        {"record_key": "crm/c/1", **BROWN}, {"record_key": "crm/c/2", **BROWN}, {"record_key": "ledger/v/1", **BROWN_AGAIN}
    )

    found = matched_parties(rows, decisions=decisions(("crm/c/1", "crm/c/2", "not_same")))

    assert not any({"crm/c/1", "crm/c/2"} <= set(members) for members in clusters(found))
    assert decision_on(found, "crm/c/1", "crm/c/2") == ("different", "person")


def test_a_person_joins_what_the_model_would_not() -> None:
    """A decision needs no likeness."""
    found = matched_parties(parties(*OTHERS), decisions=decisions(("crm/c/8", "ledger/v/8", "same")))

    assert clusters(found) == [["crm/c/8", "ledger/v/8"]]
    assert decision_on(found, "crm/c/8", "ledger/v/8") == ("same", "person")


def test_a_decision_taken_back_no_longer_counts() -> None:
    """Open takes an earlier word back."""
    taken_back = decisions(("crm/c/8", "ledger/v/8", "same"), ("crm/c/8", "ledger/v/8", "open"))

    assert clusters(matched_parties(parties(*OTHERS), decisions=taken_back)) == []


def test_links_are_one_to_one_and_ties_are_reported() -> None:
    """Two equal records in one system leave the link to a person."""
    rows = parties(
        {"record_key": "crm/c/1", **BROWN},
        {"record_key": "ledger/v/1", **BROWN_AGAIN},
        {"record_key": "ledger/v/2", **BROWN_AGAIN},
    )

    found = matched_parties(rows, is_link=True)

    assert clusters(found) == []
    assert "review" in found.pairs["decision"].to_pylist()


def test_why_two_records_match_is_told_fact_by_fact() -> None:
    """Each fact has its grade in words and its verdict."""
    found = matched_parties(
        parties({"record_key": "crm/c/1", **BROWN}, {"record_key": "ledger/v/1", **BROWN_AGAIN}, *OTHERS)
    )

    why = explained_pair(found, "ledger/v/1", "crm/c/1")

    assert {fact.comparison: fact.level for fact in why.facts} == {
        "company name": "same name",
        "location": "same address",
        "phone": "same number",
    }
    assert all(fact.verdict == "strong for" for fact in why.facts)
    assert "phone (same number)" in why.reason


def test_a_saved_model_gives_the_same_result() -> None:
    """A model survives JSON; scoring with it changes nothing."""
    rows = parties({"record_key": "crm/c/1", **BROWN}, {"record_key": "ledger/v/1", **BROWN_AGAIN}, *OTHERS)
    first = matched_parties(rows)

    again = matched_parties(rows, model=MatchModel.from_json(first.model.as_json()))

    assert again.pairs.equals(first.pairs)


def test_records_that_say_nothing_match_nothing() -> None:
    """Fifty empty records are fifty parties."""
    rows = [
        {"record_key": f"crm/c/{number}", "name": "n/a", "phone": "000-0000", "email": "test@test.com"}
        for number in range(50)
    ]
    found = matched_parties(parties(*rows))

    assert found.pairs.num_rows == 0
    assert len(set(found.clusters["cluster_id"].to_pylist())) == 50


def test_five_thousand_equal_records_are_one_cluster_at_once() -> None:
    """Equal records are compared once, and listed with the first of them."""
    rows = [{"record_key": f"crm/c/{number:05}", **BROWN} for number in range(5_000)]
    found = matched_parties(parties(*rows))

    assert len(set(found.clusters["cluster_id"].to_pylist())) == 1
    assert found.pairs.num_rows == 4_999
    assert found.candidates_count == 0


def test_no_records_give_empty_tables() -> None:
    """An empty engagement is no error."""
    found = matched_parties(parties())

    assert found.pairs.num_rows == found.clusters.num_rows == 0


def test_hostile_cells_are_only_text() -> None:
    """NUL bytes, formulas, quotes and megabyte cells neither break nor match anything by themselves."""
    rows = [
        {"record_key": "crm/c/1", "name": "=cmd|' /C calc'!A0", "street": "x" * 1_000_000},
        {"record_key": "crm/c/2", "name": "Robert'); DROP TABLE t;--", "city": "\x00"},
        {"record_key": "crm/c/3", "name": "<script>alert(1)</script>", "phone": "\u202e312"},
    ]

    assert clusters(matched_parties(parties(*rows))) == []


def test_suppliers_known_by_name_only_are_one_where_only_the_writing_differs() -> None:
    """A ledger that keeps nothing but names writes one supplier in capitals one year, with another legal form the next."""
    trades = ("Roofing", "Catering", "Plumbing", "Printing", "Security", "Cleaning", "Joinery", "Fencing")
    towns = ("Kirkgate", "Adel", "Otley", "Morley", "Yeadon", "Rothwell", "Garforth", "Pudsey", "Wetherby", "Horsforth")
    names = [f"{town} {trade} Ltd" for town in towns for trade in trades]
    listed = [*names, "KIRKGATE ROOFING LIMITED", "Otley Printing Ltd."]
    rows = [
        {"record_key": f"ledger/names/{name}", "system": "ledger", "stream": "names", "record_id": name, "entity": "party"}
        | {"state": "active", "kind": "company", "name": name}
        for name in listed
    ]

    found = matched_parties(PARTY.from_rows(rows))

    cluster = {row["record_key"].rpartition("/")[2]: row["cluster_id"] for row in found.clusters.to_pylist()}
    assert cluster["KIRKGATE ROOFING LIMITED"] == cluster["Kirkgate Roofing Ltd"]
    assert cluster["Otley Printing Ltd."] == cluster["Otley Printing Ltd"]
    assert len(set(cluster.values())) == len(names)
