"""A client audited in this process, as the command does it: pull, then every stage; what is written on paper is left out."""

from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import pyarrow as pa

from benchmarks.clients.client import Client

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit says: rows of its tables by name, why it is not complete, and its CPU seconds."""

    tables: dict[str, Rows]
    missing: tuple[str, ...]
    cpu_s: float

    def figures(self) -> dict[str, dict[str, Any]]:
        """Return every figure by its id."""
        return {row["figure_id"]: row for row in self.tables["figure"]}


_READ = ("figure", "handoff_measure", "counterpart", "handoff", "case", "cost_line", "check", "finding", "intake")
_JUDGEMENT = "handoff_judgement"


def audited(client: Client, folder: Path) -> Audited:
    """Write a client into an empty folder and audit it."""
    client.write(folder)
    return audited_folder(folder)


def audited_folder(folder: Path) -> Audited:
    """Audit a folder that holds exports and settings."""
    from contextlib import closing

    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.pull.snapshots import pull_snapshots
    from toolkit.audit.runs import run_stages
    from toolkit.audit.stages.handoffs import unmeasured_handoffs

    began = process_time()
    with closing(open_engagement(folder)) as engagement:
        pull_snapshots(engagement)
    with closing(open_engagement(folder)) as engagement:
        run = run_stages(engagement)
        tables = run.tables()
        missing = (*run.facts["reasons"], *unmeasured_handoffs(engagement))
        kept = {name: _rows(tables[name]) for name in (*_READ, _JUDGEMENT) if name in tables}
    return Audited(kept, tuple(missing), process_time() - began)


def _rows(table: pa.Table) -> Rows:
    found: Rows = table.to_pylist()
    return found
