"""A plan is the same bytes for the same changes, and refused when one byte of its file differs."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.changes import (
    Child,
    Evidence,
    LeftOut,
    Operation,
    Plan,
    SavedPlan,
    Target,
    canonical_bytes,
    excesses,
    lines_of,
    made_plan,
    operation,
    plan_difference,
    plan_file_bytes,
    plan_of,
    read_plan_file,
    saved_plan,
    summary_of,
)
from toolkit.changes.operation import field_hash
from toolkit.errors import PlanRefusedError

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def _update(record_id: str, phone: str = "+13125550100", depends_on: tuple[str, ...] = ()) -> Operation:
    return operation(
        "update",
        "crm",
        "companies",
        target_id=record_id,
        before={"phone": "312 555 0100"},
        after={"phone": phone},
        precondition=field_hash({"phone": "312 555 0100"}),
        depends_on=depends_on,
        evidence=Evidence(("written as E.164",), "g-1", "0.98", "ledger/customers/4"),
    )


def _archive(record_id: str, depends_on: tuple[str, ...] = ()) -> Operation:
    return operation(
        "archive",
        "crm",
        "companies",
        target_id=record_id,
        depends_on=depends_on,
        children=(Child("crm/deals/9", "party_ref"), Child("crm/contacts/3", "parent_ref")),
    )


def _plan(operations: list[Operation], left_out: tuple[LeftOut, ...] = ()) -> Plan:
    return made_plan(
        "cleanup",
        engagement_id="e-1",
        target=Target("crm", "hubspot"),
        snapshot_ids={"crm/companies": "ab" * 32},
        rules_hash="cd" * 32,
        operations=operations,
        record_counts={"companies": 100},
        left_out=left_out,
    )


def _saved() -> SavedPlan:
    out = LeftOut("duplicates", ("crm/companies/5", "crm/companies/6"), "no record is the master")
    return saved_plan(_plan([_update("1"), _archive("2")], (out,)), NOON, "0.1")


def test_the_order_of_findings_changes_no_plan() -> None:
    """Whoever plans the same twice gets the same id, in whatever order the changes were found."""
    changes = [_update(str(number)) for number in range(20)]
    changes += [_archive(str(number + 100), (changes[number].op_id,)) for number in range(20)]
    shuffled = changes.copy()
    random.Random(7).shuffle(shuffled)

    assert _plan(changes).plan_id == _plan(shuffled).plan_id
    assert {len(one.op_id) for one in changes} == {20}


def test_the_order_of_what_hangs_on_a_record_changes_no_plan() -> None:
    """Two references of one record, two reasons for one case: found in either order, they are written in one."""
    children = [
        Child("crm/deals/9", "party_ref"),
        Child("crm/deals/9", "billed_to_ref"),
        Child("crm/contacts/3", "party_ref"),
    ]
    reasons = [LeftOut("duplicates", ("crm/companies/5",), why) for why in ("no record is the master", "it was left")]
    one, other = (
        _plan([operation("archive", "crm", "companies", target_id="1", children=tuple(found))], tuple(out))
        for found, out in ((children, reasons), (children[::-1], reasons[::-1]))
    )

    assert one.plan_id == other.plan_id
    assert [(child.record_key, child.column) for child in one.operations[0].children] == [
        ("crm/contacts/3", "party_ref"),
        ("crm/deals/9", "billed_to_ref"),
        ("crm/deals/9", "party_ref"),
    ]


def test_lines_of_a_document_are_in_the_order_of_their_numbers() -> None:
    """The tenth comes after the second; what is no line of it is left aside."""
    after = {"line.10.sku": "B", "line.2.sku": "A", "line.2.quantity": "1", "currency": "USD", "outline.1.sku": "C"}

    assert lines_of(after) == ({"sku": "A", "quantity": "1"}, {"sku": "B"})


def test_a_change_comes_after_what_it_waits_for() -> None:
    """A loser is archived when its references have moved, not before."""
    first = _update("9")
    plan = _plan([_archive("1", (first.op_id,)), first])

    assert [one.action for one in plan.operations] == ["update", "archive"]


def test_of_changes_that_may_come_next_the_order_is_by_kind_action_and_record() -> None:
    """What a person reads is in an order that she can follow."""
    plan = _plan([_archive("1"), _update("2"), _update("1")])

    assert [(one.action, one.target_id) for one in plan.operations] == [("update", "1"), ("update", "2"), ("archive", "1")]


def test_changes_in_a_circle_are_no_plan() -> None:
    """Nothing could come first."""
    one, other = _update("1"), _update("2")
    ids = {"1": one.op_id, "2": other.op_id}

    with pytest.raises(ValueError, match="wait for each other"):
        _plan([_update("1", depends_on=(ids["2"],)), _update("2", depends_on=(ids["1"],))])


def test_a_change_waits_for_nothing_that_is_not_planned() -> None:
    """A plan is whole: it needs nothing from another one."""
    with pytest.raises(ValueError, match="not in the plan"):
        _plan([_update("1", depends_on=("0" * 20,))])


def test_one_change_stands_in_a_plan_once() -> None:
    """The same change twice would be done twice."""
    with pytest.raises(ValueError, match="two changes are the same: update of companies 1"):
        _plan([_update("1"), _update("1")])


@pytest.mark.parametrize("names", [{}, {"target_id": "1", "natural_key": "ledger/customers/1"}])
def test_a_change_names_one_record(names: dict[str, str]) -> None:
    """Either the record that is changed, or what a new one stands for."""
    with pytest.raises(ValueError, match="names the record"):
        operation("update", "crm", "companies", **names)


def test_what_a_change_does_makes_its_id() -> None:
    """Another value, record, kind or action is another change; why it is done is not."""
    one = operation("update", "crm", "companies", target_id="1", after={"phone": "2"})
    same = operation(
        "update",
        "crm",
        "companies",
        target_id="1",
        after={"phone": "2"},
        evidence=Evidence(("because",)),
        reversibility="R1",
    )
    others = [
        operation("update", "crm", "companies", target_id="1", after={"phone": "3"}),
        operation("update", "crm", "companies", target_id="2", after={"phone": "2"}),
        operation("update", "crm", "contacts", target_id="1", after={"phone": "2"}),
        operation("update", "ledger", "companies", target_id="1", after={"phone": "2"}),
        operation("create", "crm", "companies", natural_key="1", after={"phone": "2"}),
    ]

    assert one.op_id == same.op_id
    assert len({one.op_id, *(other.op_id for other in others)}) == 6


def test_a_plan_is_read_as_it_was_written() -> None:
    """Nothing of a plan is lost on the disk."""
    saved = _saved()
    again = read_plan_file(plan_file_bytes(saved), "plan.json")

    assert again == saved
    assert again.signature == saved.signature
    assert again.envelope.expires_at == NOON + timedelta(days=7)


def test_the_time_of_planning_is_signed_and_not_hashed() -> None:
    """The same plan has the same id tomorrow, and its approval is for the envelope that was seen."""
    today, tomorrow = (saved_plan(_plan([_update("1")]), NOON + timedelta(days=days), "0.1") for days in (0, 1))

    assert today.plan.plan_id == tomorrow.plan.plan_id
    assert today.signature != tomorrow.signature


def test_every_byte_of_a_plan_counts() -> None:
    """A plan whose file differs by one byte from what was written is refused, wherever the byte stands."""
    content = plan_file_bytes(_saved())
    # What the envelope says, times and version, may be another true plan: that is told by its approval.
    envelope = slice(content.index(b'"envelope"'), content.index(b'"plan_id"'))
    for place in range(0, len(content), 3):
        if envelope.start <= place < envelope.stop:
            continue
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(PlanRefusedError):
            read_plan_file(changed, "plan.json")


def test_an_envelope_that_was_changed_has_another_signature() -> None:
    """Nobody makes a plan last longer by editing its file: the approval was for the other one."""
    content = plan_file_bytes(_saved())
    later = content.replace(b"2026-10-12T12:00:00Z", b"2027-10-12T12:00:00Z")

    assert read_plan_file(later, "plan.json").signature != _saved().signature


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"null", b'{"body": {"format": "integration-audit plan 9"}}', b"\xff"]
)
def test_what_is_no_plan_is_refused_with_a_sentence(content: bytes) -> None:
    """Any file may lie where a plan is looked for."""
    with pytest.raises(PlanRefusedError, match=r"plan\.json is no plan .* Plan again"):
        read_plan_file(content, "plan.json")


def test_a_pretty_plan_is_another_file() -> None:
    """An editor that writes the file anew, with spaces, has changed it."""
    content = json.dumps(json.loads(plan_file_bytes(_saved())), indent=1).encode()

    with pytest.raises(PlanRefusedError, match="somebody changed it"):
        read_plan_file(content, "plan.json")


def test_a_plan_holds_no_floats() -> None:
    """Two programs write a float in two ways, and the hash would be another."""
    with pytest.raises(TypeError, match=r"0\.5"):
        canonical_bytes({"ops": [{"probability": 0.5}]})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_JSON)
def test_canonical_json_is_read_back_as_it_was(value: object) -> None:
    """Canonical form loses nothing, and its own form is itself."""
    content = canonical_bytes(value)

    assert json.loads(content) == value
    assert canonical_bytes(json.loads(content)) == content


def test_a_plan_of_another_format_names_both() -> None:
    """A later version's plan is not guessed at."""
    body = {**_saved().plan.body, "format": "integration-audit plan 2"}

    with pytest.raises(ValueError, match=r"plan 2.*plan 1"):
        plan_of(body)


