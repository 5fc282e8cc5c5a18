"""The figures of data quality, and where they lead back to."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest

from toolkit.quality import Quality, checked_records, quality_figures
from toolkit.query import query_connection

Make = Callable[..., pa.Table]


@pytest.fixture
def quality(records: Make) -> Quality:
    """Two systems; a name and an address are wrong in one of them."""
    crm = records(
        "party", [{"name": "A", "email": "a@acme.com"}, {"name": "B", "email": "b@"}, {"email": "c@acme.com"}], system="crm"
    )
    shop = records("party", [{"name": "O'Hara", "email": "o@hara.com"}], system="shop's")
    return checked_records({("crm", "partys"): crm, ("shop's", "partys"): shop}, country="US", as_of=date(2026, 1, 1))


def test_the_score_is_the_share_of_checked_values_that_pass(quality: Quality) -> None:
    """Every judged value counts once per check that judged it."""
    figures = {row["figure_id"]: row for row in quality_figures(quality.checks, quality.profiles).to_pylist()}

    own = [row for row in quality.checks.to_pylist() if row["system"] == "crm"]
    checked, failing = sum(row["checked"] for row in own), sum(row["failing"] for row in own)
    score = figures["quality.score.crm"]
    assert failing == 2
    assert (score["value"], score["n"], score["unit"]) == ((checked - failing) / checked, checked, "share")
    assert score["low"] < score["value"] < score["high"]
    assert figures["quality.score.shop's"]["value"] == 1.0


def test_failing_values_are_counted_by_rule(quality: Quality) -> None:
    """One missing name and one bad address are one of each."""
    figures = {row["figure_id"]: row for row in quality_figures(quality.checks, quality.profiles).to_pylist()}

    assert figures["quality.failing.required"]["value"] == 1
    assert figures["quality.failing.format"]["value"] == 1


def test_every_figure_leads_back_to_rows(quality: Quality) -> None:
    """The condition of a figure selects the rows it was computed from, also where a name has a quote in it."""
    figures = quality_figures(quality.checks, quality.profiles)

    with query_connection() as connection:
        connection.register("check", quality.checks)
        connection.register("column_profile", quality.profiles)
        connection.register("finding", quality.findings)
        for row in figures.to_pylist():
            found = connection.execute(
                f'SELECT count(*) FROM "{row["source_table"]}" WHERE {row["source_filter"]}'
            ).fetchone()
            assert found is not None
            assert found[0] > 0 or row["value"] == 0, row["figure_id"]
            if row["source_table"] == "finding":
                assert found[0] == row["value"], row["figure_id"]


def test_without_checks_the_score_is_unknown(quality: Quality) -> None:
    """Nothing measured is not zero."""
    [score] = quality_figures(quality.checks.slice(0, 0), quality.profiles.slice(0, 0)).to_pylist()

    assert score["value"] is None
