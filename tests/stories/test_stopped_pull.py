"""A pull that is stopped by hand ends soon, says so, and goes on where it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.fault_server import Asked, Given, ListSystem, people, served
from tests.stories.test_killed_pull import SETTINGS

ROOT = Path(__file__).resolve().parents[2]


def test_ctrl_c_ends_a_pull_that_waits_and_the_next_one_goes_on(tmp_path: Path) -> None:
    """The system asks for four minutes; the person does not sit them out."""
    is_busy = True

    def app(asked: Asked) -> Given:
        if is_busy and asked.query.get("after") == "20":
            return Given({}, 429, {"Retry-After": "240"})
        return ListSystem(people(50))(asked)

    command = [sys.executable, "-m", "toolkit", "pull", str(tmp_path)]
    with served(app) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url))
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as pull:
            while len(server.asked) < 3 and pull.poll() is None:
                time.sleep(0.05)
            time.sleep(0.2)
            os.kill(pull.pid, signal.SIGINT)
            _, said = pull.communicate(timeout=60)
        is_busy = False
        server.asked.clear()
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert pull.returncode == 130
    assert "Stopped" in said
    assert "Traceback" not in said
    assert again.returncode == 0, again.stderr
    assert "50 records" in again.stdout
    assert [one.query.get("after") for one in server.asked] == ["20", "30", "40"]
