"""Stage: what the data looks like, and what is wrong with it.

No check looks beyond the system it checks, so only systems that changed are checked again.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage, StageRun
from toolkit.quality import Quality, checked_records, joined
from toolkit.version import __version__

_FACTS = "checked_systems"


def results(engagement: Engagement, run: StageRun, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: country, currency and day, all records, lines and rows as written; of ``run.before`` what did
        not change.
    """
    keys = _system_keys(engagement)
    before = run.before
    known: dict[str, str] = before.facts.get(_FACTS, {}) if before is not None else {}
    kept = {system for system, key in keys.items() if known.get(system) == key}
    # In one go: what a check prepares serves all systems.
    found = checked_records(
        {name: table for name, table in records.by_stream.items() if name[0] not in kept},
        country=engagement.settings.country,
        as_of=engagement.as_of(),
        currency=engagement.settings.currency,
        lines=records.lines,
        written=records.written,
    )
    if before is not None and kept:
        then = Quality(*(before.table(name) for name in ("column_profile", "check", "finding", "edge_case")))
        found = joined([_of_system(then if system in kept else found, system) for system in sorted(keys)])
    run.facts[_FACTS] = keys
    return {
        "column_profile": found.profiles,
        "check": found.checks,
        "finding": found.findings,
        "edge_case": found.edge_cases,
    }


def _system_keys(engagement: Engagement) -> dict[str, str]:
    """Return for each system a hash over all that its checks depend on."""
    settings = engagement.settings
    streams: dict[str, list[Any]] = {}
    for row in engagement.store.snapshots().to_pylist():
        streams.setdefault(row["system"], []).append([row["stream"], row["entity"], row["sha256"]])
    said = [__version__, settings.country, settings.currency, str(engagement.as_of())]
    return {
        system: hashlib.sha256(json.dumps([said, own], sort_keys=True).encode()).hexdigest()
        for system, own in streams.items()
    }


def _of_system(found: Quality, system: str) -> Quality:
    """Return what was found of one system."""
    return Quality(
        profiles=found.profiles.filter(pc.equal(found.profiles["system"], system)),
        checks=found.checks.filter(pc.equal(found.checks["system"], system)),
        findings=found.findings.filter(pc.starts_with(found.findings["record_key"], f"{system}/")),
        edge_cases=found.edge_cases.filter(pc.equal(found.edge_cases["system"], system)),
    )


STAGE = Stage(
    "quality",
    "Checking the data",
    ("column_profile", "check", "finding", "edge_case"),
    results,
    records=("by_stream", "lines", "written"),
    settings=("country", "currency", "as_of"),
    facts=(_FACTS,),
)
