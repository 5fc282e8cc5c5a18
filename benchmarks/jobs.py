"""What carrying out a plan costs beside sending the same requests, and how soon a large journal says where to go on.

    python -m benchmarks.jobs --changes 2000
    python -m benchmarks.jobs --changes 2000 --journal 100000

CPU seconds of this process; the system that is changed runs in another one. Both sides send the same requests in the same
run: a look at the record, the change, and a look at what became of it.
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, run_job
from toolkit.changes import Operation, Plan, Target, made_plan, operation
from toolkit.changes.operation import field_hash
from toolkit.changes.steps import JournalEntry
from toolkit.connector import Api, OneCall, Version, WriteCall, WriteField, Writing
from toolkit.rest.client import RestClient
from toolkit.rest.clock import SystemClock
from toolkit.store.journal import opened_journal
from toolkit.store.store import Store

WRITING = Writing(
    one=OneCall("/companies/{id}"),
    fields=(WriteField("name", "name"),),
    update=WriteCall("PATCH", "/companies/{id}"),
    version=Version(path="version"),
)


class _Companies(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _answer(self) -> None:
        record_id = self.path.rsplit("/", 1)[1]
        records: dict[str, dict[str, Any]] = self.server.records  # type: ignore[attr-defined]
        record = records.setdefault(record_id, {"id": record_id, "name": f"company {record_id}", "version": 1})
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if body:
            record.update(json.loads(body))
            record["version"] += 1
        content = json.dumps(record).encode()
        self.send_response_only(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PATCH = _answer  # noqa: N815  # names of the standard library

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _serve(ready: "multiprocessing.Queue[int]") -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Companies)
    server.records = {}  # type: ignore[attr-defined]
    ready.put(server.server_address[1])
    server.serve_forever()


@contextmanager
def system() -> Iterator[str]:
    """Yield the address of a system in a process of its own."""
    ready: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_serve, args=(ready,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ready.get()}"
    finally:
        process.terminate()
        process.join()


def cpu_s() -> float:
    """Return the CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def renamed(number: int) -> Operation:
    """Return a change of one name."""
    before = {"name": f"company {number}"}
    return operation(
        "update", "crm", "companies", target_id=str(number), before=before, after={"name": f"Company {number}"},
        precondition=field_hash(before),
    )  # fmt: skip


def plan_of(count: int) -> Plan:
    """Return a plan of so many changes."""
    return made_plan(
        "cleanup", engagement_id="e", target=Target("crm", "rest"), snapshot_ids={}, rules_hash="0",
        operations=map(renamed, range(count)), record_counts={},
    )  # fmt: skip


def bare(url: str, plan: Plan) -> None:
    """Send the same requests, and nothing else."""
    with httpx.Client() as client:
        for one in plan.operations:
            address = f"{url}/companies/{one.target_id}"
            client.get(address).json()
            client.patch(address, json=dict(one.after)).json()
            client.get(address).json()


def job(url: str, plan: Plan, folder: Path) -> None:
    """Carry the plan out, with journal and checks."""
    with (
        Store(folder) as store,
        store.writing("a benchmark"),
        opened_journal(store, plan.plan_id) as journal,
        RestClient("crm", Api(url), writings=[WRITING]) as client,
    ):
        outcome = run_job(
            plan, RestSystem(client, {"companies": WRITING}), journal, SystemClock(), limits=JobLimits(), is_dry_run=False
        )
        if not outcome.is_whole:
            raise SystemExit(f"the job did not come to its end: {outcome.counts} {outcome.stopped}")


def resumed(plan: Plan, folder: Path) -> tuple[float, float]:
    """Return CPU and wall seconds until a job whose journal is full knows that nothing is left."""
    now = datetime.now(UTC)
    with Store(folder) as store, opened_journal(store, plan.plan_id) as journal:
        for step in ("intent", "confirmed"):
            journal.note(*(JournalEntry(one.op_id, step, 1, now, now, record_id=one.target_id) for one in plan.operations))
    began, wall = cpu_s(), time.monotonic()
    with (
        Store(folder) as store,
        opened_journal(store, plan.plan_id) as journal,
        RestClient("crm", Api("http://127.0.0.1:9"), writings=[WRITING]) as client,
    ):
        outcome = run_job(
            plan, RestSystem(client, {"companies": WRITING}), journal, SystemClock(), limits=JobLimits(), is_dry_run=False
        )
    if not outcome.is_whole:
        raise SystemExit("the journal was not read as it was written")
    return cpu_s() - began, time.monotonic() - wall


def main() -> None:
    """Print one line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--journal", type=int, default=0)
    given = parser.parse_args()
    plan = plan_of(given.changes)
    for number in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder, system() as one, system() as other:
            began = cpu_s()
            bare(one, plan)
            between = cpu_s()
            job(other, plan, Path(folder))
            ended = cpu_s()
        alone, with_journal = between - began, ended - between
        print(
            f"round {number + 1}: {given.changes:,} changes, requests alone {alone:.2f} s CPU, "
            f"as a job {with_journal:.2f} s: {with_journal / alone:.2f} times"
        )
    if given.journal:
        with tempfile.TemporaryDirectory() as folder:
            cpu, wall = resumed(plan_of(given.journal), Path(folder))
        print(f"a journal of {given.journal:,} changes says where to go on in {wall:.1f} s ({cpu:.1f} s CPU)")


if __name__ == "__main__":
    main()
