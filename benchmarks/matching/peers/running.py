"""Runs the peers in an environment of their own, made once in a temp folder from ``requirements.txt``."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.matching.exam import Exam, cluster_score, pair_score
from benchmarks.matching.report import Answered, answer_folder, answered, exam_file, failed
from benchmarks.measured import measured

ENVIRONMENT = Path(tempfile.gettempdir()) / "matching-peers"
PEERS = {
    "splink": "splink_answer",
    "recordlinkage": "recordlinkage_answer",
    "string-grouper": "string_grouper_answer",
    "dedupe": "dedupe_answer",
}
MAX_WALL_S = 280
"""A tool that needs more than this for 10,000 records is stopped; larger data may take as much per record."""


def peers_python() -> Path:
    """Return the Python of the peers' environment, made first where there is none."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        print(f"Installing the peers into {ENVIRONMENT}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        requirements = Path(__file__).with_name("requirements.txt")
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", requirements], check=True)
    return python


def peer(exam: Exam, tool: str, *options: str) -> Answered:
    """Return a peer's answer, or how it failed; pairs and clusters are scored apart."""
    folder, path = answer_folder(exam, tool), exam_file(exam)
    limit_s = MAX_WALL_S * max(1.0, len(exam.truth) / 10_000)
    module = f"benchmarks.matching.peers.{PEERS[tool]}"
    began = time.perf_counter()
    run = measured(["timeout", f"{limit_s:.0f}", peers_python(), "-m", module, path, folder, *options])
    if run.exit_code == 124:
        return failed(exam, tool, folder, f"stopped after {time.perf_counter() - began:.0f} s")
    if run.exit_code:
        return failed(exam, tool, folder, run.output)
    pairs = pq.read_table(folder / "pairs.parquet")
    clusters = pq.read_table(folder / "clusters.parquet")["cluster"].to_numpy().astype("int64")
    said = pair_score(exam, pairs["left"].to_numpy().astype("int64"), pairs["right"].to_numpy().astype("int64"))
    return answered(exam, tool, said, cluster_score(exam, clusters), clusters, run.peak_mb, folder)
