"""What a person is answered about money at the command line and in a notebook."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.unit.report.sample_run import sample_tables
from toolkit.audit.verb_answers import roi_answer
from toolkit.store.results import new_run, read_run
from toolkit.tables import CASE, RECOMMENDATION


@pytest.mark.parametrize(
    ("wave", "words"),
    [
        (1, "what pays saves"),
        (2, "what pays in the middle case, though not in the low one, saves"),
    ],
)
def test_what_may_lose_in_the_low_case_is_not_said_to_pay(tmp_path: Path, wave: int, words: str) -> None:
    """The answer in one sentence says as much as the report: what pays surely pays, what pays in the middle case may not."""
    tables = sample_tables()
    tables.pop("party")
    rows = [{**row, "wave": wave if row["wave"] else None} for row in tables["recommendation"].to_pylist()]
    tables["recommendation"] = RECOMMENDATION.from_rows(rows)
    tables["case"] = CASE.from_rows(
        {"handoff_id": of_whom, "metric": metric, "unit": "currency", "value": 100.0, "evidence": "measured"}
        for of_whom in ("total", "recommended")
        for metric in ("cost_now_per_month", "net_saving_per_month", "one_time_cost")
    )
    with new_run(tmp_path, datetime(2026, 10, 5, tzinfo=UTC), {"currency": "USD", "as_of": "2026-10-05"}) as run:
        for name, table in tables.items():
            run.write(name, table)

    assert f"; connecting {words} USD 100 a month" in roi_answer(read_run(tmp_path), pd.DataFrame()).sentence
