"""The process of a notebook's kernel, as the system knows it."""

from pathlib import Path

from tests.lab.jupyter import Lab


def kernel_process(lab: Lab, name: str) -> int:
    """Return the number of the process of the kernel of a notebook."""
    [session] = [one for one in lab.api("GET", "api/sessions") if one["path"] == name]
    wanted = str(session["kernel"]["id"])
    for one in Path("/proc").iterdir():
        if one.name.isdigit() and (line := _command_line(one)) and wanted in line and "ipykernel" in line:
            return int(one.name)
    raise AssertionError(f"No process of kernel {wanted}.")


def _command_line(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
