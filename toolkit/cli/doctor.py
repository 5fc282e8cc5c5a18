"""``doctor``: what works on this machine, and how to mend what does not."""

import typer

from toolkit.cli.output import AsJson, columns, show


def doctor(as_json: AsJson = False) -> None:
    """Check this machine: versions, kernel, browser for PDF, disk, permissions."""
    from toolkit.audit.doctor import machine_checks

    found = machine_checks()
    rows = [[{"ok": "ok", "warning": "!", "failed": "FAILED"}[one.state], one.what, one.seen] for one in found]
    mends = [f"{one.what}: {one.mend}" for one in found if one.state != "ok"]
    facts = {"checks": [{"what": o.what, "state": o.state, "seen": o.seen, "mend": o.mend} for o in found]}
    show(facts, [*columns(rows), *mends], as_json=as_json)
    if any(one.state == "failed" for one in found):
        raise typer.Exit(3)


COMMANDS = (doctor,)
