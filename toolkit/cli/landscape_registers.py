"""``landscape show``, ``add-pattern`` and the other commands about what is kept of a client's landscape."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import landscape
from toolkit.cli.audit import INCOMPLETE
from toolkit.cli.landscape import Folder
from toolkit.cli.output import AsJson, columns, show

if TYPE_CHECKING:
    from toolkit.audit.register import RegisterAnswer

IsDryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")]


@landscape.GROUP.command("show")
def show_(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Which register; without, they are listed.")] = "",
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show a register of the landscape: patterns, overlaps, existing automations and what else is known or missing."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.register_verbs import registers, show_register

    if not name:
        listed = {one: register.about for one, register in registers().items()}
        show(listed, [*columns([[*one] for one in listed.items()])], as_json=as_json)
        return
    _show_register(show_register(existing_engagement(folder), name), as_json=as_json)


@landscape.GROUP.command("pattern")
def pattern(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the pattern; 'landscape show patterns' lists them.")],
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show one pattern whole: what starts it, its steps, how success is counted, and how its flows stand here."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.register_verbs import show_register
    from toolkit.landscape.pattern import pattern_named

    pattern_named(name)
    rows = show_register(existing_engagement(folder), "patterns").table.to_pylist()
    own = [row for row in rows if row["pattern"] == name]
    show({"flows": own}, [*_pattern_lines(own)], as_json=as_json)


def _pattern_lines(flows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    first = flows[0]
    yield f"{first['label']} ({first['pattern']}): {first['standing']} here"
    yield f"Starts when: {first['starts']}"
    yield from (f"  {number}. {step}" for number, step in enumerate(first["steps"], start=1))
    yield f"Minutes before: {first['minutes_before']}; after: {first['minutes_after']}"
    yield f"Success is counted by: {first['kpi']}"
    for row in flows:
        where = row["handoffs"] or row["ends"] or row["lacks"]
        word = "carried as" if row["handoffs"] else "can go" if row["ends"] else "lacks"
        yield f"{row['flow_label']} ({row['flow']}): {word} {'; '.join(where)}"
    if first["linked"] is not None:
        yield f"{first['linked']} of {len(flows)} flows close the circle."


@landscape.GROUP.command("add-pattern")
def add_pattern_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the pattern; 'landscape show patterns' lists them.")],
    folder: Folder = Path(),
    between: Annotated[
        list[str] | None,
        typer.Option("--between", metavar="FLOW=FROM:TO", help="Between which lists a flow goes, where there are several."),
    ] = None,
    is_dry_run: IsDryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write a pattern's handoffs into engagement.yaml; what only the client can say stays to be asked."""
    from toolkit.audit.added_pattern import add_pattern, pattern_to_add
    from toolkit.audit.engagement import existing_engagement

    engagement = existing_engagement(folder)
    found = pattern_to_add(engagement, name, between or ())
    if not is_dry_run:
        add_pattern(engagement, found)
    is_written = bool(found.handoffs) and not is_dry_run
    facts = {
        "handoffs": dict(found.handoffs), "questions": [*found.questions], "notes": [*found.notes], "is_written": is_written,
    }  # fmt: skip
    said = f"Written into {folder / 'engagement.yaml'}." if is_written else "Nothing was written."
    show(facts, [*found.lines(), said], as_json=as_json)
    if found.questions:
        raise typer.Exit(INCOMPLETE)


