"""What is there: the systems, what each holds, and who carries what from one to another."""

from toolkit.charts import landscape_map
from toolkit.report.blocks import Block, Chart, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.landscape_tables import landscape_tables
from toolkit.report.masking import short_person_name
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure

_MAX_ROWS = 15
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
    nodes, edges = landscape_tables(run.table("snapshot"), run.table("handoff"))
    chart = landscape_map.chart(nodes, edges)
    blocks: list[Block] = [
        Paragraph(
            (
                (
                    "Every box is a system, a sheet or a person; every arrow is data on its way from one to the other. "
                    "What passes through a person is carried by hand."
                ),
            )
        ),
        Chart(chart, "Map of the systems and of the handoffs between them; the tables below say the same in words."),
        _systems(run),
    ]
    handoffs = run.table("handoff").to_pylist()
    if handoffs:
        blocks.append(
            Table(
                ("Handoff", "From", "To", "Who", "How"),
                tuple(
                    (
                        row["label"],
                        f"{row['system_l']} {row['stream_l']}",
                        f"{row['system_r']} {row['stream_r']}",
                        short_person_name(row["by"]) or "not known yet",
                        _CARRIERS.get(row["carrier"] or "", row["carrier"] or "not known yet"),
                    )
                    for row in handoffs[:_MAX_ROWS]
                ),
                caption="Handoffs",
                row_count=len(handoffs),
            )
        )
    proposed = sum(row["is_proposed"] for row in handoffs)
    if proposed:
        blocks.append(Note(("Some of these handoffs we inferred from the kinds of records we found. Please confirm them.",)))
    return tuple(blocks)


def _systems(run: RunTables) -> Table:
    streams: dict[str, list[str]] = {}
    connectors: dict[str, str] = {}
    for row in run.table("snapshot").sort_by([("system", "ascending"), ("stream", "ascending")]).to_pylist():
        streams.setdefault(row["system"], []).append(row["stream"])
        connectors[row["system"]] = row["connector"]
    rows = tuple(
        (system, connectors[system], ", ".join(names), shown_figure(run.figures, f"snapshot.records.{system}"))
        for system, names in list(streams.items())[:_MAX_ROWS]
    )
    return Table(("System", "Product", "What it holds", "Records"), rows, caption="Systems", row_count=len(streams))


SECTION = Section("What is there", 20, build)
