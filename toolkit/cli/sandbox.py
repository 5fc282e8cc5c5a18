"""``sandbox [DIR]``: stand-ins of a client's systems to practise on."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, show

if TYPE_CHECKING:
    from toolkit.sandbox.running import Running


def sandbox(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="An engagement that was pulled; else the sample client.")
    ] = None,
    with_faults: Annotated[
        bool, typer.Option("--faults", help="Let things go wrong now and then: limits, dropped lines, expired tokens.")
    ] = False,
    ends_keys: Annotated[
        bool, typer.Option("--withdraw-keys", help="Withdraw each key once in the middle of a pull; the new one is printed.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65000, help="Of the first stand-in, the others behind it; any free ones without.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Serve a client's own snapshots on this machine as stand-ins of its systems, until Ctrl-C.

    Nothing leaves the machine and nothing can break: rehearse connecting and pulling here before the client's systems are
    asked. What to write into engagement.yaml is printed, with invented credentials that are good for this run alone.
    """
    import time

    from toolkit.audit.practice import practice_systems
    from toolkit.sandbox.running import running

    with (
        practice_systems(folder) as (client, currency, systems),
        running(systems, with_faults=with_faults, port=port, withdrawn=_say_new_key if ends_keys else None) as found,
    ):
        show(_facts(client, found), _lines(client, currency, found, with_faults=with_faults), as_json=as_json)
        sys.stdout.flush()
        while True:
            time.sleep(3600)


def _say_new_key(one: "Running") -> None:
    """Say that a key ended, and which one is good now, as a client's administrator would."""
    from toolkit.sandbox.excerpt import export_commands

    lines = [f"{one.system}: its key was withdrawn. The new one, for the other terminal:", *export_commands([one])]
    typer.echo("\n".join(["", *lines]), err=True)
    sys.stderr.flush()


def _facts(client: str, found: Sequence["Running"]) -> dict[str, Any]:
    from toolkit.sandbox.excerpt import connection_settings

    systems = [
        {"system": one.system, "connector": one.connector, "url": one.url, "settings": connection_settings(one),
         "environment": one.every_secret}
        for one in found
    ]  # fmt: skip
    return {"client": client, "systems": systems}


def _lines(client: str, currency: str, found: Sequence["Running"], *, with_faults: bool) -> list[str]:
    from toolkit.sandbox.excerpt import engagement_excerpt, export_commands

    head = ["system", "stands in for", "at"]
    body = [[one.system, one.machine.connector.label, one.url] for one in found]
    now_and_then = " Things go wrong now and then." if with_faults else ""
    return [
        f"{client} to practise on, on this machine alone, until Ctrl-C.{now_and_then}",
        "",
        *columns([head, *body]),
        "",
        "engagement.yaml in a new folder:",
        "",
        engagement_excerpt(found, client, currency),
        "Then, in another terminal (the credentials are invented, and good for this run alone):",
        "",
        *export_commands(found),
        "integration-audit pull FOLDER",
    ]


COMMANDS = (sandbox,)
