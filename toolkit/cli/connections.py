"""``connections``: which systems are signed in to, how, with what rights, and until when; never a secret."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, show, typed

_NOT_THERE = frozenset({"not connected", "not set", "ended", "damaged"})
_NOTHING = (
    "No system says how to sign in to it. Write it into engagement.yaml (sign_in), then: integration-audit connect SYSTEM"
)


def connections(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """List the systems that are signed in to: how, with what rights, until when, by whom."""
    from toolkit.audit.connections import connection_rows, rows_ending_soon
    from toolkit.audit.engagement import existing_engagement

    engagement = existing_engagement(folder)
    try:
        rows = connection_rows(engagement)
    finally:
        engagement.close()
    soon = rows_ending_soon(rows)
    facts = {"connections": rows, "ending_soon": [one["system"] for one in soon]}
    show(facts, [*_lines(rows, soon, folder)], as_json=as_json)


def _lines(rows: Sequence[Mapping[str, Any]], soon: Sequence[Mapping[str, Any]], folder: Path) -> Iterator[str]:
    from toolkit.rest.vault.names import connect_command

    if not rows:
        yield _NOTHING
        return
    head = ["system", "state", "type", "valid until (UTC)", "renewal", "owner", "kept in"]
    names = ["system", "state", "type", "valid_until", "renewal", "owner", "kept_in"]
    yield from columns([head, *([_cell(one[name]) for name in names] for one in rows)])
    for one in rows:
        if one["scopes"] is not None:
            yield f"{one['system']} may: {', '.join(one['scopes']) or 'nothing'}"
        if one["note"]:
            yield f"{one['system']}: {one['note']}"
    if soon:
        yield "Within thirty days:"
    for one in soon:
        yield f"  {one['system']} {'has ended' if one['state'] == 'ended' else 'ends'} on {_cell(one['valid_until'])}"
    for one in rows:
        if one["state"] in _NOT_THERE or (one["state"] == "ends soon" and not one["renews"]):
            yield f"Next: {connect_command(one['system'], typed(folder))}"


def _cell(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value or "")


COMMANDS = (connections,)
