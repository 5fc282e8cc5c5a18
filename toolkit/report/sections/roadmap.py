"""The roadmap: what comes first and when, what must hold before it is live, and what stays by hand and why."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.charts import gantt, landscape_map
from toolkit.report.blocks import Block, Bullets, Chart, Heading, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.free_text import masked_free_text
from toolkit.report.gaps import input_words
from toolkit.report.landscape_tables import landscape_tables
from toolkit.report.masking import short_person_name
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure
from toolkit.values.counted import counted, listed
from toolkit.values.written import day_text, sentence_text

_MAX_ROWS = 15
_NOTHING = (
    "There is no roadmap yet: no handoff is known. Name those that matter in the systems-and-handoffs workbook, and this "
    "page says what comes first."
)
_STAGES = {1: "First, alone: what is learned from it goes into the next", 2: "Then: pays even in the low case"}
_LAST = "Then, if you decide so once the others run: pays in the middle case"
_STATES = {"wait": "for later", "manual": "by hand", "unknown": "not known yet"}
_COMMAND = re.compile(r"[:;] integration-audit .*$")


def build(run: RunTables) -> tuple[Block, ...]:
    """Return what is connected in which order and when, the map then, the gates, what is not connected, what is asked."""
    rows = run.table("roadmap").to_pylist()
    if not rows:
        return (Note((_NOTHING,)),)
    done = sorted((row for row in rows if row["place"]), key=lambda row: row["place"])
    return (
        Paragraph(_message(run, rows, done)),
        *(_plan(run, done) if done else ()),
        *_not_done(run, rows),
        *(_after(run, done) if done else ()),
        *_gates(done),
        *(_asked(run, done) if done else ()),
    )


def _message(run: RunTables, rows: Sequence[Mapping[str, Any]], done: Sequence[Mapping[str, Any]]) -> tuple[Inline, ...]:
    if not done and all(row["state"] == "unknown" for row in rows):
        return (f"Nothing can be planned yet: of {counted(len(rows), 'handoff')} it is not known what connecting is worth.",)
    if not done:
        return (f"None of {counted(len(rows), 'handoff')} is to be connected for now; the reasons stand below.",)
    last = max((row["live_on"] for row in done if row["live_on"]), default=None)
    when: tuple[Inline, ...] = (
        (f"the last one is live on {day_text(last)}",)
        if last
        else ("the last one is live ", shown_figure(run.figures, "roadmap.weeks.total"), " after the first day")
    )
    many = len(done) > 1
    what = f"{len(done)} of {counted(len(rows), 'handoff')}{', one after the other' if many else ''}"
    return (
        f"We would connect {what}. That costs about ",
        shown_figure(run.figures, "roadmap.cost.total"),
        " once and ",
        shown_figure(run.figures, "roadmap.person_days.total"),
        " of building, and saves about ",
        shown_figure(run.figures, "roadmap.saving_per_month.total"),
        f" when {'all of it' if many else 'it'} runs; it is worth about ",
        shown_figure(run.figures, "roadmap.npv.total"),
        " beyond its cost, and ",
        *when,
        ". Sums of medians come near those of the business case, and need not equal them.",
    )


def _plan(run: RunTables, done: Sequence[Mapping[str, Any]]) -> list[Block]:
    rows: list[tuple[Inline, ...]] = []
    stage = 0
    for row in done[:_MAX_ROWS]:
        if row["stage"] != stage:
            stage = row["stage"]
            rows.append((_STAGES.get(stage, _LAST),))
        name = row["handoff_id"]
        rows.append(
            (
                f"{row['place']}. {row['label']}",
                short_person_name(row["owner"]) if row["owner"] else "not named yet",
                day_text(row["live_on"], is_short=True) if row["live_on"] else f"week {row['weeks_to_live']:.0f}",
                shown_figure(run.figures, f"roi.one_time_cost.{name}"),
                shown_figure(run.figures, f"roi.net_saving_per_month.{name}"),
                shown_figure(run.figures, f"roi.npv.{name}"),
            )
        )
    head = ("Handoff", "Responsible", "Live", "Costs once", "Saves", "Worth")
    many = "handoffs that are connected, what each costs and brings, and who answers for it"
    return [
        Chart(
            gantt.drawn(run.table("roadmap")), "When each handoff is built, runs side by side with today's way, and is live."
        ),
        Table(head, tuple(rows), caption=f"The {many}" if len(done) > 1 else "What is connected"),
    ]


def _not_done(run: RunTables, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return every handoff that is not connected, with the reason: none is hidden."""
    labels = run.handoff_labels()
    names = re.compile(rf"\b({'|'.join(re.escape(one) for one in sorted(labels, key=len, reverse=True))})\b")

    def told(row: Mapping[str, Any]) -> str:
        said = names.sub(lambda found: f"“{labels[found[1]]}”", row["reason"])
        lacking = [one.split(":", 1)[0] for one in row["asked"] or ()] if row["state"] == "unknown" else []
        missing = f" Missing: {listed(lacking)}." if lacking else ""
        return f"{_STATES[row['state']]}. {masked_free_text(sentence_text(said))}{missing}"

    together: dict[str, list[str]] = {}
    for row in rows:
        if not row["place"]:
            together.setdefault(told(row), []).append(row["label"])
    if not together:
        return [Note(("No handoff stays by hand.",))]
    items = tuple((f"{'; '.join(whose)}: {words}",) for words, whose in together.items())
    return [Heading("What is not connected, and why"), Bullets(items)]


