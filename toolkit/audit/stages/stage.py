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
from toolkit.settings import HANDOFF_FACTS, Settings
from toolkit.store import Run
from toolkit.tables import RESULTS
from toolkit.version import __version__

_CLOCK = ("as_of", "time_zone")
_SIDES = "handoff_sides"


@dataclass(frozen=True, slots=True)
class StageRun(Run):
    """The run that a stage works for, of which it sees the tables that it names; ``before`` is the last run that had it."""

    allowed: frozenset[str] = field(default=frozenset())
    stage: str = ""
    before: Run | None = None

    def table(self, name: str) -> pa.Table:
        """Return a table of the run, if the stage says that it reads it."""
        if name not in self.allowed:
            raise ValueError(f"Stage {self.stage} reads table {name!r} and does not say so.")
        return Run.table(self, name)

    def tables(self) -> dict[str, pa.Table]:
        """Return every table that the stage says it reads."""
        return {name: Run.table(self, name) for name in self.allowed}


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
        Top-level keys of ``engagement.yaml``; ``as_of`` is the day that "today" means, ``handoff_sides`` the handoffs
        without what they cost.
    has_decisions
        Whether decisions of persons count.
    rulings
        Persons' words on findings that count: their subjects.
    has_memory
        Whether it goes on from its last time: then only that is taken over, never what an older run found.
    facts
        What it says of itself in ``run.json``.
    """

    name: str
    label: str
    tables: tuple[str, ...]
    work: Callable[[Engagement, StageRun, Records], Mapping[str, pa.Table]]
    reads: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    has_decisions: bool = False
    rulings: tuple[str, ...] = ()
    has_memory: bool = False
    facts: tuple[str, ...] = ()


def stage_key(stage: Stage, engagement: Engagement, run: Run) -> str:
    """Return a key over all that a stage's tables depend on: equal keys, equal tables. It begins with `basis_key`.

    Parameters
    ----------
    stage
        What it says that it reads decides what counts.
    engagement
        For the snapshots, the settings and, where it reads them, the decisions.
    run
        The run in progress: its facts hold the hash of each table that was written before.
    """
    said = engagement.store.rulings(stage.rulings).drop_columns(["decided_at"]) if stage.rulings else None
    content = {
        "tables": {name: run.facts["tables"].get(name) for name in stage.reads},
        "unmeasured": run.facts.get("unmeasured") if "handoffs" in stage.settings else None,
        "decisions": engagement.store.decisions().drop_columns(["decided_at"]).to_pylist() if stage.has_decisions else None,
        "rulings": said.to_pylist() if said is not None else None,
        "refit": run.facts.get("refit") if stage.has_decisions else None,
    }
    return f"{basis_key(stage, engagement)}.{_hash(content)}"


def basis_key(stage: Stage, engagement: Engagement) -> str:
    """Return a hash over the records, settings and version that a stage rests on: all but what persons decided.

    Parameters
    ----------
    stage
        What it says that it reads decides what counts.
    engagement
        For the snapshots and the settings.
    """
    snapshots = engagement.store.snapshots().to_pylist()
    entities = [RECORD_TABLES[name] for name in stage.records]
    settings = engagement.settings.model_dump(mode="json", include={*stage.settings} - {"as_of", _SIDES})
    if _SIDES in stage.settings:
        handoffs = engagement.settings.handoffs
        settings[_SIDES] = {name: one.model_dump(mode="json", include=set(HANDOFF_FACTS)) for name, one in handoffs.items()}
    return _hash(
        {
            "version": __version__,
            "stage": stage.name,
            "columns": {name: RESULTS[name].arrow.names for name in stage.tables},
            "streams": [[row[name] for name in ("system", "stream", "entity", "connector")] for row in snapshots],
            "records": [
                [row["system"], row["stream"], row["sha256"]]
                for row in snapshots
                if any(one is None or row["entity"] in one for one in entities)
            ],
            "settings": settings,
            "as_of": str(engagement.as_of()) if "as_of" in stage.settings else None,
        }
    )


def _hash(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def stage_tables(
    stage: Stage, engagement: Engagement, run: Run, records: Records, before: Run | None = None
) -> Mapping[str, pa.Table]:
    """Return the tables of a stage, which sees no more than it says it reads.

    Parameters
    ----------
    stage
        The stage.
    engagement, run, records
        What it works on.
    before
        The last run that had it, of which it may take over what did not change.

    Raises
    ------
    ValueError
        The stage reads what it does not name.
    """
    allowed = {*stage.settings, *(_CLOCK if "as_of" in stage.settings else ())}
    allowed |= {"handoffs"} if _SIDES in stage.settings else set()
    settings = cast("Settings", _Narrowed(engagement.settings, allowed, stage.name))
    seen = replace(engagement, loaded=replace(engagement.loaded, settings=settings))
    narrow = cast("Records", _Narrowed(records, {*stage.records}, stage.name))
    own = StageRun(run.run_id, run.folder, run.facts, frozenset(stage.reads), stage.name, before)
    return stage.work(seen, own, narrow)


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
