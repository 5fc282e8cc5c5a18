"""Duplicates are merged only where nothing speaks against it; values, references and archives follow the one that stays."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.cleanup_records import NOTHING_WRITTEN, Client, decision, document, only, pair, party, reasons
from toolkit.plan.bonds import Bonds
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.planned import Planned

ONE, TWO, THREE = "crm/companies/1", "crm/companies/2", "crm/companies/3"
LEDGER, GONE = "ledger/customers/9", "ledger/customers/gone"


def duplicates(*keys: str, rules: CleanupRules = NOTHING_WRITTEN, **tables: Any) -> Planned:
    """Return the plan for companies of one cluster; the first has a document and stays."""
    kinds = tables.pop("kinds", {})
    parties = [party(key, name="Acme", kind=kinds.get(key, "company")) for key in keys]
    given = {"clusters": {"g1": keys}, "documents": [document("crm/deals/70", keys[0])], **tables}
    return Client(parties, **given).planned(rules)


def archived(planned: Planned) -> list[str | None]:
    """Return the ids of the records that are archived."""
    return [one.target_id for one in only(planned, "archive")]


@pytest.mark.parametrize(("probability", "expected"), [(0.8999, []), (0.9, ["2"]), (0.9001, ["2"])])
def test_pair_must_be_sure_enough(probability: float, expected: list[str]) -> None:
    """Just under the limit nothing is merged, and the reason names both figures; at the limit and over it is."""
    planned = duplicates(ONE, TWO, pairs=[pair(ONE, TWO, probability)])
    assert archived(planned) == expected
    figures = "only 0.8999, and merging begins at 0.9000"
    assert [figures in reason for reason in reasons(planned)] == ([] if expected else [True])


@pytest.mark.parametrize("who", ["person", "rule"])
def test_word_of_a_person_or_rule_counts_whatever_the_model_says(who: str) -> None:
    """Who decided is surer than any share."""
    assert archived(duplicates(ONE, TWO, pairs=[pair(ONE, TWO, 0.1, decided_by=who)])) == ["2"]


def test_every_two_must_be_sure() -> None:
    """Three are merged only if each pair of them is sure: a chain is no proof."""
    chain = [pair(ONE, TWO), pair(TWO, THREE)]
    assert archived(duplicates(ONE, TWO, THREE, pairs=[*chain, pair(ONE, THREE)])) == ["2", "3"]
    assert archived(duplicates(ONE, TWO, THREE, pairs=[*chain, pair(ONE, THREE, 0.6)])) == []
    assert archived(duplicates(ONE, TWO, THREE, pairs=chain)) == []
    assert archived(duplicates(ONE, TWO, THREE, pairs=chain[:1])) == []
    assert archived(duplicates(ONE, TWO, THREE, pairs=[])) == []


def test_what_persons_said_of_two_pairs_holds_for_the_third() -> None:
    """If one is two and two is three, somebody has said that one is three."""
    chain = [pair(ONE, TWO, 0.2, decided_by="person"), pair(TWO, THREE, 0.2, decided_by="person"), pair(ONE, THREE, 0.2)]
    planned = duplicates(ONE, TWO, THREE, pairs=chain)
    assert archived(planned) == ["2", "3"]
    assert {one.evidence.probability for one in only(planned, "archive")} == {"1.0000"}
    half = [pair(ONE, TWO, 0.2, decided_by="person"), pair(TWO, THREE), pair(ONE, THREE, 0.6)]
    assert archived(duplicates(ONE, TWO, THREE, pairs=half)) == []


def test_each_open_review_that_persons_decided_since() -> None:
    """Every pair is looked up by itself, the last one too."""
    reviews = [pair(ONE, TWO, 0.2, decision="review"), pair(TWO, THREE, 0.2, decision="review"), pair(ONE, THREE, 0.2)]
    said = [decision(1, ONE, TWO, "same"), decision(2, TWO, THREE, "same")]
    assert archived(duplicates(ONE, TWO, THREE, pairs=reviews, decisions=said)) == ["2", "3"]
    assert archived(duplicates(ONE, TWO, THREE, pairs=reviews, decisions=said[:1])) == []


@pytest.mark.parametrize("word", ["review", "related", "different"])
def test_open_pair_inside_keeps_the_cluster_apart(word: str) -> None:
    """A pair that nobody has decided, also with a record of another system, leaves the whole cluster out."""
    tables = {"pairs": [pair(ONE, TWO), pair(ONE, LEDGER, 0.5, decision=word), pair(TWO, LEDGER)]}
    planned = duplicates(ONE, TWO, LEDGER, **tables)
    assert archived(planned) == []
    assert reasons(planned) == ["Whether two records of this cluster are the same is not decided yet."]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([(ONE, TWO, "not_same")], []),
        ([(ONE, TWO, "not_same"), (ONE, TWO, "open")], ["2"]),
        ([(ONE, TWO, "same")], ["2"]),
        ([(TWO, GONE, "same"), (ONE, GONE, "not_same")], []),
        ([(TWO, GONE, "same"), (ONE, "crm/companies/far", "not_same")], ["2"]),
        ([(TWO, "g1", "exclude")], []),
        ([(TWO, "g2", "exclude")], ["2"]),
        ([(TWO, "g1", "exclude"), (TWO, "g1", "open")], ["2"]),
        ([(GONE, "g1", "exclude")], ["2"]),
        ([("a/before/1", TWO, "not_same")], ["2"]),
        ([("a/before/1", TWO, "same")], ["2"]),
    ],
)
def test_what_persons_said_since_the_last_run(said: list[tuple[str, str, str]], expected: list[str]) -> None:
    """A word against two records keeps them apart, also over a chain; the latest word about the same two counts."""
    decisions = [decision(number, *one) for number, one in enumerate(said, start=1)]
    planned = duplicates(ONE, TWO, decisions=decisions)
    assert archived(planned) == expected
    assert len(planned.left_out) == (0 if expected else 1)


def test_word_against_records_of_two_clusters_that_somebody_joined() -> None:
    """Whoever joins two clusters of which two records are not the same, has said two things that cannot both be true."""
    said = [decision(1, ONE, "crm/companies/8", "same"), decision(2, TWO, "crm/companies/8", "not_same")]
    parties = [party(ONE), party(TWO), party("crm/companies/8"), party(THREE)]
    clusters = {"g1": [ONE, TWO], "g2": ["crm/companies/8", THREE]}
    planned = Client(parties, clusters=clusters, decisions=said).planned()
    assert archived(planned) == []
    assert reasons(planned) == ["Somebody decided that two records of this cluster are not the same."] * 2


@pytest.mark.parametrize(("probability", "expected"), [(0.2, ["2"]), (0.99, ["2"])])
def test_open_review_that_a_person_decided_since(probability: float, expected: list[str]) -> None:
    """A review is over once a person called the two the same; the next run only writes it down."""
    tables = {
        "pairs": [pair(ONE, TWO, probability, decision="review")],
        "decisions": [decision(1, ONE, TWO, "same")],
    }
    assert archived(duplicates(ONE, TWO, **tables)) == expected


def test_decision_that_was_taken_back_decides_nothing() -> None:
    """What a person had called the same and then left open, is open; what the model says counts as before."""
    back = [decision(1, ONE, TWO, "same"), decision(2, ONE, TWO, "open")]
    assert archived(duplicates(ONE, TWO, pairs=[pair(ONE, TWO, decided_by="person")], decisions=back)) == []
    assert archived(duplicates(ONE, TWO, pairs=[pair(ONE, TWO)], decisions=back)) == ["2"]


def test_pair_that_a_person_joined_and_no_run_has_seen() -> None:
    """A person's word makes a pair that the model never looked at."""
    assert archived(duplicates(ONE, TWO, pairs=[], decisions=[decision(1, TWO, ONE, "same")])) == ["2"]
    further = [pair(ONE, LEDGER), pair(TWO, LEDGER)]
    planned = duplicates(ONE, TWO, LEDGER, pairs=further, decisions=[decision(1, TWO, ONE, "same")])
    assert archived(planned) == ["2"]