@landscape.GROUP.command("add-shadow")
def add_shadow(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Of the flow, as 'landscape show shadow_flows' has it; 'all' for each.")
    ],
    folder: Folder = Path(),
    is_dry_run: IsDryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write a flow told in passing as a handoff: started by hand, by sheet or e-mail, with the words it was told in."""
    from toolkit.audit.added_handoffs import write_handoffs
    from toolkit.audit.added_shadows import shadows_to_add
    from toolkit.audit.engagement import existing_engagement

    engagement = existing_engagement(folder)
    found = shadows_to_add(engagement, () if name == "all" else (name,))
    if not is_dry_run:
        write_handoffs(engagement, found.handoffs, why="told in passing")
    is_written = bool(found.handoffs) and not is_dry_run
    facts = {
        "handoffs": dict(found.handoffs), "questions": [*found.questions], "notes": [*found.notes], "is_written": is_written,
    }  # fmt: skip
    lines = [f"{one}: {given['from']} > {given['to']}, {given['carrier']}." for one, given in found.handoffs.items()]
    said = f"Written into {folder / 'engagement.yaml'}." if is_written else "Nothing was written."
    show(facts, [*lines, *found.notes, *found.questions, said], as_json=as_json)
    if found.questions:
        raise typer.Exit(INCOMPLETE)


@landscape.GROUP.command("guides")
def guides(
    folder: Folder = Path(),
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="One alone: ap_clerk, bookkeeper, month_end_owner, sales …")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Write interview guides by role, of what is still unknown, and a workbook for the answers, into reports/interviews."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.interviews import write_guides
    from toolkit.landscape.guides.questions import role_words

    found = write_guides(existing_engagement(folder), role)
    counts = {name: len(own) for name, own in found.questions.items()}
    facts = {"files": [str(one) for one in found.files], "questions": counts}
    lines = [*columns([["role", "questions"], *([*row] for row in role_words(counts))], right=[1])]
    show(facts, [*lines, *(f"Wrote {one}." for one in found.files)], as_json=as_json)


@landscape.GROUP.command("answers")
def answers(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook of interviews, filled in.")],
    folder: Folder = Path(),
    is_dry_run: IsDryRun = False,
    as_json: AsJson = False,
) -> None:
    """Keep answers of interviews in engagement.yaml, each with who, when and how sure; 'explain answer.NAME' shows one."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.interviews import keep_answers, read_interviews

    engagement = existing_engagement(folder)
    found = read_interviews(engagement, file)
    if not is_dry_run:
        keep_answers(engagement, found)
    is_written = bool(found.changed) and not is_dry_run
    lines = [f"answer.{name}: {one.answer} ({one.who}, {one.on}, {one.confidence})" for name, one in found.changed.items()]
    lines += [f"Not taken: {one}" for one in found.problems]
    said = f"Wrote {len(found.changed)} into {folder / 'engagement.yaml'}." if is_written else "Nothing was written."
    facts = {"answers": [*found.changed], "problems": [*found.problems], "is_written": is_written}
    show(facts, [*lines, said], as_json=as_json)
    if found.problems:
        raise typer.Exit(INCOMPLETE)


@landscape.GROUP.command("changelog")
def changelog(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A change log: a row for each change.")],
    folder: Folder = Path(),
    case: Annotated[str, typer.Option("--case", metavar="COLUMN", help="The column that names the case.")] = "",
    who: Annotated[str, typer.Option("--who", metavar="COLUMN", help="The column that names the person.")] = "",
    when: Annotated[str, typer.Option("--when", metavar="COLUMN", help="The column with the moment.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show who changes cases after whom, how often, and how long they wait, from a change log; nothing is kept."""
    from toolkit.audit.change_logs import LogColumns, read_change_log
    from toolkit.audit.engagement import existing_engagement

    _show_register(read_change_log(existing_engagement(folder), file, LogColumns(case, who, when)), as_json=as_json)


def _show_register(found: "RegisterAnswer", *, as_json: bool) -> None:
    from toolkit.audit.verb_result import text_lines

    gaps = found.gaps or ()
    facts = {"sentence": found.sentence, "rows": found.table.to_pylist(), "notes": [*found.notes], "gaps": [*gaps]}
    lines = text_lines(found.sentence, found.head, found.rows, found.notes, said=gaps, is_whole=True)
    show(facts, [*lines, *([f"Next: {found.next_step}"] if found.next_step else [])], as_json=as_json)