def _after(run: RunTables, done: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return the map of the systems once all of it runs."""
    nodes, edges = landscape_tables(
        run.table("snapshot"),
        run.table("handoff"),
        described=run.systems,
        labels=run.labels,
        connected={row["handoff_id"] for row in done},
    )
    count = run.table("handoff").num_rows
    title = f"Then {len(done)} of {counted(count, 'handoff')} run without anybody’s hands"
    words = "Map of the systems once the roadmap is done: connected handoffs run from system to system, the others stay."
    return [Heading("How it looks then"), Chart(landscape_map.drawn(nodes, edges, title=title), words)]


def _gates(done: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return what must hold before anything goes live, each condition once with what it is about."""
    data: dict[str, dict[str, None]] = {}
    others: dict[str, list[str]] = {}
    for row in done:
        for gate in row["gates"]:
            state, _, words = gate.partition(": ")
            said = _COMMAND.sub("", words).strip()
            of, _, limits = said.partition(" data: ")
            if limits:
                data.setdefault(limits, {})[of] = None
            else:
                text = f"{said[:1].upper()}{said[1:]}{' (holds)' if state == 'holds' else ''}"
                others.setdefault(text, []).append(f"{row['place']}")
    if not data and not others:
        return []
    items = [f"The records that it touches ({listed([*of])}): {limits}." for limits, of in data.items()]
    items += [f"{text}{'' if len(places) == len(done) else f' (no. {listed(places)})'}." for text, places in others.items()]
    lead = "A date is a plan; what does not hold yet moves it. Before a handoff goes live:"
    return [Heading("What must hold first"), Paragraph((lead,)), Bullets(tuple((one,) for one in items))]


def _asked(run: RunTables, done: Sequence[Mapping[str, Any]]) -> list[Block]:
    totals = {row["name"]: row["value"] for row in run.table("roadmap_total").to_pylist()}
    asked: list[str] = []
    if not done[0]["starts_on"]:
        asked.append("On which day can the first project begin? Until then the plan counts weeks.")
    if totals.get("budget") is None:
        asked.append("How much may be spent once? Without a budget money leaves nothing out.")
    if totals.get("days") is None:
        asked.append("How many days of building are there, in how many quarters? Without that, days leave nothing out.")
    nobody = [row["label"] for row in done if not row["owner"]]
    if nobody:
        asked.append(f"Who is responsible for {listed([f'“{one}”' for one in nobody])}?")
    project = {row["handoff_id"]: row for row in run.table("project").to_pylist()}
    names = [row["handoff_id"] for row in done]
    assumed = {one for name in names for one in (project.get(name, {}).get("assumed") or ()) if one in _DECIDE}
    if assumed:
        words = listed([input_words(one) for one in sorted(assumed)])
        asked.append(f"The dates rest on assumptions of ours: please confirm {words}.")
    return [Heading("What we ask about the roadmap"), Bullets(tuple((one,) for one in asked))] if asked else []


_DECIDE = {"build_days", "parallel_run_weeks"}

SECTION = Section("The roadmap", 63, build)