@pytest.mark.parametrize(("kind", "expected"), [("person", []), ("unknown", ["2"]), ("company", ["2"])])
def test_company_and_person_are_not_merged(kind: str, expected: list[str]) -> None:
    """A company is never a duplicate of a person; a kind that is unknown contradicts nothing."""
    planned = duplicates(ONE, TWO, kinds={TWO: kind})
    assert archived(planned) == expected


def test_records_of_two_streams_are_not_merged() -> None:
    """A customer and a supplier of one name are two records that a ledger needs."""
    planned = duplicates(ONE, "crm/suppliers/2")
    assert (planned.operations, planned.left_out) == ((), ())


@pytest.mark.parametrize("excluded", [ONE, TWO, "g1"])
def test_excluded_records_are_left_alone(excluded: str) -> None:
    """What the rules exclude is neither merged nor written otherwise."""
    rules = CleanupRules(excluded=frozenset([excluded]), home_country="US")
    parties = [party(ONE, name="Acme  Foods"), party(TWO, name="Acme Foods")]
    planned = Client(parties, clusters={"g1": [ONE, TWO]}).planned(rules)
    assert archived(planned) == []
    assert reasons(planned) == ["The rules exclude a record of these duplicates, or their cluster."]
    assert [one.target_id for one in planned.operations] == (["1"] if excluded == TWO else [])


