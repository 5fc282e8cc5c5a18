"""JupyterLab on an engagement: on this machine alone, with the interpreter that runs, and with settings of its own.

Nothing of the user's own Jupyter is read or written. What they choose in it (a theme, the width of a panel) is kept in the
engagement; the token, the log and the kernel's description stand in a folder that is removed at the end.
"""

import importlib.util
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.disk import private_folder
from toolkit.errors import InputError
from toolkit.notebooks.kernel_spec import write_kernel_spec
from toolkit.notebooks.loopback import require_loopback

OWN = ".jupyterlab"
"""Below an engagement: what its user chose in JupyterLab."""

_EXTRA = ("jupyterlab", "ipykernel", "ipywidgets", "anywidget")
_LOOPBACK = "127.0.0.1"
_START_S, _PAUSE_S, _END_S = 90.0, 0.2, 20.0
_FROM_OUTSIDE = frozenset({
    "JUPYTER_TOKEN", "JUPYTER_TOKEN_FILE", "JUPYTER_PREFER_ENV_PATH", "JUPYTER_NO_CONFIG", "JUPYTER_CONFIG_PATH",
})  # fmt: skip
"""Variables by which another JupyterLab is set up."""
_SILENT = {
    # News and new versions are asked for outside.
    "@jupyterlab/apputils-extension:announcements": True,
    "@jupyterlab/extensionmanager-extension:plugin": True,
}


@dataclass(frozen=True, slots=True)
class RunningLab:
    """A JupyterLab that answers: the address that opens it, with its token, and its process."""

    url: str
    process: "subprocess.Popen[bytes]"

    def wait(self, is_stopped: Callable[[], bool]) -> bool:
        """Return when it has ended by itself (true), or when somebody wants it stopped (false)."""
        while self.process.poll() is None:
            if is_stopped():
                return False
            time.sleep(_PAUSE_S)
        return True


def require_lab_extra() -> None:
    """Refuse to begin where JupyterLab is not installed.

    Raises
    ------
    InputError
        The message names what is missing and how to install it.
    """
    missing = [name for name in _EXTRA if not _is_installed(name)]
    if missing:
        raise InputError(
            f"JupyterLab needs the extra 'lab', and {', '.join(missing)} of it {'is' if len(missing) == 1 else 'are'} not "
            "installed here. Install it: python -m pip install 'integration-audit[lab]'."
        )


@contextmanager
def running_lab(folder: Path, notebook: str = "", *, has_browser: bool = True) -> Iterator[RunningLab]:
    """Yield a JupyterLab that shows a folder; it ends with the block, and its kernels with it.

    Parameters
    ----------
    folder
        The engagement's.
    notebook
        What is opened, as seen from there; empty: nothing.
    has_browser
        Whether the machine's browser is asked to show it.

    Raises
    ------
    InputError
        It is not installed, nothing can be reached at this machine's own address, or it did not start; the message says why.
    """
    require_lab_extra()
    require_loopback()
    with tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True) as own:
        home = Path(own)
        environment = _set_up(home, folder, notebook, has_browser=has_browser)
        log = home / "lab.log"
        command = [sys.executable, "-m", "jupyterlab", *_as_root()]
        # Ctrl-C is for us: JupyterLab would ask whether it is meant. And no file of the client is taken for a module.
        apart: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x200}
        with log.open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - this interpreter, and words of ours
                command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, **apart
            )
        try:
            yield RunningLab(_address(home, process, notebook), process)
        finally:
            _end(process)


def _set_up(home: Path, folder: Path, notebook: str, *, has_browser: bool) -> dict[str, str]:
    """Write what JupyterLab reads on starting, and return the environment that leads it there."""
    page = f"/lab/tree/{notebook}" if notebook else "/lab"
    config = {
        "ServerApp": {
            "ip": _LOOPBACK,
            "open_browser": has_browser,
            "root_dir": str(folder),
            "allow_remote_access": False,
            "quit_button": True,
        },
        "LabApp": {"default_url": page, "open_browser": has_browser, "extension_manager": "readonly"},
        "IdentityProvider": {"token": secrets.token_hex(24)},
        # To find servers for languages it would run npm, which writes into the user's home.
        "LanguageServerManager": {"autodetect": False},
        "KernelSpecManager": {"ensure_native_kernel": False, "allowed_kernelspecs": ["python3"]},
    }
    _write(home / "config" / "jupyter_server_config.json", config)
    _write(home / "config" / "labconfig" / "page_config.json", {"disabledExtensions": _SILENT})
    # Charts are small in the file, and drawn by JupyterLab itself.
    write_kernel_spec(home / "path", "python3", "Python 3 (integration-audit)", {"PLOTLY_RENDERER": "plotly_mimetype"})
    kept = folder / OWN
    with suppress(OSError, InputError):
        private_folder(kept)
    kept = kept if os.access(kept, os.W_OK) else home / "kept"
    own = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTER_PATH": home / "path",
        "IPYTHONDIR": home / "ipython",
        "JUPYTERLAB_SETTINGS_DIR": kept / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": kept / "workspaces",
    }
    inherited = {name: value for name, value in os.environ.items() if name not in _FROM_OUTSIDE}
    return {**inherited, **{name: str(path) for name, path in own.items()}}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")


def _as_root() -> list[str]:
    """Return what JupyterLab wants to be told where the user is root, as in a container."""
    return ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _address(home: Path, process: "subprocess.Popen[bytes]", notebook: str) -> str:
    """Return the address that opens JupyterLab, once it answers there."""
    until = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < until:
        # It writes this file when it listens.
        for path in (home / "runtime").glob("jpserver-*.json"):
            with suppress(OSError, ValueError, KeyError):
                told = json.loads(path.read_text("utf-8"))
                page = f"lab/tree/{notebook}" if notebook else "lab"
                return f"{told['url']}{page}?token={told['token']}"
        time.sleep(_PAUSE_S)
    last = [line.strip() for line in (home / "lab.log").read_text("utf-8", "replace").splitlines() if line.strip()]
    why = f" It said last: {last[-1][:200]}" if last else ""
    raise InputError(f"JupyterLab did not start.{why} What works on this machine: integration-audit doctor")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End JupyterLab, which ends its kernels."""
    process.terminate()
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_END_S)


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
