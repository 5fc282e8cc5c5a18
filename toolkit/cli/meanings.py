"""``meanings``: what people confirmed of columns at earlier clients: show it, carry it to a colleague, forget it."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, columns, show
from toolkit.values.counted import counted

GROUP = typer.Typer(
    name="meanings", help="Headers and meanings that were confirmed and kept for the next client; never a value."
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A file of meanings (YAML).")]


@GROUP.command("show")
def show_(as_json: AsJson = False) -> None:
    """Show every header that is remembered, and the file it stands in."""
    from toolkit.audit.pull.memory import memory

    found = memory()
    lines = columns([[header, meaning] for header, meaning in found.meanings.items()])
    count = counted(len(found.meanings), "meaning")
    said = f"{count} in {found.path}" if found.meanings else f"Nothing is remembered yet (in {found.path})."
    show({"file": str(found.path), "meanings": dict(found.meanings)}, [*lines, said], as_json=as_json)


@GROUP.command("export")
def export(file: File, as_json: AsJson = False) -> None:
    """Write what is remembered to a file, for a colleague."""
    from toolkit.audit.pull.memory import memory
    from toolkit.settings import write_meanings

    found = memory()
    write_meanings(file, found.meanings)
    said = f"Wrote {counted(len(found.meanings), 'meaning')} to {file}: headers and meanings, no value of any client."
    said = said if found.meanings else f"Nothing is remembered yet; {file} holds an empty list."
    show({"file": str(file), "written": len(found.meanings)}, [said], as_json=as_json)


@GROUP.command("import")
def import_(file: File, as_json: AsJson = False) -> None:
    """Add a colleague's meanings to what is remembered; what is remembered already stays."""
    from toolkit.audit.pull.memory import added_meanings

    count = added_meanings(file)
    show({"new": count}, [f"{counted(count, 'new meaning')} from {file}."], as_json=as_json)


@GROUP.command("forget")
def forget(as_json: AsJson = False) -> None:
    """Delete everything that is remembered."""
    from toolkit.audit.pull.memory import forget as forget_all

    count = forget_all()
    show(
        {"forgotten": count},
        [f"Forgot {counted(count, 'meaning')}." if count else "Nothing was remembered."],
        as_json=as_json,
    )
