"""The page that comes with the files: what will happen, in which order, what to check, how it is taken back."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from toolkit.changes import Plan
from toolkit.connector import ImportForm


@dataclass(frozen=True, slots=True)
class Stage:
    """What a person does next: import a file, or go through lines of a list."""

    number: int
    file: str
    rows: int
    form: ImportForm | None = None
    untold: tuple[tuple[str, int], ...] = ()
    what: str = ""


_BEFORE = (
    "Export the lists named below once more and keep the files: they are your way back if all else fails.",
    "Import soon. An import does not ask whether a record was changed since it was planned: it writes what the file says.",
    "Do not open and save the CSV files in a spreadsheet program: it changes numbers, dates and leading zeros.",
    "Try the first file with its first line alone, look at that record, then import the rest.",
    "Keep the order. Go on only when a step is done without errors.",
)
_AFTER = (
    "Each import says how many rows it took: that number is the one named with the file.",
    "Open three records of each file and compare them with it.",
    "Export the lists anew and give us the files: the comparison with the plan then covers every record.",
)
_BACK = (
    "Take back only what was done: a step that was never done is left out here too.",
    "What somebody changed in the meantime would be overwritten: compare before you import.",
)


def workbook_name(file: str) -> str:
    """Return what the workbook is called that holds the rows of a file.

    Examples
    --------
    >>> workbook_name("01-update-companies.csv")
    '01-update-companies.xlsx'
    """
    return f"{file.removesuffix('.csv')}.xlsx"


def read_me(
    plan: Plan,
    label: str,
    stages: Sequence[Stage],
    undo: Sequence[Stage],
    *,
    by_file: int,
    by_hand: int,
    files: Collection[str] = (),
) -> str:
    """Return the page as plain text.

    Parameters
    ----------
    plan
        What is done.
    label
        What people call the product.
    stages, undo
        In the order in which they are done.
    by_file, by_hand
        How many changes are in files, and how many in the list.
    files
        Names of all that are handed over: where a workbook stands beside a file, it says so.
    """
    lines = [*_head(plan, label, by_file, by_hand), *_stages(stages, "by-hand.csv", files=files)]
    lines += ["WHAT TO CHECK AFTERWARDS", "", *(f"- {line}" for line in _AFTER), ""]
    lines += ["HOW TO TAKE IT BACK, IN THIS ORDER", "", *_BACK, "", *_stages(undo, "undo/by-hand.csv", files=files)]
    return "\r\n".join([*lines, ""])


def _head(plan: Plan, label: str, by_file: int, by_hand: int) -> Iterator[str]:
    title = f"READ ME FIRST: changes to {label} ({plan.target.system})"
    total = len(plan.operations)
    yield from [title, "=" * len(title), ""]
    yield f"Plan {plan.plan_id}"
    yield f"{total} {_plural('change', total)}: {by_file} by importing files, {by_hand} by hand (by-hand.csv)."
    if plan.left_out:
        yield f"Not in these files: {len(plan.left_out)} {_plural('case', len(plan.left_out))} that the rules do not decide."
    yield from ["", "BEFORE YOU BEGIN", "", *(f"- {line}" for line in _BEFORE), "", "WHAT TO DO, IN THIS ORDER", ""]


def _stages(stages: Sequence[Stage], by_hand: str, *, files: Collection[str]) -> Iterator[str]:
    told: dict[str, int] = {}
    for one in stages:
        rows = f"{one.rows} {_plural('row', one.rows)}"
        if one.form is None:
            yield f"Step {one.number}. By hand: the {rows} of {by_hand} with step {one.number}{one.what}."
        else:
            book = workbook_name(one.file)
            other = f", or {book}, never both" if book in files else ""
            yield f"Step {one.number}. Import {one.file}{other} ({rows})."
            yield f"   Where: {one.form.place}"
            yield from (f"   The import has no field for: {words} (of {count})." for words, count in one.untold)
            if one.form.name not in told:
                yield from (f"   Choose: {choice}" for choice in one.form.choices)
                yield f"   If it is imported again: {one.form.on_repeat}"
                told[one.form.name] = one.number
            else:
                yield f"   Choose, and take care: as in step {told[one.form.name]}."
        yield ""
    if not stages:
        yield from ["Nothing.", ""]


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
