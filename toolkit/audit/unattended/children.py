"""One step in a process of its own: it may fail, crash or hang, and the list goes on.

The process is the same interpreter with the same package. It cannot ask anybody, and it is in a group of its own: Ctrl-C
reaches the list, which lets the step come to its end.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from toolkit.disk import atomic_file, private_folder
from toolkit.notebooks.redaction import redacted_text

_GRACE_S = 150.0
"""How long a step may take to come to its end, once it was asked to; then it is ended. A change in flight takes a minute."""

STOP_SIGNAL = signal.SIGINT if os.name == "posix" else signal.SIGTERM
"""What asks a command to come to its end, as Ctrl-C does."""

_LOOK_S = 0.2
_FIRST_ON_STDOUT = frozenset({0, 4, 6})
"""Codes after which the first line of what was printed says how it ended; after all others it is the message."""

_MAX_LINE = 300
_MAX_KEPT = 1_000_000
_HOME = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its code (below 0: by a signal), its first line, and why it was stopped, if it was."""

    code: int
    line: str
    stopped: Literal["", "by_hand", "by_time"] = ""


def run_child(
    arguments: Sequence[str],
    kept: Path,
    *,
    seconds: float | None,
    is_stopped: Callable[[], bool],
    grace_s: float = _GRACE_S,
) -> Ended:
    """Run one command of the toolkit to its end.

    Parameters
    ----------
    arguments
        As they are typed behind ``integration-audit``.
    kept
        Where what it prints is kept, without secrets.
    seconds
        How long it may take; null: as long as it likes.
    is_stopped
        Asked several times a second: whether somebody wants all to stop.
    grace_s
        How long it may take to come to its end once it was asked to.
    """
    home = private_folder(kept.parent)
    # Files without a name: what a step prints is on no disk before its secrets are out of it, whatever happens.
    with tempfile.TemporaryFile(dir=home) as out, tempfile.TemporaryFile(dir=home) as err:
        process = begun_child(arguments, out, err)
        try:
            stopped = _waited(process, seconds, is_stopped, grace_s)
        finally:
            # Whatever happened here, no step goes on that nobody waits for.
            if process.poll() is None:
                process.kill()
                process.wait()
        printed, said = kept_text(out), kept_text(err)
    with atomic_file(home / f"{kept.name}.txt", "w", encoding="utf-8") as stream:
        stream.write(redacted_text(f"{printed}{said}"))
    code = process.returncode
    return Ended(code, ended_line(code, printed, said), stopped)


def begun_child(arguments: Sequence[str], out: IO[bytes], err: IO[bytes]) -> "subprocess.Popen[bytes]":
    """Begin one command of the toolkit in a process of its own, which nobody can be asked by.

    Parameters
    ----------
    arguments
        As they are typed behind ``integration-audit``.
    out, err
        What it prints goes there.
    """
    # -P: what lies in the folder that this is called in is nobody's module.
    command = [sys.executable, "-P", "-m", "toolkit", *arguments]
    search_path = os.pathsep.join(filter(None, (str(_HOME), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": search_path, "PYTHONUNBUFFERED": "1"}
    # What is run is this interpreter and this package.
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        env=environment,
        start_new_session=os.name == "posix",
    )


def ended_line(code: int, printed: str, said: str) -> str:
    """Return the line that says how a command ended, without secrets.

    Parameters
    ----------
    code
        That it ended with.
    printed, said
        What it wrote to its two streams.
    """
    first, second = (printed, said) if code in _FIRST_ON_STDOUT else (said, printed)
    return _first_line(first) or _first_line(second)


def _waited(
    process: "subprocess.Popen[bytes]", seconds: float | None, is_stopped: Callable[[], bool], grace_s: float
) -> Literal["", "by_hand", "by_time"]:
    """Wait for a process; ask it to come to its end when it must, and end it when it does not."""
    stopped: Literal["", "by_hand", "by_time"] = ""
    began = time.monotonic()
    ends_at = None if seconds is None else began + seconds
    while True:
        try:
            process.wait(_LOOK_S)
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        else:
            return stopped
        if not stopped and (is_stopped() or (ends_at is not None and now >= ends_at)):
            stopped = "by_hand" if is_stopped() else "by_time"
            ends_at = now + grace_s
            # As Ctrl-C does: a job ends the change that is on its way, all else stops at once with nothing half-written.
            process.send_signal(STOP_SIGNAL)
        elif stopped and ends_at is not None and now >= ends_at:
            process.kill()


def kept_text(stream: IO[bytes]) -> str:
    """Return what was printed; of very much its beginning, which says what it was, and its end, which says how it went.

    Lines are kept whole: half a secret would not be known as one.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size <= _MAX_KEPT:
        return stream.read().decode("utf-8", "replace")
    half = _MAX_KEPT // 2
    begun = stream.read(half).rpartition(b"\n")[0]
    stream.seek(-half, os.SEEK_END)
    ended = stream.read().partition(b"\n")[2]
    left_out = f"\n… {size - len(begun) - len(ended):,} bytes left out …\n".encode()
    return (begun + left_out + ended).decode("utf-8", "replace")


def _first_line(text: str) -> str:
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    plain = "".join(one if one.isprintable() else " " for one in redacted_text(line))
    return plain if len(plain) <= _MAX_LINE else f"{plain[: _MAX_LINE - 1]}…"
