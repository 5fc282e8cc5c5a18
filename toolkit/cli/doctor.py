"""``doctor``: what works on this machine, and how to mend what does not."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.output import AsJson, columns, show


def doctor(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Check this machine: versions, kernel, browser for PDF, disk, permissions. List what the business case assumes.

    Disk, permissions and where the state is are those of the folder.
    """
    from toolkit.audit.doctor import machine_checks
    from toolkit.roi.default_list import default_list

    found = machine_checks(folder)
    rows = [[{"ok": "ok", "warning": "!", "failed": "FAILED"}[one.state], one.what, one.seen] for one in found]
    mends = [f"{one.what}: {one.mend}" for one in found if one.state != "ok"]
    defaults = default_list()
    listed = [[one.name, one.value, one.range, one.unit, one.basis] for one in defaults]
    facts = {
        "checks": [{"what": o.what, "state": o.state, "seen": o.seen, "mend": o.mend} for o in found],
        "defaults": [asdict(one) for one in defaults],
    }
    head = ["Assumed where nobody says otherwise", "value", "range", "unit", "rests on"]
    show(facts, [*columns(rows), *mends, "", *columns([head, *listed])], as_json=as_json)
    if any(one.state == "failed" for one in found):
        raise typer.Exit(3)


COMMANDS = (doctor,)