def test_a_summary_counts_what_is_taken_away() -> None:
    """Archived records and emptied fields both take something away; a field that is filled does not."""
    emptied = operation("update", "crm", "companies", target_id="3", before={"fax": "1"}, after={"fax": None})
    filled = operation("update", "crm", "companies", target_id="4", before={"fax": None}, after={"fax": "1"})
    summary = summary_of([_archive("1"), emptied, filled], {"companies": 40})
    uncounted = summary_of([_archive("1")], {"contacts": 40})

    assert summary["destructive"] == [{"object": "companies", "count": 2, "of": 40}]
    assert uncounted["destructive"] == [{"object": "companies", "count": 1, "of": 0}]
    assert summary["counts"] == [
        {"object": "companies", "action": "archive", "reversibility": "R0", "count": 1},
        {"object": "companies", "action": "update", "reversibility": "R0", "count": 2},
    ]


def test_two_fields_of_one_record_that_are_emptied_are_one_record() -> None:
    """Whoever agrees to a number thinks of records."""
    emptied = [
        operation("update", "crm", "companies", target_id=target, before={name: "1"}, after={name: None})
        for target, name in (("3", "fax"), ("3", "phone"), ("4", "fax"))
    ]
    summary = summary_of([*emptied, _archive("3")], {"companies": 40})

    assert summary["destructive"] == [{"object": "companies", "count": 2, "of": 40}]


