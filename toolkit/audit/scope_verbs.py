"""The verbs of a scope: what is in and how it is accepted, who is right, which field becomes which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import labels_of, measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.scope.scope_words import CHANGE_RULE
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import UNKNOWN, VerbResult, number_text
from toolkit.errors import InputError
from toolkit.report.scope.scope_page import ShownScope, scope_sentence
from toolkit.store import Run
from toolkit.values.counted import counted

Row = Mapping[str, Any]
_PLACE_WORDS = {"in": "in", "phase_2": "phase 2", "open": "not decided", "out": "out"}
_POLICY_WORDS = {
    "master_wins": "the master wins",
    "latest_wins": "the latest change wins",
    "most_complete_wins": "the most complete record wins",
    "by_field": "as agreed on, field by field",
    "human_queue": "a person decides",
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ScopeAnswer(VerbResult):
    """A scope to be read: ``table`` is SCOPE, ``acceptance`` and ``success`` by name, ``open_points`` is SCOPE_GAP."""

    table: pa.Table = field(kw_only=True)
    acceptance: pa.Table = field(kw_only=True)
    success: pa.Table = field(kw_only=True)
    open_points: pa.Table = field(kw_only=True)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SourcesAnswer(VerbResult):
    """Who is right, to be read: ``table`` is MASTER_CELL, ``policies`` CONFLICT_POLICY, ``consistency`` by name."""

    table: pa.Table = field(kw_only=True)
    policies: pa.Table = field(kw_only=True)
    consistency: pa.Table = field(kw_only=True)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class FieldMapAnswer(VerbResult):
    """Field maps to be read: ``table`` is FIELD_MAP, ``examples`` FIELD_MAP_EXAMPLE, ``test_cases`` TEST_CASE."""

    table: pa.Table = field(kw_only=True)
    examples: pa.Table = field(kw_only=True)
    test_cases: pa.Table = field(kw_only=True)


def plan_scope(engagement: Engagement, *, progress: Progress | None = None) -> ScopeAnswer:
    """Return what is in scope, out and later, how each flow is accepted, and what is not clear yet; ``frame``: table SCOPE.

    Parameters
    ----------
    engagement
        Its ``scope`` settings say what was agreed on.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        The settings name a handoff or system that there is not.
    """
    with cell_work(progress) as told:
        return _scope_answer(run_stages(engagement, "scope", told))


def write_scope(
    engagement: Engagement, folder: Path | str | None = None, *, progress: Progress | None = None
) -> ScopeAnswer:
    """Write the scope's page and the workbook of field maps into ``reports/``, and return the scope.

    Parameters
    ----------
    engagement
        Its ``scope`` settings say what was agreed on.
    folder
        Where to write instead.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        The engagement is tried with other settings: what is tried is not written.
    """
    from toolkit.report.page import write_page
    from toolkit.report.scope.field_map_workbook import write_field_map_workbook
    from toolkit.report.scope.scope_page import scope_blocks

    if engagement.is_trial:
        raise InputError("What is tried with --set is not written: write it into engagement.yaml, then write the scope.")
    with cell_work(progress) as told:
        run = run_stages(engagement, "scope", told)
        shown = _shown(engagement, run)
        home = engagement.folder / "reports" if folder is None else Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        country = engagement.settings.country
        page = write_page(home / "scope.html", scope_blocks(shown, country), title=f"Scope: {shown.client}", country=country)
        book = write_field_map_workbook(
            home / "field-maps.xlsx",
            shown.client,
            f"as of {shown.as_of}, run {shown.run_id}",
            maps=run.table("field_map").to_pylist(),
            examples=run.table("field_map_example").to_pylist(),
            cases=run.table("test_case").to_pylist(),
        )
    return _scope_answer(run, (page, book))


def _shown(engagement: Engagement, run: Run) -> ShownScope:
    said = engagement.settings.scope
    return ShownScope(
        client=str(run.facts["client"]),
        as_of=str(run.facts["as_of"]),
        run_id=run.run_id,
        currency=str(run.facts.get("currency") or ""),
        scope=run.table("scope").to_pylist(),
        acceptance=run.table("acceptance").to_pylist(),
        success=run.table("success").to_pylist(),
        gaps=run.table("scope_gap").to_pylist(),
        cells=run.table("master_cell").to_pylist(),
        labels=labels_of(run),
        out=said.out,
        phase_2=said.phase_2,
        assumptions=said.assumptions,
        duties=said.duties,
        changes=[one.model_dump() for one in said.changes],
        change_rule=said.change_rule or CHANGE_RULE,
        is_rule_agreed=bool(said.change_rule),
    )


def _scope_answer(run: Run, files: tuple[Path, ...] = ()) -> ScopeAnswer:
    rows, gaps = run.table("scope").to_pylist(), run.table("scope_gap").to_pylist()
    currency = str(run.facts.get("currency") or "")
    blocking = [f"{one['word']}: {one['why']} ({one['where']})" for one in gaps if one["is_blocking"]]
    weak = len(gaps) - len(blocking)
    notes = [f"{row['label']}: {row['reason']}" for row in rows if row["place"] != "in"]
    return ScopeAnswer(
        scope_sentence(rows, gaps),
        (
            "flow",
            "place",
            "responsible",
            f"cost, {currency}",
            f"running, {currency} a month",
            f"worth, {currency}",
            "live on",
        ),
        tuple(_scope_cells(row) for row in rows),
        frame_of(run.table("scope")),
        (*notes, *([f"{counted(weak, 'point')} could be clearer: .open_points has all."] if weak else [])),
        gaps=(*measured_gaps(run), *blocking),
        next_step="write what is open into engagement.yaml, then write_scope(here)."
        if blocking
        else "try_change(here, add=…) says what a wish costs before anybody agrees to it.",
        files=files,
        table=run.table("scope"),
        acceptance=run.table("acceptance"),
        success=run.table("success"),
        open_points=run.table("scope_gap"),
    )


def _scope_cells(row: Row) -> tuple[str, ...]:
    money = (number_text(row[name]) for name in ("cost", "running_per_month", "npv"))
    live = row["live_on"].isoformat() if row["live_on"] else ""
    return (row["label"], _PLACE_WORDS[row["place"]], row["owner"] or UNKNOWN, *money, live)


def check_sources(engagement: Engagement, *, progress: Progress | None = None) -> SourcesAnswer:
    """Return which system is right: the matrix of masters, what each policy would settle, how far systems agree.

    Parameters
    ----------
    engagement
        ``sources_of_truth`` says who decides, ``scope.conflicts`` by which policy.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        A system that only reads is named as master.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "sources", told)
    cells = run.table("master_cell").to_pylist()
    policies = run.table("conflict_policy").to_pylist()
    groups = {(one["entity"], one["field_group"]): one["is_open"] for one in cells}
    open_groups = [f"{entity} {name}" for (entity, name), is_open in groups.items() if is_open]
    total = next((one for one in run.table("consistency").to_pylist() if one["column"] == "total"), None)
    sentence = f"{counted(len(groups), 'group')} of fields, {len(open_groups)} of them without a master"
    if total is not None and total["share"] is not None:
        sentence += f"; {total['share']:.1%}".replace("%", " %") + " of the compared values are as their master has them"
    return SourcesAnswer(
        f"{sentence}.",
        ("policy", "differences", "settled", "for a person", "share for a person"),
        tuple(_policy_cells(one) for one in policies if one["column"] == "total"),
        frame_of(run.table("master_cell")),
        tuple(f"Open: {one}." for one in open_groups),
        gaps=tuple(f"Nobody said who decides {one}." for one in open_groups),
        next_step="write who decides into engagement.yaml, under sources_of_truth, and the policies under scope.conflicts.",
        table=run.table("master_cell"),
        policies=run.table("conflict_policy"),
        consistency=run.table("consistency"),
    )


