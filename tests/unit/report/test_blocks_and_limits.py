"""Where a report stops listing: what just fits is shown whole, what does not is cut and said."""

import pytest

from tests.unit.report.sample_run import DECIDED, figure, party, sample_run, sample_tables
from toolkit.report.blocks import Table
from toolkit.report.examples import pair_examples
from toolkit.report.sections.all_figures import build
from toolkit.tables import FIGURE, RESULTS


@pytest.mark.parametrize(("count", "is_short"), [(5, True), (6, True), (7, False)])
def test_a_table_of_up_to_six_rows_is_kept_on_one_page(count: int, *, is_short: bool) -> None:
    """A longer one may break between two pages."""
    assert ("scroll short" in Table(("a",), (("x",),) * count)._repr_html_()) is is_short


@pytest.mark.parametrize(
    ("row_count", "said"), [(None, ""), (2, ""), (3, "2 of 3; the others are in the work-through workbook")]
)
def test_a_table_says_how_many_rows_it_leaves_out(row_count: int | None, said: str) -> None:
    """Nothing is said where nothing is left out."""
    page = Table(("a",), (("x",), ("y",)), caption="C", row_count=row_count)._repr_html_()

    assert ("the others" in page) is bool(said)
    assert said in page


@pytest.mark.parametrize(("count", "shown"), [(249, 249), (250, 250), (251, 250)])
def test_the_appendix_lists_250_figures_of_every_two_systems(count: int, shown: int) -> None:
    """The table of figures has the others."""
    rows = [figure(f"reconcile.different_share.a.b.{one:03}", "L", 1 + one, "count") for one in range(count)]

    table, _ = build(sample_run(tables={"figure": FIGURE.from_rows(rows)}))

    assert isinstance(table, Table)
    assert sum(len(row) == 5 for row in table.rows) == shown


@pytest.mark.parametrize(
    ("limit", "places"), [(1, [0]), (2, [0, 6]), (3, [0, 3, 6]), (6, [0, 1, 2, 4, 5, 6]), (7, [0, 1, 2, 3, 4, 5, 6])]
)
def test_examples_go_from_the_surest_to_the_least_sure(limit: int, places: list[int]) -> None:
    """Both ends are always among them, and none is shown twice."""
    parties = [party(f"crm/companies/{one}", "company", f"Nr {one} LLC") for one in range(8)]
    pairs = [
        {"key_l": "crm/companies/0", "key_r": f"crm/companies/{one}", "match_weight": 20.0 - one, "decision": DECIDED[0]}
        for one in range(1, 8)
    ]
    whole = [{**pair, "match_probability": 0.99, "decided_by": "model", "reason": "r"} for pair in pairs]
    tables = {**sample_tables(parties), "pair": RESULTS["pair"].from_rows(whole)}

    found = pair_examples(sample_run(tables=tables), decision="same", limit=limit)

    assert [int(one.name_r.split()[1]) - 1 for one in found] == places
