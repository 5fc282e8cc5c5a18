"""The verb ``rank_handoffs``: every way to say what comes first, side by side, and the usual first three held against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.held_patterns import held_patterns
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.errors import UnknownNameError
from toolkit.landscape.first_candidates import FirstCandidate, first_candidates
from toolkit.roi.cash_flow import cd3
from toolkit.scoping.priority import TOP, Factors, Impact, money_ranking, priority_index, rice, wsjf
from toolkit.store import Run
from toolkit.tables import RANKING

_DAYS_PER_MONTH = 260 / 12
_DAYS_PER_WEEK = 5
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RankingAnswer(VerbResult):
    """Rankings to be read: ``table`` is schema RANKING, ``usual`` the usual first three and what the data says of them."""

    table: pa.Table = field(kw_only=True)
    usual: tuple[FirstCandidate, ...] = ()


def rank_handoffs(
    engagement: Engagement,
    *,
    weights: Sequence[float] = (1 / 3, 1 / 3, 1 / 3),
    rice_points: Mapping[str, tuple[float, float]] | None = None,
    wsjf_points: Mapping[str, tuple[float, float, float, float]] | None = None,
    progress: Progress | None = None,
) -> RankingAnswer:
    """Return which handoff comes first by money, index, cd3 and, where points are given, RICE and WSJF; ``frame``: RANKING.

    Parameters
    ----------
    engagement
        With snapshots.
    weights
        Of volume, error rate and delay in the index; they add up to 1.
    rice_points
        Impact and confidence (0 to 1) by handoff. Reach is its items a month, effort its months of building.
    wsjf_points
        Business value, time criticality, risk or opportunity, and job size by handoff, all in the client's points.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        A weight or a point is not one.
    UnknownNameError
        Points are given for a handoff that there is not.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "roi", told)
    table = ranking_table(run, weights, rice_points or {}, wsjf_points or {})
    ranks = {row["handoff_id"]: row["money_rank"] for row in table.to_pylist() if row["money_rank"] is not None}
    return _answer(run, table, first_candidates(held_patterns(engagement), ranks))


def ranking_table(
    run: Run,
    weights: Sequence[float],
    rice_points: Mapping[str, tuple[float, float]],
    wsjf_points: Mapping[str, tuple[float, float, float, float]],
) -> pa.Table:
    """Return RANKING of a run, the dearest handoff first.

    Parameters
    ----------
    run
        With HANDOFF, PROJECT, COST_INPUT and COST_LINE.
    weights, rice_points, wsjf_points
        As `rank_handoffs` takes them.
    """
    labels = {row["handoff_id"]: row["label"] for row in run.table("handoff").to_pylist()}
    for name in (*rice_points, *wsjf_points):
        if name not in labels:
            raise UnknownNameError("handoff to give points to", name, labels)
    projects = {row["handoff_id"]: row for row in run.table("project").to_pylist()}
    costs = {(row["handoff_id"], row["name"]): row["value"] for row in run.table("cost_input").to_pylist()}
    delays = {row["handoff_id"]: row["now_likely"] for row in run.table("cost_line").to_pylist() if row["line"] == "delay"}
    volumes = {name: costs.get((name, "volume_per_month")) for name in labels}
    money = money_ranking([_impact(name, projects.get(name, {})) for name in labels])
    index = priority_index(
        [Factors(name, volumes[name], costs.get((name, "error_rate")), delays.get(name)) for name in labels], weights=weights
    )
    rows = []
    for name, label in labels.items():
        own = projects.get(name, {})
        months = _months(own)
        points = rice_points.get(name)
        reach = volumes[name]
        rows.append(
            {
                "handoff_id": name,
                "label": label,
                "money_rank": _place(name, money.order),
                "cost_now_per_month": own.get("cost_now_per_month"),
                "top_share": own.get("top_share"),
                "index": index.scores[name],
                "index_rank": _place(name, index.ranking.order),
                "cd3": cd3(own["saving_per_month"], months) if months and own.get("saving_per_month") is not None else None,
                "rice": rice(reach, *points, months) if points and months and reach is not None else None,
                "wsjf": wsjf(*wsjf_points[name]) if name in wsjf_points else None,
                "lacking": list(own.get("lacking") or ()),
            }
        )
    by_cd3 = sorted((row for row in rows if row["cd3"] is not None), key=lambda row: (-row["cd3"], row["handoff_id"]))
    for place, row in enumerate(by_cd3, start=1):
        row["cd3_rank"] = place
    rows.sort(key=lambda row: (row["money_rank"] is None, row["money_rank"] or 0, row["handoff_id"]))
    return RANKING.from_rows(rows)


def _impact(name: str, own: Row) -> Impact:
    return Impact(name, own.get("cost_now_per_month"), own.get("build_days"))


def _months(own: Row) -> float | None:
    days, weeks = own.get("build_days"), own.get("parallel_weeks")
    return None if days is None or weeks is None else (days + weeks * _DAYS_PER_WEEK) / _DAYS_PER_MONTH


def _place(name: str, order: Sequence[str]) -> int | None:
    return order.index(name) + 1 if name in order else None


def _answer(run: Run, table: pa.Table, usual: tuple[FirstCandidate, ...]) -> RankingAnswer:
    rows = table.to_pylist()
    currency = str(run.facts.get("currency") or "")
    first = rows[0]["label"] if rows and rows[0]["money_rank"] else None
    unlike = [one for one in usual if one.best_rank is not None and one.best_rank > TOP]
    said = f"By what it costs {first} comes first" if first else "What comes first is not known: no cost is"
    held = f"; of the usual first three the data ranks {len(unlike)} lower" if unlike else ""
    notes = [f"Usual first: {one.kind}: {one.said}." for one in usual]
    return RankingAnswer(
        f"{said}{held}.",
        (
            "handoff",
            "by money",
            f"cost now, {currency} a month",
            "index",
            "by index",
            f"cd3, {currency}",
            "by cd3",
            "RICE",
            "WSJF",
        ),
        tuple(_cells(row) for row in rows),
        frame_of(table),
        tuple(notes),
        gaps=measured_gaps(run),
        next_step="plan_roadmap(here) orders what is connected, with budget, needs and dates.",
        table=table,
        usual=usual,
    )


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row["label"],
        number_text(row["money_rank"]),
        number_text(row["cost_now_per_month"]),
        number_text(row["index"], digits=1),
        number_text(row["index_rank"]),
        number_text(row["cd3"]),
        number_text(row.get("cd3_rank")),
        number_text(row["rice"], digits=1),
        number_text(row["wsjf"], digits=1),
    )
