"""Servers that the tests start themselves: from what was installed, each on a port of this machine, ended with its own test.

`programs/install.sh` installs them; the variable ``INTEGRATION_AUDIT_SERVERS`` names the folder. What is not there skips the
test, with the command that brings it; in CI a skip is a failure.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import pytest

FOLDER = Path(os.environ.get("INTEGRATION_AUDIT_SERVERS", "no-servers")).resolve()
PROGRAMS = Path(__file__).resolve().parent / "programs"


def installed(name: str, place: str | Path) -> Path:
    """Return where something of a server is, below the folder of all or as a command; skip the test where it is not."""
    found = FOLDER / place
    if not found.exists():
        command = shutil.which(str(place))
        found = Path(command) if command is not None else found
    if not found.exists():
        pytest.skip(
            f"needs {name}: bash tests/servers/programs/install.sh FOLDER {name}; export INTEGRATION_AUDIT_SERVERS=FOLDER"
        )
    return found


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for_later_stamps() -> None:
    """Wait until whatever a server stamps is later than what it stamped before, on a machine of any speed.

    Stamps are often of whole seconds, and so is the time that answers name: it is up to a second behind the clock.
    """
    time.sleep(2.1)


@contextlib.contextmanager
def started(
    command: Sequence[str | Path],
    ready: str,
    log: Path,
    *,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    word: str = "",
    seconds: float = 120.0,
) -> Iterator[None]:
    """Run a server until the block ends: it is ready when the address answers, or when it printed the word."""
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(one) for one in command], cwd=folder, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={**os.environ, **(variables or {})},
        )  # fmt: skip
    try:
        until = time.monotonic() + seconds
        while not (word in log.read_text(errors="replace") if word else _answers(ready)):
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code < 500
    except httpx.HTTPError:
        return False
