"""The mutants that change nothing anybody can see, each with the reason: ``equivalent.toml``."""

import tomllib
from pathlib import Path

from benchmarks.mutants.sites import Mutant

LIST = Path(__file__).with_name("equivalent.toml")

Key = tuple[str, str, str, str]


def listed_equivalents(path: Path = LIST) -> dict[Key, str]:
    """Return the reason of each mutant listed, by file name, function, line before and line after.

    Lines stand in the list as in the source, so that it holds when code moves, and no longer where the line has changed.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    return {(one["file"], one["function"], one["before"], one["after"]): one["why"] for one in entries}


def equivalent_entry(mutant: Mutant, why: str) -> str:
    """Return the lines of the list for one mutant."""
    file, function, before, after = (_quoted(part) for part in mutant.key)
    lines = f"file = {file}\nfunction = {function}\nbefore = {before}\nafter = {after}"
    return f"[[equivalent]]\n{lines}\nwhy = {_quoted(why)}\n"


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
