"""What the commands answer of a client's folder, as a consultant would type them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.flows.writing import Client

_ROOT = Path(__file__).resolve().parents[2]

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer of ``flows``, and what the same run measured of the handoffs."""

    flows: Rows
    evidence: Rows
    measures: Rows


def asked_client(client: Client, folder: Path) -> Asked:
    """Write a client into a folder, pull it, and ask how its records arrive.

    Parameters
    ----------
    client
        The client.
    folder
        What stands there goes.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    client.write(folder)
    _typed("pull", folder)
    return kept_client(folder)


def kept_client(folder: Path) -> Asked:
    """Return what the last run of a client's folder answered."""
    told = _typed("flows", folder)

    from toolkit.audit.engagement import open_engagement

    engagement = open_engagement(folder)
    measures = engagement.store.run().table("handoff_measure").to_pylist()
    engagement.close()
    return Asked(told["inferred_flow"], told["inferred_flow_evidence"], measures)


def _typed(command: str, folder: Path) -> Any:
    typed = [sys.executable, "-m", "toolkit", command, str(folder), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(typed, capture_output=True, text=True, env=environment, cwd=_ROOT, check=False)
    # 4: done, but something is missing, as in any client's folder.
    if done.returncode not in {0, 4}:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)
