"""What a stage is: a function from tables to tables, and all that it reads, so that it runs again only when that changed.

A stage gets no more than it names: who reads what is not declared finds nothing there, and the first test says so. So a
result can never rest on something that its key does not hold.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import RECORD_TABLES, Records
from toolkit.settings import Settings
from toolkit.store import Run
from toolkit.version import __version__

_CLOCK = ("as_of", "time_zone")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage.

    Attributes
    ----------
    name, label
        Its name, and what a person reads while it works.
    tables
        Results tables that it writes.
    work
        What does it: an engagement, the run and the records in, the tables out.
    reads
        Results tables of stages before it.
    records
        What of `Records` it reads.
    settings
        Top-level keys of ``engagement.yaml``; ``as_of`` is the day that "today" means.
    has_decisions
        Whether decisions of persons count.
    has_memory
        Whether it goes on from its last time: then only that is taken over, never what an older run found.
    facts
        What it says of itself in ``run.json``.
    """

    name: str
    label: str
    tables: tuple[str, ...]
    work: Callable[[Engagement, Run, Records], Mapping[str, pa.Table]]
    reads: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    has_decisions: bool = False
    has_memory: bool = False
    facts: tuple[str, ...] = ()


def stage_key(stage: Stage, engagement: Engagement, run: Run) -> str:
    """Return a hash over all that a stage's tables depend on: equal keys, equal tables."""
    snapshots = engagement.store.snapshots().to_pylist()
    entities = [RECORD_TABLES[name] for name in stage.records]
    settings = engagement.settings.model_dump(mode="json", include={*stage.settings} - {"as_of"})
    content = {
        "version": __version__,
        "stage": stage.name,
        "streams": [[row[name] for name in ("system", "stream", "entity", "connector")] for row in snapshots],
        "records": [
            [row["system"], row["stream"], row["sha256"]]
            for row in snapshots
            if any(one is None or row["entity"] in one for one in entities)
        ],
        "tables": {name: run.facts["tables"].get(name) for name in stage.reads},
        "settings": settings,
        "as_of": str(engagement.as_of()) if "as_of" in stage.settings else None,
        "decisions": engagement.store.decisions().drop_columns(["decided_at"]).to_pylist() if stage.has_decisions else None,
        "refit": run.facts.get("refit") if stage.has_decisions else None,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def stage_tables(stage: Stage, engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of a stage, which sees no more than it says it reads.

    Raises
    ------
    ValueError
        The stage reads what it does not name.
    """
    allowed = {*stage.settings, *(_CLOCK if "as_of" in stage.settings else ())}
    settings = cast("Settings", _Narrowed(engagement.settings, allowed, stage.name))
    seen = replace(engagement, loaded=replace(engagement.loaded, settings=settings))
    narrow = cast("Records", _Narrowed(records, {*stage.records}, stage.name))
    return stage.work(seen, _NarrowRun(run.run_id, run.folder, run.facts, frozenset(stage.reads), stage.name), narrow)


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """Something of which only some attributes may be read."""

    whole: object
    allowed: set[str]
    stage: str

    def __getattr__(self, name: str) -> Any:
        if name not in self.allowed:
            raise ValueError(f"Stage {self.stage} reads {name!r} of {type(self.whole).__name__} and does not say so.")
        return getattr(self.whole, name)


@dataclass(frozen=True, slots=True)
class _NarrowRun(Run):
    """A run of which only some tables may be read."""

    allowed: frozenset[str] = field(default=frozenset())
    stage: str = ""

    def table(self, name: str) -> pa.Table:
        if name not in self.allowed:
            raise ValueError(f"Stage {self.stage} reads table {name!r} and does not say so.")
        return Run.table(self, name)

    def tables(self) -> dict[str, pa.Table]:
        return {name: Run.table(self, name) for name in self.allowed}
