"""A kernel that runs this very interpreter with this very package, whatever kernels the machine has."""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path


def write_kernel_spec(home: Path, name: str, label: str, more: Mapping[str, str] | None = None) -> Path:
    """Describe the kernel below a folder of Jupyter's data, and return the description.

    Parameters
    ----------
    home
        The folder; ``JUPYTER_PATH`` must name it.
    name, label
        What notebooks call the kernel, and what people read.
    more
        Variables of the kernel's environment, beside the path of this package.
    """
    spec = home / "kernels" / name / "kernel.json"
    spec.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=50"]
    # The cells must import this very package, also where it runs from a checkout.
    package = str(Path(__file__).resolve().parents[2])
    search_path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    environment = {"PYTHONPATH": search_path, **(more or {})}
    described = {"argv": command, "display_name": label, "language": "python", "env": environment}
    spec.write_text(json.dumps(described), "utf-8")
    return spec


def foreign_kernel() -> str:
    """Return the program that ``python3`` means to a JupyterLab started by itself, where that is not this interpreter.

    Empty where it is this one, or where Jupyter finds it by itself.
    """
    from jupyter_core.paths import jupyter_path

    for folder in jupyter_path("kernels"):
        spec = Path(folder) / "python3" / "kernel.json"
        try:
            program = str(json.loads(spec.read_text("utf-8"))["argv"][0])
        except (OSError, ValueError, LookupError, TypeError):
            continue
        found = shutil.which(program)
        is_this = found is not None and Path(found).absolute() == Path(sys.executable).absolute()
        return "" if is_this else (found or program)
    return ""
