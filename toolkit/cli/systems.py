"""``systems``: what can be done with each system, how well it can be connected, and what that was proved on."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.output import AsJson, columns, show

_MAY = (("export", "its files"), ("pull", "asked"), ("write", "written to"), ("webhook", "listens"))


def systems(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One system: hubspot, quickbooks, …")] = "",
    folder: Annotated[
        Path, typer.Option("--folder", help="An engagement: its volumes are held against the limits.")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """List the systems that the toolkit knows: files, interface, sign-in, limits, scorecard, what each was proved on."""
    from toolkit.audit.engagement import open_engagement
    from toolkit.audit.systems import connector_named, system_overviews
    from toolkit.connectors import connectors
    from toolkit.settings import FILE_NAME

    chosen = [connector_named(name)] if name else connectors()
    if folder != Path() or (folder / FILE_NAME).exists():
        engagement = open_engagement(folder)
        try:
            found = system_overviews(chosen, engagement)
        finally:
            engagement.close()
    else:
        found = system_overviews(chosen)
    show(found, [*(_page(found[0]) if name else _table(found))], as_json=as_json)


def _table(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    head = ["system", "", "files", "asked", "score", "known", "proved on"]
    rows = [
        [
            one["name"],
            one["label"],
            _yes(one["export"]),
            _yes(one["pull"]),
            "" if one["scorecard"]["score"] is None else f"{one['scorecard']['score']}",
            f"{one['scorecard']['known_share']:.0%}" if one["scorecard"]["score"] is not None else "",
            one["proved_on"][0]["label"] if one["proved_on"] else "",
        ]
        for one in found
    ]
    yield from columns([head, *rows], right=[4, 5])
    yield "Score: how well a system can be connected, of 100, over what is known of ten criteria."
    yield from _loads(found)
    yield "More of one: integration-audit systems NAME"


def _page(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"{one['label']} ({one['name']}): {', '.join(f'{label}: {_yes(one[key])}' for key, label in _MAY)}"
    if one["streams"]:
        yield ""
        yield from columns(
            [
                ["stream", "is", "files", "asked", "changes", "deletions", "written to"],
                *([s["name"], s["entity"], *(_yes(s[key]) for key in ("export", "pull", "changes", "deletions")),
                   ", ".join(s["write"]) or "-"]
                  for s in one["streams"]),
            ]
        )  # fmt: skip
    for way in one["sign_in"]:
        yield f"Sign-in {way['way']}: {' '.join(way['scopes']) or 'no scopes'}"
        if way["scopes_to_write"]:
            yield f"  to write, a sign-in of its own: {' '.join(way['scopes_to_write'])}"
    if one["limits"]:
        yield f"Limits: {'; '.join(one['limits'])}"
    card = one["scorecard"]
    if card["score"] is not None:
        yield ""
        yield f"Scorecard: {card['score']} of 100, from {card['known_share']:.0%} of the criteria"
        answers = ((c["name"], c["answer"] or "not known", c["points"]) for c in card["criteria"])
        yield from columns([[name, answer, "" if points is None else f"{points:g}"] for name, answer, points in answers])
    for proof in one["proved_on"]:
        yield f"Proved on {proof['label']}: {proof['what']}"
    yield from _loads([one])


def _loads(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for load in (load for one in found for load in one["peak_loads"]):
        busiest = f"in its busiest minute ({load['at']} UTC)"
        text = f"{load['system']}: {load['records_a_minute']:,} records made or changed {busiest}"
        if load["limit_a_minute"] is None:
            yield f"{text}; what it takes a minute is not known."
        else:
            warning = " TOO NEAR to the limit" if load["is_flagged"] else ""
            limit = f"{load['limit_a_minute']:,.0f} requests a minute that it takes"
            yield f"{text}: {load['share']:.0%} of the {limit}.{warning}"


def _yes(value: bool) -> str:
    return "yes" if value else "-"


COMMANDS = (systems,)
