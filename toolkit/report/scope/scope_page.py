"""The page of a scope: what is in, out and later, how each flow is accepted, what the client does, what is still open."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.report.blocks import Block, Bullets, Cover, Heading, Note, Paragraph, Table
from toolkit.values.counted import counted
from toolkit.values.written import day_text, sentence_text, written_for

Row = Mapping[str, Any]
_PLACES = {
    "in": "In scope",
    "phase_2": "Phase 2",
    "open": "Not decided yet",
    "out": "Out of scope",
}
_MEASURED = ("volume", "missing", "lag", "errors")
_DECISIONS = {"in": "in scope", "phase_2": "phase 2", "refused": "refused"}


@dataclass(frozen=True, slots=True)
class ShownScope:
    """A scope: whose it is, its rows, and what was said beside them, as text."""

    client: str
    as_of: str
    run_id: str
    currency: str
    scope: Sequence[Row]
    acceptance: Sequence[Row]
    success: Sequence[Row]
    gaps: Sequence[Row]
    cells: Sequence[Row]
    labels: Mapping[str, str]
    out: Sequence[str]
    phase_2: Sequence[str]
    assumptions: Sequence[str]
    duties: Sequence[str]
    changes: Sequence[Row]
    change_rule: str
    is_rule_agreed: bool


def scope_blocks(shown: ShownScope, country: str) -> tuple[Block, ...]:
    """Return the blocks of the page in reading order.

    Parameters
    ----------
    shown
        The scope.
    country
        Of the reader, for numbers and days.
    """
    with written_for(country):
        return (
            *_opening(shown),
            *_flows(shown),
            *_each_flow(shown),
            *_success(shown),
            *_masters(shown),
            *_rules(shown),
            *_open_points(shown),
        )


def scope_sentence(scope: Sequence[Row], gaps: Sequence[Row]) -> str:
    """Return a scope in a sentence: how many flows are in, and whether it can be signed.

    Parameters
    ----------
    scope, gaps
        Rows of SCOPE and SCOPE_GAP.
    """
    counts = {place: sum(row["place"] == place for row in scope) for place in _PLACES}
    blocking = sum(row["is_blocking"] for row in gaps)
    later = f", {counts['phase_2']} in phase 2" if counts["phase_2"] else ""
    undecided = f", {counts['open']} not decided" if counts["open"] else ""
    state = "it can be signed" if not blocking else f"{counted(blocking, 'point')} to settle before anybody signs"
    return f"{counted(counts['in'], 'flow')} in scope, {counts['out']} out{later}{undecided}; {state}."


def _opening(shown: ShownScope) -> Iterator[Block]:
    facts = (shown.client, f"as of {shown.as_of}", f"run {shown.run_id}")
    yield Cover("Scope", sentence_text(scope_sentence(shown.scope, shown.gaps)), facts)
    blocking = [row for row in shown.gaps if row["is_blocking"]]
    if blocking:
        yield Heading("To settle before anybody signs", 2)
        yield Bullets(tuple((sentence_text(_point(shown, row)),) for row in blocking))


def _point(shown: ShownScope, row: Row) -> str:
    """Return what is to settle, with the flow it is about: a client reads no keys of our settings."""
    flows = [one["label"] for one in shown.scope if one["handoff_id"] in row["where"].split(".")]
    about = f" ({flows[0]})" if flows and flows[0] != row["word"] else ""
    return f"{row['word'][:1].upper()}{row['word'][1:]}{about}: {row['why']}"


def _flows(shown: ShownScope) -> Iterator[Block]:
    for place, words in _PLACES.items():
        rows = [row for row in shown.scope if row["place"] == place]
        beside = {"out": shown.out, "phase_2": shown.phase_2}.get(place, ())
        if not rows and not beside:
            continue
        yield Heading(words, 2)
        if rows:
            yield Table(
                ("Flow", "From", "To", "Responsible", f"Costs once, {shown.currency}", "Live on", "Why"),
                tuple(_flow_row(shown, row) for row in rows),
                "Flows",
            )
        if beside:
            yield Bullets(tuple((sentence_text(one),) for one in beside))


def _flow_row(shown: ShownScope, row: Row) -> tuple[str, ...]:
    cost = sentence_text(f"{row['cost']:,.0f}") if row["cost"] is not None else "not known"
    live = day_text(row["live_on"], is_short=True) if row["live_on"] else ""
    systems = (shown.labels.get(row[name], row[name]) for name in ("system_l", "system_r"))
    return (row["label"], *systems, row["owner"] or "nobody yet", cost, live, sentence_text(row["reason"]))


def _each_flow(shown: ShownScope) -> Iterator[Block]:
    own = [row for row in shown.scope if row["place"] == "in"]
    if not own:
        return
    yield Heading("How each flow is accepted", 2)
    yield Note(("Baselines are measured on the client's own records; after going live they are counted the same way.",))
    for row in own:
        yield Heading(row["label"], 3)
        accepted = [one for one in shown.acceptance if one["handoff_id"] == row["handoff_id"]]
        yield Table(
            ("Accepted when", "Measured on", "Target from"),
            tuple((sentence_text(one["sentence"]), _cases(one), one["target_from"]) for one in accepted),
            "Acceptance",
        )
        yield from _listed("Taken for granted", row["assumptions"])
        yield from _listed("The client's part", row["duties"])


def _cases(row: Row) -> str:
    if row["criterion"] not in _MEASURED:
        return ""
    return counted(row["n"], "case") if row["n"] is not None and row["baseline"] is not None else "not measured before"


def _listed(title: str, texts: Sequence[str]) -> Iterator[Block]:
    if texts:
        yield Paragraph((f"{title}:",))
        yield Bullets(tuple((sentence_text(one),) for one in texts))


def _success(shown: ShownScope) -> Iterator[Block]:
    yield Heading("When it is a success", 2)
    taken = [row for row in shown.success if row["is_taken"]]
    if not taken:
        yield Paragraph(("No criterion has a metric, a baseline, a target and a date yet.",))
    else:
        yield Bullets(tuple((sentence_text(row["words"]),) for row in taken))


def _masters(shown: ShownScope) -> Iterator[Block]:
    kept = Counter((row["entity"], row["field_group"]) for row in shown.cells)
    # What one system alone keeps is no question.
    several = [row for row in shown.cells if kept[row["entity"], row["field_group"]] > 1]
    rows = [row for row in several if row["role"] == "master" or row["is_open"]]
    if not rows:
        return
    yield Heading("Who is right", 2)
    yield Table(
        ("Records", "Fields", "System", "Is", "Why"),
        tuple(
            (
                row["entity"].replace("_", " "),
                row["field_group"],
                shown.labels.get(row["system"], row["system"]),
                "master" if row["role"] == "master" else "proposed" if row["is_proposed"] else "open",
                row["why"],
            )
            for row in rows
        ),
        "Masters",
        is_compact=True,
    )


def _rules(shown: ShownScope) -> Iterator[Block]:
    yield from _heading_and_list("What is taken for granted", shown.assumptions)
    yield from _heading_and_list("What the client does", shown.duties)
    yield Heading("What happens with new wishes", 2)
    yield Paragraph((sentence_text(shown.change_rule),))
    if not shown.is_rule_agreed:
        yield Note(("This rule is ours; nobody has agreed on it yet.",))
    if shown.changes:
        yield Table(
            ("Wish", "Asked by", "On", "Decided", f"Cost once, {shown.currency}", f"Worth, {shown.currency}", "Weeks"),
            tuple(_change_row(one) for one in shown.changes),
            "Wishes that were decided",
        )


def _change_row(one: Row) -> tuple[str, ...]:
    day = day_text(one["on"], is_short=True) if one["on"] else ""
    amounts = (_signed(one[name], digits) for name, digits in (("cost", 0), ("npv", 0), ("weeks", 1)))
    return (one["what"], one["asked_by"], day, _DECISIONS[one["decision"]], *amounts)


def _signed(value: float | None, digits: int) -> str:
    return "not known" if value is None else sentence_text(f"{value:+,.{digits}f}")


def _heading_and_list(title: str, texts: Sequence[str]) -> Iterator[Block]:
    if texts:
        yield Heading(title, 2)
        yield Bullets(tuple((sentence_text(one),) for one in texts))


def _open_points(shown: ShownScope) -> Iterator[Block]:
    rows = [row for row in shown.gaps if not row["is_blocking"]]
    if rows:
        yield Heading("What could be clearer", 2)
        yield Table(
            ("Place", "Word", "Why"),
            tuple((row["where"], row["word"], row["why"]) for row in rows),
            "Points",
            is_compact=True,
        )
