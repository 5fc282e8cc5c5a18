"""``lab``: JupyterLab on the engagement."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, show, typed
from toolkit.errors import InputError


def lab(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    notebook: Annotated[
        str, typer.Option("--open", metavar="NOTEBOOK", help="Which notebook to open; without, the one that is next.")
    ] = "",
    is_browser_asked: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")] = True,
    as_json: AsJson = False,
) -> None:
    """Open JupyterLab on the engagement's notebooks, on this machine alone; Ctrl-C ends it.

    Your own settings of Jupyter are neither read nor changed.
    """
    from toolkit.audit.jobs.stopped_by_hand import stopped_by_hand
    from toolkit.audit.next_notebook import lab_folder, next_notebook
    from toolkit.notebooks.lab import require_lab_extra, running_lab

    require_lab_extra()
    home, notes = lab_folder(folder)
    opened = _named(home, notebook) if notebook else next_notebook(home)
    with stopped_by_hand(hang_up=True) as is_stopped, running_lab(home, opened, has_browser=is_browser_asked) as running:
        lines = [
            *notes,
            f"JupyterLab shows {home}, and opens {opened or 'its files'}: {running.url}",
            "It answers on this machine alone. Ctrl-C here ends it, and its kernels; save your notebooks first.",
        ]
        show({"folder": str(home), "notebook": opened, "url": running.url}, lines, as_json=as_json)
        has_ended = running.wait(is_stopped)
    if not as_json:
        here = f" {typed(folder)}".rstrip()
        typer.echo("JupyterLab has ended." if has_ended else f"Stopped. Again: integration-audit lab{here}")


def _named(home: Path, notebook: str) -> str:
    """Return a notebook of the engagement as seen from its folder, by its name or its number."""
    there = sorted(path.name for path in (home / "notebooks").glob("*.ipynb"))
    wanted = Path(notebook).name
    found = next((one for one in there if one in {wanted, f"{wanted}.ipynb"} or one.startswith(f"{wanted}_")), None)
    if found is None:
        known = ", ".join(there) or "none"
        raise InputError(f"There is no notebook {wanted!r} in {home / 'notebooks'}. There are: {known}.")
    return f"notebooks/{found}"


COMMANDS = (lab,)
