"""A CRM over its interface beside a ledger's file, pulled and audited once; each test has a copy of its own."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import FaultServer, served
from tests.vendor_doubles import Double
from tests.written_crm import OF_KIND, SETTINGS, WRITE, customers
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.inputs import job_inputs
from toolkit.audit.jobs.planning import plan_job
from toolkit.audit.pull.all_systems import pull_systems
from toolkit.audit.runs import run_stages
from toolkit.changes import JobKind, LeftOut, Operation, Plan, SavedPlan, made_plan, saved_plan
from toolkit.store.plans import keep_plan
from toolkit.store.snapshots import read_snapshot
from toolkit.tables import PARTY
from toolkit.version import __version__

RESTORE = "          restore: {method: PATCH, path: '/companies/{id}', body: {archived: false}, fields: false}\n"
"""How the CRM restores a company, in its settings."""
COMPANIES = 7
"""How many companies the ledger's file has, in a list of the same name as the CRM's."""


@dataclass(slots=True)
class Crm:
    """The CRM, an engagement that it was pulled into, and the cleanup that was planned there."""

    folder: Path
    double: Double
    server: FaultServer
    plan: Plan

    @contextmanager
    def opened(self, **replaced: str) -> Iterator[Engagement]:
        """Open the engagement; texts of its settings are replaced by others first."""
        file = self.folder / "engagement.yaml"
        text = file.read_text("utf-8")
        for old, new in replaced.items():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
        engagement = open_engagement(self.folder)
        try:
            yield engagement
        finally:
            engagement.close()


def ledger_lines() -> str:
    """Return the companies of the ledger, whose phones are others than those of the CRM."""
    rows = [one for key, one in customers().items() if int(key) <= COMPANIES]
    lines = [f"{one['id']},{one['name']},(773) 555-02{int(one['id']):02d},{one['domain']}" for one in rows]
    return "\n".join(["Company No,Company,Phone,Website", *lines]) + "\n"


@pytest.fixture(scope="session")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crm]:
    """Yield the engagement that the others are copies of."""
    folder = tmp_path_factory.mktemp("jobs") / "client"
    double = Double("versions", customers())
    with served(double) as server:
        (folder / "exports" / "ledger").mkdir(parents=True)
        (folder / "exports" / "ledger" / "companies.csv").write_text(ledger_lines(), "utf-8")
        text = SETTINGS.format(url=server.url, write=f"{WRITE}{OF_KIND['versions']}", sign_in="", account="")
        (folder / "engagement.yaml").write_text(text, "utf-8")
        first = open_engagement(folder)
        pull_systems(first)
        first.close()
        engagement = open_engagement(folder)
        plan = plan_job(engagement, "cleanup", "crm").saved.plan
        engagement.close()
        yield Crm(folder, double, server, plan)


@pytest.fixture
def crm(pulled: Crm, tmp_path: Path) -> Crm:
    """Return a copy of the engagement, and the CRM as it was pulled."""
    shutil.copytree(pulled.folder, tmp_path / "client")
    pulled.double.records = customers()
    pulled.double.effects.clear()
    pulled.double.fault = lambda _asked: None
    return Crm(tmp_path / "client", pulled.double, pulled.server, pulled.plan)


def handmade(
    engagement: Engagement, *changes: Operation, kind: JobKind = "cleanup", left_out: Iterable[LeftOut] = (), **other: Any
) -> SavedPlan:
    """Keep a plan of these changes that rests on what a plan of the CRM rests on now; ``other`` stands in its place."""
    now = job_inputs(engagement, run_stages(engagement), kind, "crm")
    said = {
        "engagement_id": engagement.store.engagement_id,
        "target": now.target,
        "snapshot_ids": now.snapshot_ids,
        "rules_hash": now.rules_hash,
        "record_counts": now.record_counts,
    }
    saved = saved_plan(
        made_plan(kind, operations=changes, left_out=left_out, **{**said, **other}), datetime.now(UTC), __version__
    )
    with engagement.store.writing("a plan"):
        keep_plan(engagement.store, saved)
    return saved


def read_once_more(engagement: Engagement, count: int, *, reasons: Sequence[str] = ()) -> None:
    """Take a snapshot of the first of the CRM's companies; not to their end, where there are reasons for that."""
    rows = {(row["system"], row["stream"]): row for row in engagement.store.snapshots().to_pylist()}
    row = rows["crm", "companies"]
    records = read_snapshot(engagement.folder / row["path"], "party", PARTY.names)
    with engagement.store.writing("a pull"):
        engagement.store.add_snapshot(
            system="crm", stream="companies", entity="party", connector="rest", records=[records.slice(0, count)],
            taken_at=datetime.now(UTC), is_complete=not reasons, reasons=reasons,
        )  # fmt: skip
