import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.unit.report.sample_run import NOON, figure, sample_run, sample_tables
from toolkit.report import client_report, run_tables
from toolkit.report.blocks import ScoreCards
from toolkit.report.sections.changes import SECTION
from toolkit.store.results import new_run
from toolkit.tables import FIGURE


def text_of(run: Any) -> str:
    """Return what the section says, without tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", block._repr_html_()) for block in SECTION.build(run))


def test_what_became_fewer_is_told_with_then_and_now() -> None:
    """Thirty-one won deals without an invoice in May, fourteen now."""
    text = text_of(sample_run())

    assert re.search(r"Won deals without an invoice\s+31\s+14", text)
    assert "Since 4 May 2026, 1 figure went down and 1 figure up" in text


def test_the_first_audit_has_nothing_to_compare_with() -> None:
    """The report of a first audit has no such section, and does not speak of a change."""
    run = replace(sample_run(), earlier={}, earlier_on=None)

    assert not SECTION.is_for(run)
    assert "first audit" in text_of(run)


def test_a_figure_that_was_not_known_is_no_change() -> None:
    """What could not be measured then is not zero then."""
    unknown = figure("reconcile.missing_count.deal_to_invoice", "Won deals without an invoice", None, "count")
    rows = FIGURE.from_rows([unknown]).to_pylist()

    run = replace(sample_run(), earlier={row["figure_id"]: row for row in rows})

    assert "nothing is different" in text_of(run)


def written(folder: Path, as_of: str, missing: float, minute: int, **facts: Any) -> None:
    """Write a run whose only figure is a count of missing invoices."""
    tables = {name: table for name, table in sample_tables().items() if name != "party"}
    rows = [figure("reconcile.missing_count.deal_to_invoice", "Won deals without an invoice", missing, "count")]
    given = {"client": "Harbor & Pine", "currency": "USD", "as_of": as_of, "stages": ["figures"], **facts}
    with new_run(folder, NOON.replace(minute=minute), given) as run:
        run.write("figure", FIGURE.from_rows(rows))
        run.write("snapshot", tables["snapshot"].slice(0, 0))


def test_the_audit_before_is_the_newest_of_an_earlier_day(tmp_path: Path) -> None:
    """Neither a trial nor a second look at the same exports is what a client compares with."""
    for minute, (as_of, missing, facts) in enumerate(
        [
            ("2026-02-01", 50, {}),
            ("2026-05-04", 31, {}),
            ("2026-05-20", 99, {"trial": {"rates.day_rate": "700"}}),
            ("2026-10-05", 15, {}),
            ("2026-10-05", 12, {}),
        ]
    ):
        written(tmp_path, as_of, missing, minute, **facts)

    run = run_tables(tmp_path)

    assert str(run.earlier_on) == "2026-05-04"
    assert run.earlier["reconcile.missing_count.deal_to_invoice"]["value"] == 31
    assert run.figures["reconcile.missing_count.deal_to_invoice"]["value"] == 12


def test_a_figure_of_the_first_page_says_what_it_was() -> None:
    """Who looks at the first page only sees that something moved."""
    cost = figure(
        "roi.cost_now_per_month.total", "Cost", 15_100.0, "currency per month", currency="USD", low=12_000, high=19_000
    )
    [row] = FIGURE.from_rows([cost]).to_pylist()

    report = client_report(replace(sample_run(), earlier={row["figure_id"]: row}))

    [cards] = [block for block in report.sections[0].blocks if isinstance(block, ScoreCards)]
    assert "15,100 USD a month on 4 May 2026" in cards._repr_html_()
