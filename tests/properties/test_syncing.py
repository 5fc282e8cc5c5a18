"""Any two systems that are kept alike come to rest: no loop, no echo, nothing lost; and one input gives one plan."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sync_records import TODAY, golden, party, tables, walk, with_rows
from tests.unit.plan.test_sync import ALL, busy_client
from toolkit.changes import Plan, Target, made_plan
from toolkit.plan.sync import sync
from toolkit.plan.sync_base import base_with_writes, settled_base
from toolkit.plan.sync_rules import CONFLICTS, PairRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.reconcile.mismatches import mismatches

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("name", "phone", "street", "city")
VALUES = st.sampled_from([None, "A", "B", "C"])
RECORD = st.fixed_dictionaries(dict.fromkeys(COLUMNS, VALUES))
RULES = st.builds(
    PairRule,
    st.just("crm"),
    st.just("ledger"),
    st.fixed_dictionaries(dict.fromkeys(COLUMNS, st.sampled_from(CONFLICTS))),
    is_one_way=st.booleans(),
    blank=st.sampled_from(["keep", "overwrite"]),
    truth=st.sampled_from([{}, {"default": "crm"}, {"default": "ledger", "phone": "crm"}]),
)
KEYS = {"crm": "crm/companies/7", "ledger": "ledger/customers/12"}


def world(crm: dict[str, str | None], ledger: dict[str, str | None], base: pa.Table | None = None) -> SyncTables:
    """Return a party in two systems, compared as an audit compares it; other parties fill every column of both lists."""
    rows, walks = [], []
    for system, key in KEYS.items():
        values = crm if system == "crm" else ledger
        rows += [party(key, "") | values, _full(system)]
        walks += [walk(key, "g"), walk(f"{system}/others/1", f"{system} other")]
    found = tables(parties=rows, crosswalk=walks)
    compared = mismatches(found.parties, found.crosswalk).mismatches
    known = replace(found, mismatches=compared)
    return known if base is None else replace(known, base=base)


def _full(system: str) -> dict[str, object]:
    return party(f"{system}/others/1", "Z", phone="9", street="Z", city="Z") | {"stream": "others"}


def planned(system: str, known: SyncTables, rules: SyncRules) -> Plan:
    """Return the plan for one system."""
    found = sync(system, known, rules, TODAY)
    return made_plan(
        "sync", engagement_id="e", target=Target(system, "table"), snapshot_ids={}, rules_hash="r",
        operations=found.operations, record_counts={}, left_out=found.left_out,
    )  # fmt: skip


@given(crm=RECORD, ledger=RECORD, before=RECORD, rule=RULES, has_base=st.booleans())
def test_two_systems_come_to_rest_after_one_round(
    crm: dict[str, str | None],
    ledger: dict[str, str | None],
    before: dict[str, str | None],
    rule: PairRule,
    *,
    has_base: bool,
) -> None:
    """F43: what was written comes back as it was written, and asks for nothing; nor does it after the base is renewed."""
    rules = SyncRules(pairs=(rule,))
    base = settled_base(world(before, before), rules) if has_base else None
    known = world(crm, ledger, base)
    held = {"crm": dict(crm), "ledger": dict(ledger)}
    plans = {system: planned(system, known, rules) for system in KEYS}
    for system, plan in plans.items():
        for one in plan.operations:
            assert one.action == "update"
            assert dict(one.before) == {name: held[system][name] for name in one.before}
            held[system] |= one.after
            base = base_with_writes(known.base if base is None else base, [one], system, rules)

    again = world(held["crm"], held["ledger"], base)
    assert [planned(system, again, rules).operations for system in KEYS] == [(), ()]
    renewed = replace(again, base=settled_base(again, rules))
    assert [planned(system, renewed, rules).operations for system in KEYS] == [(), ()]
    # A field is never written on both sides at once: that would swap the values for ever.
    written = [{name for one in plan.operations for name in one.after} for plan in plans.values()]
    assert written[0].isdisjoint(written[1])
    if rule.blank == "keep":
        assert not any(one.is_destructive for plan in plans.values() for one in plan.operations)


@given(st.integers(0, 2**32))
def test_n07_the_order_of_rows_changes_no_plan(seed: int) -> None:
    """Whatever way the tables were written, plan and id are the same."""
    rules = replace(ALL, pairs=(PairRule("crm", "ledger", {"email": "newest"}),))
    known = _with_more_parties(busy_client())
    mixed = replace(known, **{name: _shuffled(getattr(known, name), seed + number) for number, name in enumerate(_NAMES)})

    for system in ("crm", "ledger"):
        assert planned(system, mixed, rules).plan_id == planned(system, known, rules).plan_id


@pytest.mark.parametrize(("seed", "locale", "zone"), [("0", "C", "UTC"), ("7", "tr_TR.UTF-8", "Asia/Kathmandu")])
def test_n07_no_machine_changes_a_plan(seed: str, locale: str, zone: str) -> None:
    """Hash seed, language and time zone of whoever plans make no difference."""
    code = "from tests.properties.test_syncing import told; print(told())"
    settings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **settings}, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == told()


def told() -> str:
    """Return the ids of the client's plans."""
    return " ".join(planned(system, _with_more_parties(busy_client()), ALL).plan_id for system in ("crm", "ledger"))


_NAMES = (
    "parties",
    "documents",
    "lines",
    "crosswalk",
    "golden",
    "pairs",
    "mismatches",
    "counterparts",
    "findings",
    "snapshots",
    "base",
)


def _with_more_parties(known: SyncTables) -> SyncTables:
    """Return the client with two new customers of one name, a third, and their deals' duplicates."""
    rows = [party(f"crm/companies/{number}", "Twin" if number < 12 else "Sole") for number in range(10, 13)]
    keys = [row["record_key"] for row in rows]
    return with_rows(
        known,
        parties=[*known.parties.to_pylist(), *rows],
        crosswalk=[*known.crosswalk.to_pylist(), *(walk(key, f"n{key}") for key in keys)],
        golden=[
            *known.golden.to_pylist(),
            *(golden(f"n{row['record_key']}", "name", row["name"], row["record_key"]) for row in rows),
        ],
    )


def _shuffled(table: pa.Table, seed: int) -> pa.Table:
    order = list(range(table.num_rows))
    random.Random(seed).shuffle(order)
    return table.take(pa.array(order, pa.int64()))
