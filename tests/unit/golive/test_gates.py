"""Go or no go: what holds, what does not, what nobody knows; and who entered what afterwards."""

from datetime import UTC, datetime

import pytest

from toolkit.golive.gates import Condition, Decision, GateLimits, Measure, MeasureName, Outcome, gate_conditions
from toolkit.golive.hand_entries import NewRow, judged_rows


def _outcome(name: MeasureName, x: int | None, n: int | None, limits: GateLimits | None = None) -> str:
    return gate_conditions([Measure("invoice", name, x, n)], {"invoice": limits} if limits else {}, {})[0].outcome


@pytest.mark.parametrize(
    ("name", "x", "n", "outcome"),
    [
        ("right", 980, 1000, "holds"),
        ("right", 979, 1000, "fails"),
        ("duplicates", 10, 1000, "holds"),
        ("duplicates", 11, 1000, "fails"),
        ("differences", 20, 1000, "holds"),
        ("differences", 21, 1000, "fails"),
        ("missing", 10, 1000, "holds"),
        ("missing", 11, 1000, "fails"),
        ("doubtful", 0, 1, "holds"),
        ("doubtful", 1, 1, "fails"),
        ("right", 0, 0, "unknown"),
        ("missing", None, None, "unknown"),
    ],
)
def test_a_usual_limit_is_reached_or_not(name: MeasureName, x: int | None, n: int | None, outcome: Outcome) -> None:
    """The limit itself is enough; one record more is not; nothing counted is nothing known."""
    assert _outcome(name, x, n) == outcome


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("duplicates", "plan cleanup SYSTEM"),
        ("differences", "plan sync SYSTEM"),
        ("missing", "plan sync SYSTEM, or "),
        ("doubtful", "decisions import FILE"),
    ],
)
def test_a_command_says_what_it_needs_and_can_be_typed(name: MeasureName, command: str) -> None:
    """No full stop stands behind it, which a shell would take for a part of it."""
    [found] = gate_conditions([Measure("invoice", name, 500, 1000)], {}, {})

    assert f"integration-audit {command}" in found.to_do
    assert not found.to_do.endswith(f"{command}.")


def test_another_limit_holds_for_its_entity_only() -> None:
    """Invoices may have been agreed on more strictly than orders."""
    strict = {"invoice": GateLimits(max_missing=0)}
    measures = [Measure(entity, "missing", 1, 1000) for entity in ("invoice", "order")]

    assert [one.outcome for one in gate_conditions(measures, strict, {})] == ["fails", "holds"]


def test_what_is_not_all_is_not_called_all() -> None:
    """One wrong value of a hundred thousand is not 100 % right, and one missing is not 0 %."""
    counts: list[tuple[MeasureName, int]] = [("right", 99_999), ("missing", 1), ("right", 100_000), ("missing", 0)]
    found = gate_conditions([Measure("invoice", name, x, 100_000) for name, x in counts], {}, {})

    assert [one.found.split(" (")[0] for one in found] == ["99.99 %", "0.01 %", "100 %", "0 %"]


def _conditions(*outcomes: Outcome) -> Decision:
    return Decision([Condition(f"condition {at}", "must be", f"is {at}", one) for at, one in enumerate(outcomes)])


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ([], "No go: nothing was agreed on, so nothing can hold."),
        (["holds"], "Go: the one condition holds."),
        (["holds", "holds"], "Go: all 2 conditions hold."),
        (["holds", "unknown"], "No go: of 2 conditions 1 is not known. First: condition 1 (is 1)."),
        (["waits"], "No go: of 1 condition 1 is not due yet. First: condition 0 (is 0)."),
        (
            ["waits", "unknown", "fails", "holds", "fails"],
            "No go: of 5 conditions 2 do not hold, 1 is not known, 1 is not due yet. First: condition 2 (is 2).",
        ),
    ],
)
def test_the_first_line_says_go_or_no_go_and_why(outcomes: list[Outcome], sentence: str) -> None:
    """What fails is named first; what is not known, or not yet, is no go either."""
    decision = _conditions(*outcomes)

    assert decision.sentence == sentence
    assert decision.is_go == sentence.startswith("Go")


AT = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "maker"),
    [
        (NewRow("ledger/invoices/1", AT, "grace", True), "job"),
        (NewRow("ledger/invoices/2", AT, "API User", False), "integration"),
        (NewRow("ledger/invoices/3", AT, "grace", True), "by_hand"),
        (NewRow("ledger/invoices/4", AT, "", False), "by_hand"),
        (NewRow("ledger/invoices/5", None, "", True), "not_known"),
        (NewRow("ledger/invoices/6", None, "", None), "not_known"),
    ],
    ids=["journal", "own user", "another user", "no source", "has a source", "source unknown"],
)
def test_who_made_a_row_is_said_as_far_as_it_is_known(row: NewRow, maker: str) -> None:
    """The journal first, then the creator, then whether the source has the event."""
    [found] = judged_rows([row], {"ledger/invoices/1"}, ["api user"])

    assert found.maker == maker
    assert found.reason


def test_without_the_integrations_users_a_creator_proves_nothing() -> None:
    """Somebody's name stands there; whether that is the integration's, nobody has said."""
    [found] = judged_rows([NewRow("ledger/invoices/1", AT, "grace", True)], (), ())

    assert found.maker == "not_known"