def test_streams_that_are_not_merged_are_not_told() -> None:
    """Where the rules name streams, the duplicates of others are nobody's question."""
    planned = duplicates(ONE, TWO, rules=CleanupRules(merge=frozenset(["contacts"])))
    assert (planned.operations, planned.left_out) == ((), ())
    assert archived(duplicates(ONE, TWO, rules=CleanupRules(merge=frozenset(["companies"])))) == ["2"]


def test_duplicates_that_tie_are_listed() -> None:
    """Where no rule has one winner nobody guesses."""
    planned = duplicates(ONE, TWO, documents=[])
    assert planned.operations == ()
    (left,) = planned.left_out
    assert (left.subject, left.record_keys) == ("duplicates", (ONE, TWO))
    assert "they tie in each" in left.reason


def test_opt_out_is_not_lost() -> None:
    """A record that wants no mail is not archived for one that does not say so; by the usual rules it stays."""
    client = Client([party(ONE), party(TWO)], clusters={"g1": [ONE, TWO]}, documents=[document("crm/deals/7", ONE)])
    assert archived(client.planned(opted_out=frozenset([TWO]))) == ["1"]
    rules = CleanupRules(masters=("most_documents",), standardise=frozenset())
    planned = client.planned(rules, opted_out=frozenset([TWO]))
    assert planned.operations == ()
    assert "wants no mail" in reasons(planned)[0]
    assert archived(client.planned(rules, opted_out=frozenset([ONE, TWO]))) == ["2"]
    assert archived(client.planned(rules, opted_out=frozenset([ONE]))) == ["2"]


def test_records_out_of_use_are_no_duplicates() -> None:
    """What is archived already is neither merged nor the record that stays."""
    parties = [party(ONE), party(TWO, state="archived")]
    assert Client(parties, clusters={"g1": [ONE, TWO]}).planned().operations == ()


@pytest.mark.parametrize(("probability", "expected"), [(0.8999, []), (0.9, ["312 555 0199"])])
def test_golden_value_of_another_system_must_be_sure(probability: float, expected: list[str]) -> None:
    """A value of the ledger counts only where its record surely is one of these."""
    client = Client(
        [party(ONE, phone="312 555 0100"), party(TWO), party(LEDGER, phone="312 555 0199")],
        clusters={"g1": [ONE, TWO, LEDGER]},
        documents=[document("crm/deals/70", ONE)],
        pairs=[pair(ONE, TWO), pair(ONE, LEDGER, probability), pair(TWO, LEDGER, 0.6)],
        golden=[("g1", "phone", "312 555 0199", LEDGER)],
    )
    assert [one.after["phone"] for one in only(client.planned(), "update")] == expected


def test_difference_that_nothing_settles_is_told() -> None:
    """The record that stays keeps its value, and somebody hears that another one was there."""
    client = Client(
        [party(ONE, phone="312 555 0100"), party(TWO, phone="312 555 0199")],
        clusters={"g1": [ONE, TWO]},
        documents=[document("crm/deals/70", ONE)],
        golden=[("g1", "phone", "312 555 0199", TWO)],
        reasons={("g1", "phone"): "most complete, none is newer"},
    )
    planned = client.planned()
    assert only(planned, "update") == []
    assert [(one.subject, one.record_keys) for one in planned.left_out] == [("fields", (ONE, TWO))]