def test_a_summary_adds_up_the_money_of_each_currency() -> None:
    """Sums never cross currencies; a credit counts by what it moves."""
    made = [
        operation("create", "ledger", "invoices", natural_key=key, after={"amount_minor": amount, "currency": currency})
        for key, amount, currency in [("a/b/1", "1000", "USD"), ("a/b/2", "-250", "USD"), ("a/b/3", "7", "EUR")]
    ]

    assert summary_of(made, {})["money"] == {"EUR": "7", "USD": "1250"}


@pytest.mark.parametrize(
    ("count", "total", "is_withheld"),
    [(10, 10, False), (11, 110, False), (11, 109, True), (11, 11, True), (10, 20, False), (0, 0, False)],
)
def test_mass_change_is_withheld_above_ten_records_and_ten_per_cent(count: int, total: int, *, is_withheld: bool) -> None:
    """Both bounds must be exceeded; at a bound it passes."""
    summary = {"destructive": [{"object": "companies", "count": count, "of": total}]}

    assert bool(excesses(summary, {})) is is_withheld


@pytest.mark.parametrize(("agreed", "is_withheld"), [(56, True), (57, False), (58, False), (0, True)])
def test_an_agreed_number_is_a_ceiling(agreed: int, *, is_withheld: bool) -> None:
    """One more than somebody agreed to is withheld, also where the guard alone would let it pass."""
    summary = {"destructive": [{"object": "companies", "count": 57, "of": 100_000}]}

    assert bool(excesses(summary, {"companies": agreed})) is is_withheld


def test_a_key_for_sending_once_is_of_the_plan_and_the_change() -> None:
    """The same change of another plan is another request."""
    one, other = _plan([_update("1")]), _plan([_update("1"), _update("2")])
    op_id = one.operations[0].op_id

    assert one.idempotency_key(op_id) == _plan([_update("1")]).idempotency_key(op_id)
    assert one.idempotency_key(op_id) != other.idempotency_key(op_id)
    # Xero takes 128 signs, others 36 and more.
    assert len(one.idempotency_key(op_id)) == 32


def test_two_plans_differ_by_what_they_do() -> None:
    """A new change, one that is gone, and one that does something else to the same record are told apart."""
    older = _plan([_update("1"), _update("2"), _update("3")])
    newer = _plan([_update("2"), _update("3", "+13125550199"), _update("4")])

    found = plan_difference(older, newer)

    assert [one.target_id for one in found.added] == ["4"]
    assert [one.target_id for one in found.dropped] == ["1"]
    assert [(old.after["phone"], new.after["phone"]) for old, new in found.changed] == [("+13125550100", "+13125550199")]
    assert not found.is_empty
    assert plan_difference(newer, newer).is_empty
