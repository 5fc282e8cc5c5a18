"""The landscape in a notebook: its drawing, and the workbook that the client fills in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.audit import landscape
from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.listed_automations import listed_automations
from toolkit.audit.pull.questions import open_questions
from toolkit.audit.register import client_systems
from toolkit.audit.run_gaps import labels_of
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_result import VerbResult
from toolkit.charts import landscape_map
from toolkit.landscape.automations import drawn_links
from toolkit.report.landscape_tables import landscape_tables
from toolkit.values.counted import counted


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class WorkbookAnswer(VerbResult):
    """The workbook that was written: ``path`` is where, and the answer can be opened as that file."""

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self.files[0]

    def __fspath__(self) -> str:
        return str(self.path)


def draw_landscape(engagement: Engagement, *, title: str = "") -> Any:
    """Return the drawing of systems, people and handoffs; informal systems and those without a file stand on it too.

    Parameters
    ----------
    engagement
        With snapshots.
    title
        The chart's message; without, it says how much is carried by hand.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    """
    with cell_work() as told:
        run = run_stages(engagement, progress=told)
    links = drawn_links(listed_automations(engagement), {one.name for one in client_systems(engagement)})
    nodes, edges = landscape_tables(
        run.table("snapshot"),
        run.table("handoff"),
        described=run.facts.get("systems"),
        labels=labels_of(run),
        automations=links,
    )
    return landscape_map.chart(nodes, edges, title=title)


def write_landscape_workbook(engagement: Engagement, path: Path | str | None = None) -> WorkbookAnswer:
    """Write the workbook that the client fills in, with what is known of systems, handoffs and people.

    Parameters
    ----------
    engagement
        With settings or snapshots; handoffs that nobody confirmed stand in the workbook too.
    path
        Where to; ``reports/systems_and_handoffs.xlsx`` without.

    Raises
    ------
    InputError
        A workbook stands there that somebody has changed since it was written.
    """
    import pandas as pd

    written = landscape.write_landscape_workbook(engagement, None if path is None else Path(path))
    settings = engagement.settings
    asked = len(open_questions(settings.questions))
    held = {"systems": len(settings.systems), "handoffs": len(settings.handoffs), "people": len(settings.people)}
    rows = tuple((name, f"{count:,}") for name, count in {**held, "questions": asked}.items())
    return WorkbookAnswer(
        f"Written for the client: {written.name}, with what is known filled in.",
        ("sheet", "filled in"),
        rows,
        pd.DataFrame(rows, columns=["sheet", "filled_in"]),
        gaps=(f"{counted(asked, 'question')} still to be answered.",) if asked else (),
        next_step='when it comes back: answers = read_landscape_workbook(here, "…"), then apply_landscape_answers(here, '
        "answers).",
        files=(written,),
    )