def _policy_cells(one: Row) -> tuple[str, ...]:
    share = UNKNOWN if one["person_share"] is None else f"{100 * one['person_share']:.1f} %"
    return (
        _POLICY_WORDS[one["policy"]],
        *(number_text(one[name]) for name in ("conflicts", "settled", "person")),
        share,
    )


def check_field_maps(engagement: Engagement, *, progress: Progress | None = None) -> FieldMapAnswer:
    """Return which field becomes which in each handoff, whether it survives the way there and back; ``frame``: FIELD_MAP.

    Parameters
    ----------
    engagement
        ``field_maps`` says what was agreed on; the rest is proposed.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        A map is of no handoff, or names a field that there is not.
    InputError
        A transform does not fit its fields.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "field_maps", told)
    rows = run.table("field_map").to_pylist()
    handoffs = list(dict.fromkeys(row["handoff_id"] for row in rows))
    is_open = [row for row in rows if row["is_open"]]
    cases = run.table("test_case").to_pylist()
    carried = sum(row["transform"] is not None for row in rows)
    return FieldMapAnswer(
        f"{counted(carried, 'field')} of {counted(len(handoffs), 'handoff')} carried, {len(is_open)} that must be filled "
        f"are open; {counted(len(cases), 'record')} to test with.",
        ("handoff", "fields", "carried", "open", "tried", "survive", "test cases"),
        tuple(_map_cells(name, [row for row in rows if row["handoff_id"] == name], cases) for name in handoffs),
        frame_of(run.table("field_map")),
        gaps=tuple(f"{one['handoff_id']}: nothing fills {one['target_field']}." for one in is_open),
        next_step="write sources and defaults into engagement.yaml, under field_maps; .examples has what is lost.",
        table=run.table("field_map"),
        examples=run.table("field_map_example"),
        test_cases=run.table("test_case"),
    )


def _map_cells(name: str, rows: Sequence[Row], cases: Sequence[Row]) -> tuple[str, ...]:
    tried, survived = sum(row["rows"] for row in rows), sum(row["survived"] for row in rows)
    counts = (
        len(rows),
        sum(row["transform"] is not None for row in rows),
        sum(row["is_open"] for row in rows),
        tried,
    )
    share = UNKNOWN if not tried else f"{100 * survived / tried:.1f} %"
    return (name, *(f"{one:,}" for one in counts), share, str(sum(case["handoff_id"] == name for case in cases)))
