"""A pull that is killed at any point goes on where it was: nothing lost, nothing twice, one page again at most."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.asked_systems import log_records, reading
from tests.fault_server import ListSystem, people, served
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.asked_streams import pull_asked
from toolkit.connector import Api
from toolkit.rest.client import RestClient
from toolkit.rest.pages import PageLog
from toolkit.rest.pulling import PulledStream, pull_stream

LISTS = [reading()]
PAGES = 30
ROOT = Path(__file__).resolve().parents[2]

SETTINGS = """\
client: Harbor
systems:
  crm:
    connector: rest
    api: {{url: "{url}"}}
    streams:
      people:
        entity: party
        key: [id]
        read: {{path: /people, records: results, count: total,
               paging: {{style: cursor, param: after, path: paging.next.after}},
               changed_since: {{field: updated_at, param: updated_after}}}}
        fields: {{name: name, email: contact.email, updated_at: updated_at}}
"""

PULLER = """
import os, sys
from tests.stories import test_killed_pull
import toolkit.audit.pull.asked_streams
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        what, *words = line.split()
        getattr(test_killed_pull, what)(*words)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Imports once, then pulls in a process of its own for every line that it reads."""


def pull(url: str, folder: str) -> PulledStream:
    """Pull the list of people into a log."""
    with RestClient("crm", Api(url), LISTS) as client, PageLog(Path(folder)) as log:
        return pull_stream(client, "people", LISTS, ["id"], log)


def take(url: str, folder: str) -> None:
    """Pull the list of people into a snapshot."""
    home = Path(folder)
    home.mkdir(exist_ok=True)
    (home / "engagement.yaml").write_text(SETTINGS.format(url=url))
    engagement = open_engagement(home)
    assert pull_asked(engagement).missing == ()
    engagement.close()


def killed_until_done(
    puller: "subprocess.Popen[str]", what: str, url: str, folder: Path, delay_s: Callable[[], float]
) -> int:
    """Pull, killing it again and again, until one comes through; return how often it was killed."""
    assert puller.stdin is not None
    assert puller.stdout is not None
    kills = 0
    while True:
        puller.stdin.write(f"{what} {url} {folder}\n")
        puller.stdin.flush()
        child = int(puller.stdout.readline())
        time.sleep(delay_s())
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        if int(puller.stdout.readline()) == 0:
            return kills
        kills += 1


@contextlib.contextmanager
def killable() -> Iterator["subprocess.Popen[str]"]:
    """Yield a process that pulls in children of its own."""
    command = [sys.executable, "-c", PULLER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as puller:
        assert puller.stdin is not None
        yield puller
        puller.stdin.close()


def kill_pulls(folder: Path, least: int, chance: random.Random) -> None:
    """Kill pulls at ``least`` random points, and hold what they bring against what is there."""
    system = ListSystem(people(PAGES * 10))
    with served(system) as server, killable() as puller:
        kills = number = 0
        while kills < least:
            number += 1
            server.asked = []
            home = folder / str(number)
            now = killed_until_done(puller, "pull", server.url, home, lambda: chance.uniform(0, 0.15))
            kills += now
            with PageLog(home) as log:
                assert log.last is not None
                assert log.last.following is None
                fetched = [one.query.get("after", "0") for one in server.asked]
                assert len(fetched) <= PAGES + now
                with RestClient("crm", Api(server.url), LISTS) as client:
                    found = pull_stream(client, "people", LISTS, ["id"], log)
                assert [row["id"] for row in log_records(log, LISTS, found)] == list(range(1, PAGES * 10 + 1))
                assert found.is_complete


def test_a_pull_killed_at_a_dozen_points_is_whole_after_it_goes_on(tmp_path: Path) -> None:
    """Every record once, and no more than one page fetched again for each kill."""
    kill_pulls(tmp_path, 12, random.Random(4))


@pytest.mark.heavy
def test_a_pull_killed_at_200_points_is_whole_after_it_goes_on(tmp_path: Path) -> None:
    """Every record once, and no more than one page fetched again for each kill."""
    kill_pulls(tmp_path, 200, random.Random(7))


def test_a_snapshot_is_whole_however_often_its_pull_is_killed(tmp_path: Path) -> None:
    """While pages come, while the snapshot is written, while the next pull's beginning is noted."""
    chance = random.Random(11)
    with served(ListSystem(people(PAGES * 10))) as server, killable() as puller:
        kills = 0
        for number in range(3):
            home = tmp_path / str(number)
            # Ever longer, so that one comes through on a machine of any speed.
            delays = (chance.uniform(0, 0.4 * longest) for longest in count(1))
            kills += killed_until_done(puller, "take", server.url, home, delays.__next__)
            engagement = open_engagement(home)
            [row] = engagement.store.snapshots().to_pylist()
            ids = engagement.store.records(["record_id"])["crm", "people"]["record_id"].to_pylist()
            engagement.close()
            assert row["is_complete"]
            assert sorted(map(int, ids)) == list(range(1, PAGES * 10 + 1))
            assert not [*home.rglob("pages.partial"), *home.rglob(".partial-*")]
    assert kills > 0
