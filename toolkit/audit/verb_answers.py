"""The sentence and the small table that each verb answers with, from the tables of a run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.audit.run_gaps import labels_of, measured_gaps, read_gaps
from toolkit.audit.verb_result import EVIDENCE, UNKNOWN, VerbResult, evidence_text, number_text, share_text
from toolkit.report import counted_figures
from toolkit.report.gaps import input_words
from toolkit.report.judgements import held_back_sentences
from toolkit.store import Run
from toolkit.values.counted import counted

if TYPE_CHECKING:
    import pandas as pd

_SET = "recommended"
_MONEY = ("cost_now_per_month", "net_saving_per_month", "one_time_cost")

Rows = list[dict[str, Any]]


def frame_of(table: pa.Table) -> "pd.DataFrame":
    """Return a table as pandas keeps it, with Arrow-backed text."""
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.string(): pd.ArrowDtype(pa.string())}.get)
    return frame


def frame_rows(frame: "pd.DataFrame") -> Rows:
    """Return the rows of a frame, by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def quality_answer(run: Run, frame: "pd.DataFrame") -> VerbResult:
    """Return how many checks found something, and by system the worst of them; ``frame`` is CHECK, worst first."""
    labels = labels_of(run)
    by_system: defaultdict[str, Rows] = defaultdict(list)
    for row in frame_rows(frame):
        by_system[row["system"]].append(row)
    rows, total, found = [], 0, 0
    for system in sorted(by_system, key=lambda one: -sum(row["failing"] for row in by_system[one])):
        checks = by_system[system]
        failing = [row for row in checks if row["failing"]]
        total, found = total + len(checks), found + len(failing)
        worst = failing[0] if failing else None
        rows.append((
            labels.get(system, system),
            number_text(len(checks)),
            number_text(len(failing)),
            number_text(sum(row["failing"] for row in failing)),
            worst["label"] if worst else "nothing",
            share_text(worst["share"]) if worst else UNKNOWN,
        ))  # fmt: skip
    values = sum(int(row["failing"]) for checks in by_system.values() for row in checks)
    return VerbResult(
        f"{number_text(found)} of {counted(total, 'check')} in {counted(len(rows), 'system')} found something: "
        f"{counted(values, 'value')} to look at."
        if total
        else "There was nothing to check: no system has a record yet.",
        ("system", "checks", "found something", "values", "worst", "share"),
        tuple(rows),
        frame,
        gaps=read_gaps(run),
        next_step='results_table(here, "finding") has the records behind; then match_records(here), in 04_duplicates.',
    )


