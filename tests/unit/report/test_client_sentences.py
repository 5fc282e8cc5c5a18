"""Sentences of the report that a finance director would stumble over if they were not true to the figures."""

import re
from typing import Any

import pyarrow as pa

from tests.unit.report.sample_run import figure, sample_run
from tests.unit.report.test_gaps import text_of
from toolkit.report.run import RunTables
from toolkit.report.sections.all_figures import SECTION as ALL_FIGURES
from toolkit.tables import FIGURE


def run_of(*rows: dict[str, Any], **tables: pa.Table) -> RunTables:
    """Return the sample run with other figures, and some other tables."""
    return sample_run(tables={**sample_run().tables, **tables, "figure": FIGURE.from_rows(rows)})


def differing(name: str, share: float, count: int) -> dict[str, Any]:
    """Return the figure of a field of two systems."""
    return figure(f"reconcile.different_share.{name}", f"{name} that differ", share, "share", n=count)


def test_what_was_compared_and_agrees_is_told_as_such() -> None:
    """Values that all agree are no missing comparison; only where nothing was compared is that said."""
    no_rows = {"mismatch": sample_run().table("mismatch").slice(0, 0)}
    agreeing = figure("reconcile.different_count", "Values that differ between two systems", 0.0, "count", n=788)

    text = text_of(run_of(agreeing, **no_rows), "differences")

    assert "788 values were compared, and none differs" in text
    assert "nothing could be compared" not in text
    assert "nothing could be compared" in text_of(run_of(**no_rows), "differences")


def test_differences_stand_in_order_of_the_count_that_is_shown() -> None:
    """Many of many before few of few, and the count by which they are ordered is there to be read."""
    text = text_of(run_of(differing("a.b.name", 0.5, 10), differing("a.c.email", 0.2, 349)), "differences")

    assert re.search(r"a\.c\.email that differ\s+70\s+20 %.*a\.b\.name that differ\s+5\s+50 %", text)


def test_methods_that_share_a_line_name_all_their_days() -> None:
    """No gap is left where the days of three handoffs differ; one method alone keeps its own."""
    rows = [
        figure(f"reconcile.missing_count.{name}", f"Missing of {name}", 3.0, "count", method=f"Later than {days} days.")
        for name, days in (("a", 45), ("b", 7), ("c", 14))
    ]

    text = " ".join(block._repr_html_() for block in ALL_FIGURES.build(run_of(*rows)))

    assert "Later than 7, 14 or 45 days; the days of each handoff are its own." in text
    assert "… days" not in text
    assert "Later than 45 days." in " ".join(block._repr_html_() for block in ALL_FIGURES.build(run_of(rows[0])))
