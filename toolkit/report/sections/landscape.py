"""What is there: the systems, what each holds, and who carries what from one to another."""

from collections.abc import Mapping
from typing import Any

from toolkit.charts import landscape_map
from toolkit.report.blocks import Block, Chart, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.gaps import systems_read
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
    blocks.append(_systems(run))
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
    nodes, edges = landscape_tables(run.table("snapshot"), run.table("handoff"), labels=run.labels, notes=notes)
    inferred = run.table("handoff")["is_proposed"].to_pylist()
    title = "Handoffs that systems like these usually need; nobody has confirmed them yet" if any(inferred) else ""
    legend = " The number at an arrow is how many items go that way in a month." if notes else ""
    return [
        Paragraph((f"{_READING}{legend}",)),
        Chart(
            landscape_map.chart(nodes, edges, title=title),
            "Map of the systems and of the handoffs between them; the tables below say the same in words.",
        ),
    ]


def _carrier(row: Mapping[str, Any]) -> str:
    if row["is_proposed"]:
        return "not confirmed yet"
    return _CARRIERS.get(row["carrier"] or "", row["carrier"] or "not known yet")


def _systems(run: RunTables) -> Table:
    streams: dict[str, list[str]] = {}
    connectors: dict[str, str] = {}
    for row in run.table("snapshot").sort_by([("system", "ascending"), ("stream", "ascending")]).to_pylist():
        held = streams.setdefault(row["system"], [])
        # Not a list that the system keeps: names that appear inside its other records.
        if row["stream"] != "names":
            held.append(row["stream"].replace("_", " "))
        connectors[row["system"]] = row["connector"]
    kinds = category_labels()
    rows = tuple(
        (
            run.label(system),
            kinds.get(connectors[system], ""),
            ", ".join(names),
            shown_figure(run.figures, f"snapshot.records.{system}"),
        )
        for system, names in list(streams.items())[:_MAX_ROWS]
    )
    return Table(("System", "Kind", "What it holds", "Records"), rows, caption="Systems", row_count=len(streams))


SECTION = Section("What is there", 20, build)