def test_owner_comes_from_duplicates_only() -> None:
    """Who looks after a customer in the ledger does not do so in the CRM; an owner is filled, never replaced."""

    def owners(own: str | None, other: str | None) -> list[str | None]:
        client = Client(
            [party(ONE, owner=own), party(TWO, owner=other), party(LEDGER, owner="Marta")],
            clusters={"g1": [ONE, TWO, LEDGER]},
            documents=[document("crm/deals/70", ONE)],
            golden=[("g1", "owner", "Marta", LEDGER)],
        )
        return [one.after["owner"] for one in only(client.planned(), "update")]

    assert owners(None, None) == []
    assert owners(None, "Nora") == ["Nora"]
    assert owners("Erik", "Nora") == []


@pytest.mark.parametrize(("count", "is_moved"), [(19, True), (20, False)])
def test_address_that_may_stand_once_is_not_moved(count: int, is_moved: bool) -> None:  # noqa: FBT001
    """Where no address stands twice in a long list, a second one may be refused: it is entered by hand, later."""
    keys = ["crm/contacts/1", "crm/contacts/2"]
    others = [party(f"crm/contacts/{number}", email=f"p{number}@b.example") for number in range(100, 100 + count - 1)]
    client = Client(
        [party(keys[0], phone="1"), party(keys[1], email="ann@b.example"), *others],
        clusters={"g1": keys},
        documents=[document("crm/deals/70", keys[0])],
        golden=[("g1", "email", "ann@b.example", keys[1])],
    )
    planned = client.planned()
    assert [one.after for one in only(planned, "update")] == ([{"email": "ann@b.example"}] if is_moved else [])
    assert len(planned.left_out) == (0 if is_moved else 1)


def test_address_that_stands_twice_already_may_be_moved() -> None:
    """A list that holds one address twice refuses none."""
    keys = ["crm/contacts/1", "crm/contacts/2"]
    others = [party(f"crm/contacts/{number}", email="both@b.example") for number in range(100, 130)]
    client = Client(
        [party(keys[0]), party(keys[1], email="ann@b.example"), *others],
        clusters={"g1": keys},
        documents=[document("crm/deals/70", keys[0])],
        golden=[("g1", "email", "ann@b.example", keys[1])],
    )
    assert [one.after for one in only(client.planned(), "update")] == [{"email": "ann@b.example"}]


def test_field_that_a_stream_never_fills_is_not_filled() -> None:
    """A CRM that keeps no tax numbers is not given one, also where the golden record has it."""
    client = Client(
        [party(ONE), party(TWO), party(LEDGER, tax_id="12-3456789")],
        clusters={"g1": [ONE, TWO, LEDGER]},
        documents=[document("crm/deals/70", ONE)],
        golden=[("g1", "tax_id", "12-3456789", LEDGER)],
    )
    assert only(client.planned(), "update") == []


def test_duplicate_with_documents_of_closed_books_is_not_archived() -> None:
    """What a closed invoice refers to stays, or the duplicates are left out; an open one follows."""
    closed = document("crm/invoices/1", TWO, issued_on=date(2026, 6, 30))
    rules = replace(NOTHING_WRITTEN, closed_until=date(2026, 6, 30))
    client = Client(
        [party(ONE), party(TWO)],
        clusters={"g1": [ONE, TWO]},
        documents=[closed, document("crm/deals/7", ONE), document("crm/deals/8", ONE)],
    )
    assert archived(client.planned()) == ["2"]
    planned = client.planned(rules)
    assert planned.operations == ()
    assert "closed books" in reasons(planned)[0]
    assert archived(client.planned(replace(rules, closed_until=date(2026, 6, 29)))) == ["2"]
    kept = replace(rules, masters=("oldest", "most_complete", "has_phone"))
    other = Client([party(ONE), party(TWO, phone="1")], clusters={"g1": [ONE, TWO]}, documents=[closed])
    assert archived(other.planned(kept)) == ["1"]


def test_of_records_that_nothing_joins_nothing_is_likely() -> None:
    """Beside pairs that are."""
    keys = pa.array(["crm/companies/1", "crm/companies/2", "crm/companies/3"])
    likely = np.array([0.97])
    known = Bonds(keys, np.zeros(3, int), pa.array(["g"]), np.array([1]), likely, np.array([False]), {})

    found = known.likelihood(np.array([0, 0, 1]), np.array([1, 2, 2]))

    assert found.tolist() == [0.97, 0.0, 0.0]
