"""Where two systems say different things about the same customer, supplier or person."""

from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from toolkit.reconcile.outcome_words import open_differences
from toolkit.report.blocks import Block, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.examples import field_words
from toolkit.report.gaps import systems_read
from toolkit.report.masking import is_person_name, masked_party, masked_value
from toolkit.report.record_names import place_words
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_PREFIX = "reconcile.different_share."
_EXAMPLES = 6
_LOOKED_AT = 40
_MAX_ROWS = 10


def build(run: RunTables) -> tuple[Block, ...]:
    """Return how often each field differs between two systems, and masked examples."""
    # By how many differ, not by their share: all of one pair is no finding.
    shares = sorted(
        (row for row in run.figures_below(_PREFIX) if row["value"]),
        key=lambda row: (-_different(row), row["figure_id"]),
    )
    examples = _examples(run)
    if not shares and not examples and len(systems_read(run)) < 2:
        return (Note(("Differences show between two systems, and only one was read.",)),)
    if not shares and not examples:
        return (Note(_none_differs(run)),)
    return (
        Paragraph(
            (
                (
                    "For records that stand for the same customer, supplier or person in two systems we compared field "
                    "by field. Capitals, punctuation and the way a value is written do not count as a difference; a "
                    "typing error does. Proposed is what the system says that you named for the field; where you named "
                    "none, we assume what most systems say, else what changed last. Where nothing tells, decide it."
                ),
            )
        ),
        Table(
            ("Field", "Differ", "Share", "95 % interval", "Pairs compared"),
            tuple(
                (
                    shown.label,
                    decimal_text(_different(row), 0),
                    shown,
                    shown.range_text,
                    "" if shown.n is None else decimal_text(shown.n, 0),
                )
                for row in shares[:_MAX_ROWS]
                for shown in (shown_figure(run.figures, row["figure_id"]),)
            ),
            caption="How often two systems disagree, what differs most often first",
            row_count=len(shares),
        ),
        Table(
            ("Of whom", "Field", "One system says", "The other says", "Proposed"),
            tuple(examples),
            caption="Examples",
            row_count=open_differences(run.table("mismatch")).num_rows,
        ),
    )


def _different(row: Mapping[str, Any]) -> int:
    """Return how many values differ: the share says of how many."""
    return round(float(row["value"]) * (row["n"] or 1))


def _none_differs(run: RunTables) -> tuple[Inline, ...]:
    """Return why there is no difference to show: nothing could be compared, or all that was agrees."""
    compared = run.figures.get("reconcile.different_count")
    if compared is None or not compared["n"]:
        return ("No record of one system could be matched with one of another, so nothing could be compared.",)
    values = "1 value was" if compared["n"] == 1 else f"{decimal_text(compared['n'], 0)} values were"
    return (f"{values} compared, and none differs: the systems say the same of the same customers, suppliers and people.",)


def _examples(run: RunTables) -> list[tuple[str, ...]]:
    """Return a few differences, of as many fields as possible."""
    different = open_differences(run.table("mismatch")).sort_by(
        [("column", "ascending"), ("key_l", "ascending"), ("key_r", "ascending")]
    )
    by_column: dict[str, list[dict[str, Any]]] = {}
    # A few per field are enough to choose from; the table may hold thousands.
    for column in pc.unique(different["column"]).to_pylist():
        rows = different.filter(pc.equal(different["column"], column)).slice(0, _LOOKED_AT).to_pylist()
        by_column[column] = [row for row in rows if _can_be_seen(row)][:_EXAMPLES]
    chosen: list[dict[str, Any]] = []
    for turn in range(_EXAMPLES):
        chosen += [rows[turn] for rows in by_column.values() if turn < len(rows)]
    chosen = chosen[:_EXAMPLES]
    keys = [key for row in chosen for key in (row["key_l"], row["key_r"])]
    kinds, parties = run.kinds(keys), run.parties(keys)
    return [_row(run, row, kinds, parties) for row in chosen]


def _can_be_seen(row: dict[str, Any]) -> bool:
    """Whether the two sides differ also once they are masked; of two addresses at one domain nobody could tell."""
    kind = "person" if row["column"] == "name" else "unknown"
    left, right = (masked_value(row["column"], row[f"value_{side}"], kind=kind) for side in ("l", "r"))
    return left != right


def _row(run: RunTables, row: dict[str, Any], kinds: dict[str, str], parties: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    # What kind of party it is may be known on one side only; a person on either side is a person.
    known = {kinds.get(row["key_l"]), kinds.get(row["key_r"])}
    kind = "person" if "person" in known else "company" if "company" in known else "unknown"
    is_name = row["column"] in {"name", "company_name"}
    if kind == "unknown" and is_name and any(is_person_name(row[side]) for side in ("value_l", "value_r")):
        kind = "person"
    sides = []
    for side in ("l", "r"):
        value = masked_value(row["column"], row[f"value_{side}"], kind=kind)
        sides.append(f"{value} ({place_words(run, row[f'key_{side}'])})")
    proposed = masked_value(row["column"], row["proposed_value"], kind=kind)
    named = parties.get(row["key_l"]) or parties.get(row["key_r"]) or {}
    # Whose name is what differs is called by the one that is proposed, not by the one that may be mistyped.
    named = {**named, row["column"]: row["proposed_value"]} if is_name and row["proposed_value"] else named
    return (
        masked_party({**named, "city": None}, kind="" if kind == "unknown" else kind) if named else "",
        field_words(row["column"]),
        *sides,
        f"{proposed} (as in {run.label(row['proposed_system'])})" if proposed else "to be decided",
    )


SECTION = Section("Differences between systems", 45, build)
