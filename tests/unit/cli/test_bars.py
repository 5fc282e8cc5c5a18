"""A bar on the terminal for each stream that is pulled, and one for all else."""

from typing import Any

from toolkit.cli.output import Bar


class Bars:
    """Bars with a memory, in the place of a terminal's."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []

    def add_task(self, description: str, *, total: int | None) -> int:
        self.shown.append({"description": description, "total": total})
        return len(self.shown) - 1

    def update(self, task: int, **facts: Any) -> None:
        self.shown[task] |= facts


def test_streams_that_are_pulled_side_by_side_have_a_bar_each() -> None:
    """Each with what came of it, and of how much where the system says so."""
    bars = Bars()
    bar = Bar(bars, bars.add_task("", total=None))

    bar("Pulling crm/people", 100, 300)
    bar("Pulling crm/deals", 50, None)
    bar("Pulling crm/people", 200, 300)
    bar("Snapshot of crm/people", 1, 2)

    assert [(one["description"], one["completed"], one["total"]) for one in bars.shown] == [
        ("Snapshot of crm/people", 1, 2),
        ("Pulling crm/people", 200, 300),
        ("Pulling crm/deals", 50, None),
    ]
