"""What is there: the systems, what each holds, and who carries what from one to another."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.charts import entity_matrix, landscape_map
from toolkit.landscape.entry_points import Kept, entry_points
from toolkit.landscape.systems import CATEGORIES, System
from toolkit.report.blocks import Block, Chart, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.entity_places import RECORD_WORDS, entity_places
from toolkit.report.gaps import systems_read
from toolkit.report.landscape_gaps import described_systems, landscape_sentences
from toolkit.report.landscape_tables import landscape_tables
from toolkit.report.masking import short_person_name
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure
from toolkit.report.systems import category_labels
from toolkit.values.named_people import named_people

_MAX_ROWS = 15
_READING = (
    "Every box is a system, a sheet or a person; every arrow is data on its way from one to the other. What passes through "
    "a person is carried by hand."
)
_READING_LARGE = (
    "Every box is a system or a sheet; every arrow is data on its way from one to the other. On a map of so many, people "
    "are left out; the table names them."
)
_KEPT = (
    "So many systems a change of an address has to be typed into. Where nobody has told how records come to a system, the "
    "larger number holds if people type them there too."
)
_CARRIERS = {
    "copy": "copied by hand",
    "reentry": "typed in again",
    "email": "sent by e-mail",
    "report_update": "a report is updated",
    "sheet": "through a sheet",
    "file": "a file is exported and imported",
}


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the map, the systems with what they hold, and the handoffs with who does them."""
    handoffs = run.table("handoff").to_pylist()
    blocks: list[Block] = _map(run) if handoffs or len(systems_read(run)) != 1 else []
    blocks += [_systems(run), *_kept_in_several(run), *_gaps(run)]
    if handoffs:
        blocks.append(
            Table(
                ("Handoff", "From", "To", "Who", "How", "Items"),
                tuple(
                    (
                        row["label"],
                        f"{run.label(row['system_l'])} {row['stream_l'].replace('_', ' ')}",
                        f"{run.label(row['system_r'])} {row['stream_r'].replace('_', ' ')}",
                        ", ".join(short_person_name(name) for name in named_people(row["by"] or "")) or "not known yet",
                        _carrier(row),
                        shown_figure(run.figures, f"reconcile.volume.{row['handoff_id']}"),
                    )
                    for row in handoffs[:_MAX_ROWS]
                ),
                caption="Handoffs",
                row_count=len(handoffs),
            )
        )
    proposed = sum(row["is_proposed"] for row in handoffs)
    if proposed:
        blocks.append(
            Note(
                ("These handoffs we inferred from the kinds of records that we found. Please confirm them.",)
                if proposed == len(handoffs)
                else ("Some of these handoffs we inferred from the kinds of records that we found. Please confirm them.",)
            )
        )
    return tuple(blocks)


def _map(run: RunTables) -> list[Block]:
    volumes = {name: shown_figure(run.figures, f"reconcile.volume.{name}") for name in run.handoff_labels()}
    notes = {name: shown.text.removesuffix(" a month") for name, shown in volumes.items() if shown.is_known}
    nodes, edges = landscape_tables(
        run.table("snapshot"), run.table("handoff"), described=run.systems, labels=run.labels, notes=notes
    )
    is_large = any(run.table("handoff")["by"].to_pylist()) and "person" not in nodes["kind"].to_pylist()
    inferred = run.table("handoff")["is_proposed"].to_pylist()
    title = "Handoffs that systems like these usually need; nobody has confirmed them yet" if any(inferred) else ""
    legend = " The number at an arrow is how many items go that way in a month." if notes else ""
    return [
        Paragraph((f"{_READING_LARGE if is_large else _READING}{legend}",)),
        Chart(
            landscape_map.drawn(nodes, edges, title=title),
            "Map of the systems and of the handoffs between them; the tables below say the same in words.",
        ),
    ]


def _carrier(row: Mapping[str, Any]) -> str:
    if row["is_proposed"]:
        return "not confirmed yet"
    return _CARRIERS.get(row["carrier"] or "", row["carrier"] or "not known yet")


def _systems(run: RunTables) -> Table:
    """Return the systems with what they hold, with their sum; those without a file too, and which are informal."""
    streams: dict[str, list[str]] = {}
    for row in run.table("snapshot").sort_by([("system", "ascending"), ("stream", "ascending")]).to_pylist():
        held = streams.setdefault(row["system"], [])
        # Not a list that the system keeps: names that appear inside its other records.
        if row["stream"] != "names":
            held.append(row["stream"].replace("_", " "))
    kinds, found = category_labels(), _described(run)
    rows: list[tuple[Inline, ...]] = [
        (
            run.label(one.name),
            _kind(one, kinds),
            ", ".join(streams[one.name]) if one.name in streams else "no file was sent",
            shown_figure(run.figures, f"snapshot.records.{one.name}") if one.name in streams else "",
        )
        for one in found[:_MAX_ROWS]
    ]
    if len(found) > 1:
        rows.append(("All systems", "", "", shown_figure(run.figures, "snapshot.records")))
    count = len(found) + (len(found) > 1)
    return Table(("System", "Kind", "What it holds", "Records"), tuple(rows), caption="Systems", row_count=count)


def _kept_in_several(run: RunTables) -> list[Block]:
    """Return which records several systems keep, and at how many of them people enter the same."""
    found = entry_points(run.table("snapshot").to_pylist(), run.table("handoff").to_pylist())
    if not found:
        return []

    def named(kept: Iterable[Kept]) -> str:
        return ", ".join(run.label(one.system) for one in kept)

    rows = tuple(
        (
            RECORD_WORDS.get(one.entity, one.entity.replace("_", " ")).capitalize(),
            named(one.at("begins")),
            named(one.at("entered")),
            named(one.at("file")),
            named(one.at("proposed", "unknown")),
            f"{one.least}" if one.least == one.most else f"{one.least} to {one.most}",
        )
        for one in found[:_MAX_ROWS]
    )
    head = ("Records", "Begin in", "Typed in again in", "Come as a file to", "Not told how they come to", "Typed in at")
    grid = Chart(
        entity_matrix.drawn(entity_places(run)),
        "Which system keeps which kind of record, how it comes there and how many there are; the table says the same.",
    )
    return [grid, Table(head, rows, caption="Records that several systems keep", row_count=len(found)), Note((_KEPT,))]


def _described(run: RunTables) -> list[System]:
    snapshot = run.table("snapshot")
    read = dict(zip(snapshot["system"].to_pylist(), snapshot["connector"].to_pylist(), strict=True))
    return described_systems(run.systems, read)


def _kind(system: System, kinds: Mapping[str, str]) -> str:
    """Return what kind of system it is, in a client's words; that it is informal, where somebody says so."""
    kind = kinds.get(system.connector, "")
    if not kind or system.connector == "table":
        kind = CATEGORIES.get(system.category, kind).lower() if system.category not in {"", "sheet"} else kind
    return f"{kind}, informal".removeprefix(", ") if system.is_informal and system.connector != "table" else kind


def _gaps(run: RunTables) -> list[Block]:
    """Return what is not known of the systems, where somebody described any, and which do the same work."""
    lines = landscape_sentences(_described(run), run.label) if run.systems else []
    return [Note((line,)) for line in lines]


SECTION = Section("What is there", 20, build)