def match_answer(run: Run, frame: "pd.DataFrame") -> VerbResult:
    """Return duplicates, links and pairs for a person, by system; ``frame`` is PAIR with names."""
    labels, clusters, pairs = labels_of(run), run.table("cluster"), run.table("pair")
    figures = {row["figure_id"]: row for row in counted_figures({"cluster": clusters, "pair": pairs}).to_pylist()}
    members: defaultdict[str, set[str]] = defaultdict(set)
    with_list: set[str] = set()
    for key, cluster in zip(clusters["record_key"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True):
        system, stream = key.split("/", 2)[:2]
        members[cluster].add(system)
        with_list |= {system} if stream != "names" else set()
    elsewhere = Counter(system for systems in members.values() if len(systems) > 1 for system in systems)
    links = sum(len(systems) * (len(systems) - 1) // 2 for systems in members.values())
    waiting = _waiting_by_system(pairs)
    review = int((figures.get("match.review_count") or {}).get("value") or 0)
    rows = []
    for system in sorted({system for systems in members.values() for system in systems}):
        what = "duplicate" if system in with_list else "spelling"
        row = figures[f"match.{what}_count.{system}"]
        share = figures[f"match.{what}_share.{system}"]["value"]
        numbers = (number_text(row["n"]), number_text(row["value"]), share_text(share))
        rows.append((labels.get(system, system), *numbers, number_text(elsewhere[system]), number_text(waiting[system])))
    return VerbResult(
        _match_sentence(figures, with_list, len(rows), links),
        ("system", "records", "duplicates", "share", "also in another system", "pairs to review"),
        tuple(rows),
        frame,
        _names_note(
            [labels.get(system, system) for system in sorted(elsewhere.keys() | set(waiting)) if system not in with_list]
        ),
        gaps=read_gaps(run),
        next_step=f"decide the {counted(review, 'pair')} for review, then reconcile_systems(here), in 05_mismatches."
        if review
        else "reconcile_systems(here), in 05_mismatches.",
    )


def _match_sentence(figures: Mapping[str, Any], with_list: set[str], systems: int, links: int) -> str:
    if not systems:
        return "There was nothing to match: no system names a customer, supplier or other party yet."
    prefix = f"match.{'duplicate' if with_list else 'spelling'}_count."
    shown = {name: row for name, row in figures.items() if name.startswith(prefix)}
    where = sum(1 for row in shown.values() if row["value"])
    total = int(sum(row["value"] for row in shown.values()))
    what = "duplicate" if with_list else "further spelling of a name"
    several = "" if with_list else "further spellings of names"
    found = (
        f"{counted(total, what, several)} in {counted(where, 'system')}"
        if total
        else f"No {what} in {counted(systems, 'system')}"
    )
    review = int(figures["match.review_count"]["value"])
    verb = "wait" if review > 1 else "waits"
    linked = counted(links, "link") if links else "no link"
    return f"{found}; {linked} between systems; {counted(review, 'pair') if review else 'no pair'} {verb} for review."


def _waiting_by_system(pairs: pa.Table) -> Counter[str]:
    waiting: Counter[str] = Counter()
    columns = (pairs[name].to_pylist() for name in ("key_l", "key_r", "decision"))
    for key_l, key_r, decision in zip(*columns, strict=True):
        if decision == "review":
            waiting.update({key_l.partition("/")[0], key_r.partition("/")[0]})
    return waiting


def _names_note(without_list: Sequence[str]) -> tuple[str, ...]:
    if not without_list:
        return ()
    keep = "keeps" if len(without_list) == 1 else "keep"
    return (f"{', '.join(without_list)} {keep} no list of parties: there a duplicate is another spelling of one name.",)


def reconcile_answer(run: Run, frame: "pd.DataFrame") -> VerbResult:
    """Return how the fields of matched records agree, by pair of systems; ``frame`` is COMPARED_FIELD."""
    labels = labels_of(run)
    by_systems: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    worst: dict[tuple[str, str], tuple[float, str]] = {}
    for row in frame_rows(frame):
        place = (row["system_l"], row["system_r"])
        by_systems[place].update({"fields": 1, **{name: int(row[name]) for name in _COUNTS}})
        share = row["different"] / row["compared"] if row["compared"] else 0.0
        worst[place] = max(worst.get(place, (0.0, "")), (share, row["column"]))
    rows = [
        (
            f"{labels.get(left, left)} and {labels.get(right, right)}",
            *(number_text(one[name]) for name in ("fields", "compared", "equal", "formatting", "different")),
            number_text(one["missing_l"] + one["missing_r"]),
            f"{worst[left, right][1].replace('_', ' ')}, {share_text(worst[left, right][0])}"
            if one["different"]
            else "none",
        )
        for (left, right), one in sorted(by_systems.items(), key=lambda each: (-each[1]["different"], each[0]))
    ]
    different, compared = (sum(one[name] for one in by_systems.values()) for name in ("different", "compared"))
    return VerbResult(
        f"{counted(different, 'value')} of {number_text(compared)} differ between {counted(len(rows), 'pair')} of systems "
        f"({share_text(different / compared)})."
        if compared
        else "There was nothing to compare: no party is in two systems yet.",
        ("systems", "fields", "compared", "equal", "equal but for form", "different", "one side empty", "differs most"),
        tuple(rows),
        frame,
        gaps=read_gaps(run),
        next_step='results_table(here, "mismatch") has each value; then measure_handoffs(here), in 06_handoffs.',
    )


_COUNTS = ("compared", "equal", "formatting", "different", "missing_l", "missing_r")


def handoffs_answer(run: Run, frame: "pd.DataFrame") -> VerbResult:
    """Return what was measured of each handoff; ``frame`` is HANDOFF_MEASURE."""
    handoffs = run.table("handoff").to_pylist()
    measures = run.table("handoff_measure").to_pylist()
    values = {(row["handoff_id"], row["measure"]): row["value"] for row in measures}
    evidence = weakest_by_handoff(measures)
    rows = [
        (
            one["label"],
            number_text(values.get((one["handoff_id"], "volume_per_month"))),
            number_text(values.get((one["handoff_id"], "delay_days")), digits=1),
            share_text(values.get((one["handoff_id"], "error_share"))),
            share_text(values.get((one["handoff_id"], "missing_share"))),
            evidence_text(evidence.get(one["handoff_id"])),
        )
        for one in handoffs
    ]
    measured = sum(any(cell != UNKNOWN for cell in row[1:-1]) for row in rows)
    items = sum(values.get((one["handoff_id"], "volume_per_month")) or 0 for one in handoffs)
    return VerbResult(
        f"{measured} of {counted(len(rows), 'handoff')} could be measured: about {counted(round(items), 'item')} a month "
        "are carried by hand."
        if rows
        else "There is no handoff to measure yet: name them in engagement.yaml, or fill in the landscape workbook.",
        ("handoff", "items a month", "days late (mean)", "with an error", "never arrive", "evidence"),
        tuple(rows),
        frame,
        gaps=measured_gaps(run),
        next_step="estimate_roi(here), in 07_business_case."
        if rows
        else "write_landscape_workbook(here), in 01_landscape, asks the client for them.",
    )


def roi_answer(run: Run, frame: "pd.DataFrame") -> VerbResult:
    """Return cost, saving and payback of each handoff, then of all and of those that pay; ``frame`` is CASE."""
    labels = {row["handoff_id"]: row["label"] for row in run.table("handoff").to_pylist()}
    cases = run.table("case").to_pylist()
    values = {(row["handoff_id"], row["metric"]): row["value"] for row in cases}
    evidence = weakest_by_handoff([row for row in cases if row["metric"] in _MONEY])
    known = {place for place, value in values.items() if value is not None}
    sums = {"total": "all of them", "recommended": "what pays"}
    names = [one for one in (*labels, *sums) if any((one, metric) in known for metric in _MONEY)]
    rows = [
        (
            labels.get(one) or sums[one],
            *(number_text(values.get((one, metric))) for metric in _MONEY),
            number_text(values.get((one, "payback_months")), digits=1),
            number_text(values.get((one, "npv"))),
            evidence_text(evidence.get(one)),
        )
        for one in names
    ]
    currency = str(run.facts.get("currency") or "")
    is_sure = 1 in run.table("recommendation")["wave"].to_pylist()
    tables = {name: run.table(name).to_pylist() for name in ("handoff", "case")}
    missing = [
        f"{label}: still to be asked: {', '.join(words)}."
        for name, label in labels.items()
        if (words := lacking(tables, name))
    ]
    warned = [
        f"{labels.get(row['handoff_id'], 'Altogether')}: {row['warning']}" for row in run.table("case_warning").to_pylist()
    ]
    return VerbResult(
        _roi_sentence(values, known, currency, is_sure=is_sure),
        (
            "handoff",
            f"cost now, {currency} a month",
            f"saving, {currency} a month",
            f"one-time, {currency}",
            "months to pay back",
            f"value, {currency}",
            "evidence",
        ),
        tuple(rows),
        frame,
        (*uncounted(run), *missing, *warned),
        gaps=(*read_gaps(run), *_case_gaps(run, len(missing))),
        next_step="write_landscape_workbook(here), in 01_landscape, asks the client for what is missing."
        if missing
        else "render_report(here) writes the client's report; what is planned begins in 09_cleanup_job.",
    )


def _case_gaps(run: Run, lacking_count: int) -> list[str]:
    """Return in how far the sums do not hold every handoff."""
    held = len(uncounted(run))
    said = [f"{counted(lacking_count, 'handoff')} {'lacks' if lacking_count == 1 else 'lack'} something."]
    return [
        *(said if lacking_count else []),
        *([f"Something of {counted(held, 'handoff')} is held back."] if held else []),
    ]


def weakest_by_handoff(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the weakest evidence of what is known of each handoff: rows with ``handoff_id``, ``value`` and ``evidence``."""
    strength = {name: place for place, name in enumerate(EVIDENCE)}
    found: dict[str, str] = {}
    for row in rows:
        if row["value"] is not None and row["evidence"] in strength:
            one = row["handoff_id"]
            found[one] = max(found.get(one, row["evidence"]), row["evidence"], key=strength.__getitem__)
    return found


def uncounted(run: Run) -> list[str]:
    """Return the handoffs of which something is held back, so that no sum of money holds it."""
    held = held_back_sentences(run.table("handoff"), run.table("handoff_judgement"))
    return [f"{one} What rests on that is in no sum." for one in held]


def lacking(tables: Mapping[str, Rows], handoff_id: str) -> tuple[str, ...]:
    """Return what a handoff still lacks for its money, in a client's words.

    Parameters
    ----------
    tables
        Rows of HANDOFF and CASE by the tables' names.
    handoff_id
        The handoff.
    """
    words: list[str] = []
    for row in tables["handoff"]:
        words += (row["missing"] or ()) if row["handoff_id"] == handoff_id else ()
    for row in tables["case"]:
        if row["handoff_id"] == handoff_id and row["metric"] == "missing_inputs" and row["value"]:
            words += [input_words(name) for name in row["formula"].split(", ")]
    return tuple(dict.fromkeys(words))


def _roi_sentence(
    values: Mapping[tuple[str, str], Any], known: set[tuple[str, str]], currency: str, *, is_sure: bool
) -> str:
    def money(metric: str, of_whom: str = _SET) -> str:
        return f"{currency} {number_text(values[of_whom, metric])}".strip()

    if ("total", "cost_now_per_month") not in known:
        return "No handoff has a complete cost yet."
    said = f"The handoffs cost {money('cost_now_per_month', 'total')} a month now"
    if (_SET, "net_saving_per_month") in known:
        # What may lose in the low case is not said to pay.
        which = "what pays" if is_sure else "what pays in the middle case, though not in the low one,"
        said += f"; connecting {which} saves {money('net_saving_per_month')} a month"
        said += f" and costs {money('one_time_cost')} once"
    elif ("total", "net_saving_per_month") in known:
        said += "; no handoff pays for its connection"
    if (_SET, "payback_months") in known:
        said += f", which is back after {number_text(values[_SET, 'payback_months'], digits=1, unit='months')}"
    return f"{said}."
