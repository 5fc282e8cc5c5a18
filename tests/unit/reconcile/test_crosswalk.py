"""Every record stands in the crosswalk once, with its party and its account."""

from collections.abc import Callable

import pyarrow as pa

from toolkit.match.identity.lasting_ids import id_from_key
from toolkit.reconcile.crosswalk import crosswalk
from toolkit.tables import CLUSTER, PAIR

Build = Callable[..., pa.Table]


def _clusters(**names: str) -> pa.Table:
    rows = [{"record_key": key.replace("_", "/"), "cluster_id": name} for key, name in names.items()]
    return CLUSTER.from_rows(rows)


def _by_key(table: pa.Table) -> dict[str, dict]:
    return {row["record_key"]: row for row in table.to_pylist()}


def test_the_golden_id_is_the_lasting_id_of_the_cluster(parties: Build) -> None:
    """What a client was shown last month stands for the same party today."""
    known = parties({"record_key": "ledger/c/1"}, {"record_key": "crm/c/1"})

    walk = crosswalk(known, _clusters(ledger_c_1="x", crm_c_1="x"), PAIR.empty())

    assert walk["record_key"].to_pylist() == ["crm/c/1", "ledger/c/1"]
    assert set(walk["golden_id"].to_pylist()) == {"x"}


def test_a_person_belongs_to_the_account_of_its_company(parties: Build) -> None:
    """The account of a contact is the cluster of its company, over all systems."""
    known = parties(
        {"record_key": "crm/c/1", "name": "Acme"},
        {"record_key": "crm/p/1", "kind": "person", "parent_key": "crm/c/1"},
        {"record_key": "pay/p/9", "kind": "person"},
    )

    walk = _by_key(crosswalk(known, _clusters(crm_p_1="x", pay_p_9="x"), PAIR.empty()))

    assert walk["pay/p/9"]["account_id"] == walk["crm/c/1"]["golden_id"]
    assert walk["crm/c/1"]["account_id"] == walk["crm/c/1"]["golden_id"]


def test_a_company_address_tells_the_account_unless_two_companies_share_it(parties: Build) -> None:
    """jo@acme.com belongs to Acme; a domain that sister companies share tells nothing, nor does a free provider."""
    known = parties(
        {"record_key": "crm/c/1", "website": "www.acme.com"},
        {"record_key": "crm/c/2", "website": "twins.com"},
        {"record_key": "crm/c/3", "website": "twins.com"},
        {"record_key": "pay/p/1", "kind": "person", "email": "jo@acme.com"},
        {"record_key": "pay/p/2", "kind": "person", "email": "jo@twins.com"},
        {"record_key": "pay/p/3", "kind": "person", "email": "jo@gmail.com"},
    )

    walk = _by_key(crosswalk(known, CLUSTER.empty(), PAIR.empty()))

    assert walk["pay/p/1"]["account_id"] == id_from_key("crm/c/1")
    assert walk["pay/p/2"]["account_id"] == id_from_key("pay/p/2")
    assert walk["pay/p/3"]["account_id"] == id_from_key("pay/p/3")


def test_how_surely_a_record_belongs_is_told_by_its_pairs(parties: Build) -> None:
    """Probability and decider come from the pairs decided the same; a record alone is sure."""
    known = parties({"record_key": "a/c/1"}, {"record_key": "b/c/1"}, {"record_key": "b/c/2"})
    pair = {"key_l": "a/c/1", "key_r": "b/c/1", "match_weight": 9.0, "match_probability": 0.97, "decision": "same"}

    walk = _by_key(crosswalk(known, _clusters(a_c_1="x", b_c_1="x"), PAIR.from_rows([{**pair, "decided_by": "person"}])))

    assert (walk["a/c/1"]["match_probability"], walk["a/c/1"]["decided_by"]) == (0.97, "person")
    assert (walk["b/c/2"]["match_probability"], walk["b/c/2"]["decided_by"]) == (1.0, "alone")


def test_a_record_that_a_person_kept_apart_stands_alone_by_that_word(parties: Build) -> None:
    """Whoever reads the crosswalk sees that somebody decided; a third record is alone because nothing is like it."""
    known = parties({"record_key": "a/c/1"}, {"record_key": "b/c/1"}, {"record_key": "b/c/2"})
    pair = {
        "key_l": "a/c/1", "key_r": "b/c/1", "decision": "different", "decided_by": "person", "match_probability": 0.4,
        "match_weight": 0.0,
    }  # fmt: skip

    walk = _by_key(crosswalk(known, CLUSTER.empty(), PAIR.from_rows([pair])))

    assert [walk[key]["decided_by"] for key in ("a/c/1", "b/c/1", "b/c/2")] == ["person", "person", "alone"]
