"""The verb ``compare_scenarios``: business cases that are tried, side by side, each in a run beside the latest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of, roi_answer
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.errors import InputError
from toolkit.roi.side_by_side import side_by_side
from toolkit.settings import AS_IT_IS, FILE_NAME, Scenario, load_settings, scenario_of, scenario_overrides
from toolkit.store import Run
from toolkit.values.counted import listed

_SHOWN = {
    "cost_now_per_month": "costs now, a month",
    "net_saving_per_month": "saves, a month",
    "one_time_cost": "costs once",
    "payback_months": "months to pay back",
    "npv": "worth",
}
_SUMS = {"total": "all of them", "recommended": "what pays"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ScenarioAnswer(VerbResult):
    """Scenarios to be read: ``table`` is schema SCENARIO_FIGURE, ``run_ids`` the run of each, ``decisions`` what it advises.

    A figure of a scenario is led back to its inputs in its run: ``results_table(here, "case", run_ids[name])``.
    """

    table: pa.Table = field(kw_only=True)
    run_ids: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def compare_scenarios(
    engagement: Engagement, *scenarios: Scenario | Mapping[str, Any] | Path | str, progress: Progress | None = None
) -> ScenarioAnswer:
    """Return the business case as it is and under each scenario, and by how much they differ; ``frame``: SCENARIO_FIGURE.

    Nothing is written into ``engagement.yaml``: each scenario is a trial.

    Parameters
    ----------
    engagement
        What it tries already is tried in every scenario too.
    scenarios
        Files with ``name`` and ``set``, or mappings that hold the same.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    InputError
        There is no scenario, two have one name, or one is not valid.
    UnknownNameError
        One names a handoff or a figure that there is not.
    SnapshotMissingError
        Nothing has been pulled yet.
    """
    given = [scenario_of(one) for one in scenarios]
    _check_names(given)
    # The file may have changed since it was opened: cases must differ in what scenarios set, and in nothing else.
    engagement = replace(engagement, loaded=engagement.written_settings())
    # All are read before the first is worked out: a slip in the last one costs nobody's time.
    tried = {AS_IT_IS: engagement, **{one.name: _tried(engagement, one) for one in given}}
    runs = {}
    with cell_work(progress) as told:
        for name, one in tried.items():
            runs[name] = run_stages(one, "roi", told)
    return _answer(runs, given)


def _check_names(given: Sequence[Scenario]) -> None:
    if not given:
        raise InputError("Name at least one scenario: a file with 'name', and below 'set' what it tries.")
    names = [one.name for one in given]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"Two scenarios are called {name!r}. Rename one of them.")


def _tried(engagement: Engagement, scenario: Scenario) -> Engagement:
    overrides = scenario_overrides(scenario, engagement.settings)
    if not overrides:
        return engagement
    path = engagement.loaded.path
    if path is None:
        raise InputError(
            f"There is no {FILE_NAME} in {engagement.folder} yet, so there is nothing to try scenario {scenario.name!r} on. "
            f"Write one first: integration-audit audit {engagement.folder}"
        )
    before = [f"{name}={value}" for name, value in engagement.loaded.overrides.items()]
    return replace(engagement, loaded=load_settings(path, [*before, *overrides]))


def _answer(runs: Mapping[str, Run], given: Sequence[Scenario]) -> ScenarioAnswer:
    table = side_by_side({name: run.table("case") for name, run in runs.items()})
    first = next(iter(runs.values()))
    labels = {row["handoff_id"]: row["label"] for row in first.table("handoff").to_pylist()}
    decisions = {
        name: {row["handoff_id"]: row["decision"] for row in run.table("recommendation").to_pylist()}
        for name, run in runs.items()
    }
    rows = table.to_pylist()
    names = list(runs)
    head = ("handoff", "figure", AS_IT_IS, *(part for name in names[1:] for part in (name, "difference")))
    answers = [roi_answer(run, frame_of(run.table("case"))) for run in runs.values()]
    gaps = dict.fromkeys(gap for one in answers for gap in one.gaps or ())
    return ScenarioAnswer(
        _sentence(rows, names, str(first.facts.get("currency") or "")),
        head,
        tuple(_cells(rows, names, labels)),
        frame_of(table),
        tuple(_moved(decisions, labels)),
        gaps=tuple(gaps),
        next_step="write what holds into engagement.yaml; a trial is written nowhere.",
        table=table,
        run_ids={name: run.run_id for name, run in runs.items()},
        decisions=decisions,
        sets={one.name: dict(one.sets) for one in given},
    )


def _sentence(rows: Sequence[Row], names: Sequence[str], currency: str) -> str:
    worth = {row["scenario"]: row for row in rows if (row["handoff_id"], row["metric"]) == ("recommended", "npv")}
    told = []
    for name in names[1:]:
        row = worth.get(name)
        if row is None or row["value"] is None:
            told.append(f"{name}: nothing is known to pay")
        elif row["difference"] is None:
            told.append(f"{name}: what pays is worth {currency} {number_text(row['value'])}, as it is nothing does")
        else:
            told.append(f"{name}: what pays is worth {currency} {number_text(row['value'])}{_than(row, currency)}")
    return f"{'; '.join(told)}."


def _than(row: Row, currency: str) -> str:
    by = row["difference"]
    if not round(by):
        return ", as without it"
    return f", {currency} {number_text(abs(by))} {'more' if by > 0 else 'less'} than {AS_IT_IS}"


def _cells(rows: Sequence[Row], names: Sequence[str], labels: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the sums, and of the handoffs those figures in which a scenario differs."""
    found = {(row["handoff_id"], row["metric"], row["scenario"]): row for row in rows}
    cells = []
    for handoff_id in (*_SUMS, *labels):
        for metric, words in _SHOWN.items():
            own = [found.get((handoff_id, metric, name)) for name in names]
            if not any(row and row["value"] is not None for row in own):
                continue
            if handoff_id in labels and len({row and row["value"] for row in own}) == 1:
                continue
            digits = 1 if metric == "payback_months" else 0
            shown = [number_text(row["value"] if row else None, digits=digits) for row in own]
            less = [_signed(row["difference"] if row else None, digits) for row in own]
            pairs = [cell for pair in zip(shown[1:], less[1:], strict=True) for cell in pair]
            cells.append((_SUMS.get(handoff_id) or labels[handoff_id], words, shown[0], *pairs))
    return cells


def _signed(by: float | None, digits: int) -> str:
    sign = "+" if by is not None and round(by, digits) > 0 else ""
    return f"{sign}{number_text(by, digits=digits)}"


_DECISIONS = {"connect": "is connected", "later": "comes later", "by_hand": "stays by hand", "unknown": "is not known"}


def _moved(decisions: Mapping[str, Mapping[str, str]], labels: Mapping[str, str]) -> list[str]:
    """Return which handoffs a scenario decides otherwise."""
    base, *others = decisions.items()
    notes = []
    for name, own in others:
        moved = [f"{labels[one]} {_DECISIONS[to]}" for one, to in own.items() if one in labels and base[1].get(one) != to]
        notes += [f"{name}: {listed(moved)}."] if moved else []
    return notes
