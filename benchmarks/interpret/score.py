"""How well tables were understood: ``python -m benchmarks.interpret.score LABELS LOOK.json [--by language]``.

``LOOK.json`` is what ``integration-audit look --json`` writes about the files of :mod:`benchmarks.interpret.invented`;
several such files may follow each other. A table is found by the part of its path that is the id of a label. What has no
answer is wrong.

- **telling columns** say something about who or what (no label accepts ``none``); a tool that maps nothing scores 0.
- **none** is the share of the columns that say nothing which were left alone.
- **sure** is the share of columns told as sure; then how often what was told as sure, probable and doubtful was right,
  ``none`` aside.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.interpret.invented import Column, Table, labelled_tables, listed

Told = dict[str, Any]

CERTAINTIES = ("sure", "probable", "doubtful")
_NUMBERS = {"number", "record_id", "code"}
_NAMES = {"party_name", "company_name", "name"}
_SHORT = {"price": "unit_price", "rate_per_hour": "rate", "": "none"}


@dataclass(slots=True)
class Tally:
    """Counts over tables; ``columns`` and ``telling`` hold a share of each table: all weigh the same."""

    tables: int = 0
    entity: int = 0
    row_is: int = 0
    key: int = 0
    columns: list[float] = field(default_factory=list)
    telling: list[float] = field(default_factory=list)
    of_none: Counter[bool] = field(default_factory=Counter)
    by_certainty: dict[str, Counter[bool]] = field(default_factory=lambda: {one: Counter() for one in CERTAINTIES})
    column_count: int = 0


def named(meaning: str | None) -> str:
    """Return a meaning as the labels call it: ``tax_minor`` is ``tax``, nothing is ``none``."""
    short = (meaning or "").replace("_minor", "")
    return _SHORT.get(short, short)


def is_right(column: Column, said: str, table: Table) -> bool:
    """Return whether a meaning is accepted for a column.

    ``amount`` without more is the gross, or the net where no column is the gross. What numbers a row may be called
    ``number``, ``record_id`` or ``code``; ``party_ref`` may be a name where no column holds an id.
    """
    gold = set(listed(column["meaning"]))
    accepted = {one for other in table["columns"] for one in listed(other["meaning"])}
    firsts = {listed(other["meaning"])[0] for other in table["columns"]}
    if said == "amount":
        return "amount_gross" in gold or ("amount_net" in gold and "amount_gross" not in firsts)
    if said in _NUMBERS:
        return bool(_NUMBERS & gold) or any(column["header"] in key for key in table["key_any"])
    if said == "party_ref" and "party_ref" not in accepted:
        return bool(_NAMES & gold)
    return said in gold


def key_is_right(table: Table, said: Iterable[str]) -> bool:
    """Return whether the headers are one of the accepted keys; without an accepted key there must be none."""
    return set(said) in ([set(key) for key in table["key_any"]] or [set()])


def counted_in(tally: Tally, table: Table, told: Told | None) -> None:
    """Add what was told about a table to the counts."""
    told = told or {}
    columns = told.get("columns") or {}
    tally.tables += 1
    tally.column_count += len(table["columns"])
    tally.entity += told.get("entity") in listed(table["entity"])
    tally.row_is += told.get("row_is") == table["row_is"]
    tally.key += bool(told.get("entity")) and key_is_right(table, told.get("key") or ())
    right: dict[str, bool] = {}
    for column in table["columns"]:
        about = columns.get(column["header"]) or {}
        said = named(about.get("meaning"))
        right[column["header"]] = is_right(column, said, table)
        if listed(column["meaning"])[0] == "none":
            tally.of_none[said == "none"] += 1
        if said != "none" and about.get("certainty") in CERTAINTIES:
            tally.by_certainty[about["certainty"]][right[column["header"]]] += 1
    telling = [right[one["header"]] for one in table["columns"] if "none" not in listed(one["meaning"])]
    tally.columns.append(sum(right.values()) / len(right))
    if telling:
        tally.telling.append(sum(telling) / len(telling))


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    – "


def line_of(name: str, tally: Tally) -> str:
    """Return the counts as a line of the printed table."""
    told = {one: tally.by_certainty[one] for one in CERTAINTIES}
    shares = [
        _percent(tally.entity, tally.tables),
        _percent(tally.row_is, tally.tables),
        _percent(tally.key, tally.tables),
        _percent(sum(tally.columns), len(tally.columns)),
        _percent(sum(tally.telling), len(tally.telling)),
        _percent(tally.of_none[True], tally.of_none.total()),
        _percent(told["sure"].total(), tally.column_count),
        *(_percent(one[True], one.total()) for one in told.values()),
    ]
    return f"{name:<14}{tally.tables:>4}  " + "  ".join(f"{one:>8}" for one in shares)


HEAD = f"{'':<14}{'n':>4}  " + "  ".join(
    f"{one:>8}"
    for one in ("entity", "row is", "key", "columns", "telling", "none", "sure", "if sure", "if prob.", "if doubt")
)


def told_by_id(tables: list[Table], answers: Iterable[dict[str, Any]]) -> dict[str, Told]:
    """Return what was told about each labelled table, by its id; of several sheets the first counts."""
    ids = {table["id"] for table in tables}
    found: dict[str, Told] = {}
    for told in (one for answer in answers for one in answer["tables"]):
        path = Path(told["file"])
        name = next((part for part in (path.stem, *path.parts) if part in ids), None)
        if name:
            found.setdefault(name, told)
    return found


_GROUPS: dict[str, Callable[[Table], str]] = {
    "language": lambda table: table["language"],
    "family": lambda table: table["family"],
    "entity": lambda table: listed(table["entity"])[0],
    "seen": lambda table: "rows seen" if table["rows_seen"] else "header only",
}


def tallies(tables: list[Table], told: dict[str, Told], by: str) -> dict[str, Tally]:
    """Return the counts of all tables under ``all``, then of each group."""
    groups: dict[str, Tally] = defaultdict(Tally)
    for table in tables:
        for name in ("all", _GROUPS[by](table)):
            counted_in(groups[name], table, told.get(table["id"]))
    return groups


def _mistakes(tables: list[Table], told: dict[str, Told]) -> tuple[Counter[str], Counter[str]]:
    entities: Counter[str] = Counter()
    meanings: Counter[str] = Counter()
    for table in tables:
        answer = told.get(table["id"]) or {}
        if answer.get("entity") not in listed(table["entity"]):
            entities[f"{listed(table['entity'])[0]} as {answer.get('entity')}"] += 1
        for column in table["columns"]:
            said = named(((answer.get("columns") or {}).get(column["header"]) or {}).get("meaning"))
            if not is_right(column, said, table):
                meanings[f"{listed(column['meaning'])[0]} as {said}"] += 1
    return entities, meanings


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("look", type=Path, nargs="+")
    parser.add_argument("--by", choices=sorted(_GROUPS), default="language")
    given = parser.parse_args()
    tables = labelled_tables(given.labels)
    told = told_by_id(tables, [json.loads(path.read_text(encoding="utf-8")) for path in given.look])
    print(HEAD)
    groups = tallies(tables, told, given.by)
    for name in ["all", *sorted(set(groups) - {"all"})]:
        print(line_of(name, groups[name]))
    missing = sum(table["id"] not in told for table in tables)
    entities, meanings = _mistakes(tables, told)
    print(f"\n{missing} tables without an answer")
    print("entities confused:", ", ".join(f"{what} {n}" for what, n in entities.most_common(15)) or "none")
    print("columns confused: ", ", ".join(f"{what} {n}" for what, n in meanings.most_common(25)) or "none")


if __name__ == "__main__":
    main()
