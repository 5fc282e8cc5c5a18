"""Vendors' own published clients change records of our stand-ins: each change has its effect there, once, and stays."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contract.test_stand_ins import exports_of
from tests.servers.running import FOLDER, PROGRAMS
from tests.servers.test_sdks import VENDORS, Listed, listed_by_client, many, program_of
from toolkit.sandbox.running import Running, running

pytestmark = pytest.mark.servers

CHANGED: Mapping[str, tuple[str, bool]] = {
    "hubspot": ("companies", True),
    "quickbooks": ("customers", False),
    "salesforce": ("accounts", False),
    "stripe": ("customers", False),
    "zendesk": ("users", False),
}
"""The stream whose records are changed, and whether the one that is taken away leaves its list."""
REFUSED = {"quickbooks": ["5010", "6240"]}
"""What a stale version and a name that is taken are told."""


def changed_by_client(vendor: str, one: Running, listed: Listed, key: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Let the vendor's own client change records, signed with a key."""
    api = one.machine.connector.api
    assert api is not None
    program, script = program_of(listed)
    given = {"url": one.machine.url, "token": key, "version": api.version.lstrip("v"), **listed.given, **more}
    return subprocess.run(
        [program, Path(script).with_name(Path(script).name.replace("list", "change")), vendor],
        check=False, input=json.dumps(given), capture_output=True, text=True, timeout=100,
        env={**os.environ, "NODE_PATH": str(FOLDER / "node_sdks" / "node_modules"), "PYTHONPATH": str(PROGRAMS)},
    )  # fmt: skip


@pytest.mark.parametrize("vendor", sorted(CHANGED))
def test_what_the_vendors_own_client_changes_is_served_from_then_on(vendor: str, tmp_path: Path) -> None:
    """Another name, a new record, one that is taken away: the client lists what is there. The key that reads may not."""
    listed, (stream, is_gone) = VENDORS[vendor], CHANGED[vendor]
    with exports_of(vendor, tmp_path) as system, running([many(system, listed)], per_minute=100_000) as [one]:
        made_id = one.machine.stand_in.made_id
        ids = [made_id(stream, row) for row in one.machine.system.streams[stream].rows()]
        about: dict[str, Any] = {"first": ids[0], "last": ids[-1], "name": "Renamed & Sons"}
        refused = changed_by_client(vendor, one, listed, one.machine.invented.token, **about)
        assert (refused.returncode, one.machine.changed) == (1, 0), refused.stdout
        done = changed_by_client(vendor, one, listed, one.machine.invented_to_write.token, **about)
        assert done.returncode == 0, done.stderr[-3000:]
        found = listed_by_client(vendor, one, program_of(listed))[stream]

    said = json.loads(done.stdout)
    assert said["read"] == "Renamed & Sons"
    assert said.get("refused", []) == REFUSED.get(vendor, [])
    assert sorted(found) == sorted([*ids, said["made"]][: len(ids) + 1] if not is_gone else [*ids[:-1], said["made"]])
