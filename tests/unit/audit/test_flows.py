"""What the verb answers about how records arrive."""

from typing import Any

from toolkit.audit.flows import flow_cells, flow_questions, flow_sentence, shown_flows


def flow(flow_id: str, kind: str | None, agreement: str, **values: Any) -> dict[str, Any]:
    return {
        "flow_id": flow_id, "handoff_id": flow_id, "label": flow_id.capitalize(), "kind": kind, "likely": kind or "by_file",
        "probability": 0.9 if kind else 0.6, "said": None, "agreement": agreement, "ask": None, "reasons": ["One", "Two"],
        "found": 9, "due": 10, **values,
    }  # fmt: skip


def test_what_contradicts_stands_first() -> None:
    """Then what nobody said, what stays open, and what is as said."""
    rows = [flow("a", "by_hand", "agrees"), flow("b", None, "open"), flow("c", "by_file", "contradicts")]
    rows += [flow("d", "by_hand", "nobody_said")]

    assert [row["flow_id"] for row in shown_flows(rows)] == ["c", "d", "b", "a"]


def test_lists_that_nothing_passes_between_are_not_shown() -> None:
    """Of lists that no handoff joins only those that records seem to pass are worth a look."""
    rows = [flow(name, kind, "nobody_said", handoff_id=None) for name, kind in (("a", "not_at_all"), ("b", None))]
    rows += [flow("c", "by_automation", "nobody_said", handoff_id=None)]

    assert [row["flow_id"] for row in shown_flows(rows)] == ["c"]
    assert flow_sentence(rows).endswith("records seem to pass between 1 further pair of lists.")


def test_an_open_flow_is_never_shown_as_told() -> None:
    """The likelier kind stands there as what it is."""
    assert flow_cells(flow("a", None, "open"))[1] == "open, perhaps by file"
    assert flow_cells(flow("a", None, "open", likely=None, probability=None))[1:3] == ("–", "–")


def test_questions_name_their_flow() -> None:
    """One sentence each."""
    assert flow_questions([flow("a", None, "open", ask="Ask Dana."), flow("b", "by_hand", "agrees")]) == ("A: Ask Dana.",)


def test_without_flows_the_answer_says_what_to_do() -> None:
    """Not a table of nothing."""
    assert flow_sentence([]).startswith("There is nothing to tell yet")
