"""``scope``: what is in, how it is accepted, what a change costs; who is right; field maps; what a text leaves open."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from toolkit.cli.output import AsJson, Overrides, columns, progress_bar, show
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.audit.verb_result import VerbResult

_DEFAULT = "show"


class _ScopeGroup(TyperGroup):
    """A group that is a command, too: without a word of its own it shows the scope."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default in front where the first word is none of the group's."""
        first = next((one for one in args if not one.startswith("-")), "")
        if first not in self.commands and not {"--help", "-h"} & {*args}:
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


GROUP = typer.Typer(
    name="scope",
    cls=_ScopeGroup,
    help="Show or write the scope, or what a change of it costs (scope show --help has the options); who is right, field "
    "maps, and what a text leaves open.",
)
Folder = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The engagement's folder.")]


@GROUP.command(_DEFAULT)
def show_scope(
    folder: Folder = Path(),
    add: Annotated[list[str] | None, typer.Option("--add", metavar="HANDOFF", help="Say what it costs to add one.")] = None,
    drop: Annotated[
        list[str] | None, typer.Option("--drop", metavar="HANDOFF", help="Say what it saves to drop one.")
    ] = None,
    change: Annotated[Path | None, typer.Option("--change", metavar="FILE", help="A change request (YAML).")] = None,
    is_written: Annotated[bool, typer.Option("--write", help="Write the page and the field maps into reports/.")] = False,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Show what is in scope, out and later, how it is accepted and what is open; with a change, what that costs."""
    from toolkit.audit.engagement import existing_engagement

    is_change = bool(add or drop or change)
    if is_change and is_written:
        raise InputError("A change is tried, not written: leave out --write, or write it into engagement.yaml first.")
    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        if is_change:
            from toolkit.audit.scope_changes import try_change

            tried = try_change(engagement, add=add or (), drop=drop or (), change=change, progress=progress)
            effects = [
                {"name": one.name, "unit": one.unit, "before": one.before, "after": one.after, "difference": one.difference}
                for one in tried.effects
            ]
            facts = {"sentence": tried.sentence, "added": list(tried.added), "dropped": list(tried.dropped)}
            _show(tried, {**facts, "effects": effects, "notes": list(tried.notes)}, as_json=as_json)
            return
        from toolkit.audit.scope_verbs import plan_scope, write_scope

        found = (write_scope if is_written else plan_scope)(engagement, progress=progress)
    tables = {"scope": found.table, "acceptance": found.acceptance, "success": found.success, "gaps": found.open_points}
    files = [str(one) for one in found.files]
    _show(
        found,
        {"sentence": found.sentence, **{name: one.to_pylist() for name, one in tables.items()}, "files": files},
        as_json=as_json,
    )


@GROUP.command("sources")
def show_sources(folder: Folder = Path(), overrides: Overrides = None, as_json: AsJson = False) -> None:
    """Show which system is right, what each policy would settle, and how far systems agree with their master."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.scope_verbs import check_sources

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = check_sources(engagement, progress=progress)
    tables = {"matrix": found.table, "policies": found.policies, "consistency": found.consistency}
    facts = {"sentence": found.sentence, **{name: one.to_pylist() for name, one in tables.items()}}
    _show(found, facts, as_json=as_json)


@GROUP.command("maps")
def show_maps(folder: Folder = Path(), overrides: Overrides = None, as_json: AsJson = False) -> None:
    """Show which field becomes which in each handoff, what survives the way there and back, and what to test with."""
    from toolkit.audit.engagement import existing_engagement
    from toolkit.audit.scope_verbs import check_field_maps

    engagement = existing_engagement(folder, overrides=overrides or ())
    with progress_bar(as_json=as_json) as progress:
        found = check_field_maps(engagement, progress=progress)
    tables = {"maps": found.table, "examples": found.examples, "test_cases": found.test_cases}
    facts = {"sentence": found.sentence, **{name: one.to_pylist() for name, one in tables.items()}}
    _show(found, facts, as_json=as_json)


@GROUP.command("lint")
def lint(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text; - reads what is piped in.")],
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="de, en, es or fr; without, the text tells.")
    ] = "",
    system: Annotated[
        list[str] | None,
        typer.Option("--system", metavar="NAME", help="A system's name, which may stand behind 'the system'."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a text leaves open: vague words, systems without a name, promises without a number. Code 4 where it does."""
    from toolkit.scoping.scope.lint import weak_places

    text = sys.stdin.read() if str(file) == "-" else _text(file)
    found = weak_places(text, language=language, systems=system or ())
    facts = [{"line": one.line, "column": one.column, "kind": one.kind, "word": one.word, "why": one.why} for one in found]
    lines = columns([[f"{one.line}:{one.column}", _plain(one.word), one.why] for one in found])
    show({"places": facts}, lines or ["Nothing vague was found."], as_json=as_json)
    if found:
        raise typer.Exit(4)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {file}: {error}. It must be a readable text file in UTF-8.") from error


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)


def _show(found: "VerbResult", facts: dict[str, Any], *, as_json: bool) -> None:
    from toolkit.audit.verb_result import text_lines

    gaps = [f"Open: {one}" for one in found.gaps or ()]
    files = [f"File: {one}" for one in found.files]
    facts["gaps_told"] = list(found.gaps or ())
    show(facts, text_lines(found.sentence, found.head, found.rows, (*found.notes, *gaps, *files)), as_json=as_json)
