"""A change log from its file: which columns it is read by, and what is said where they cannot be told."""

from pathlib import Path

import pytest

from tests.command_line import call
from toolkit.audit.change_logs import LogColumns, read_change_log
from toolkit.audit.engagement import open_engagement
from toolkit.errors import InputError, UnknownNameError

LOG = """\
Case ID,Changed by,Changed at,Field
7,Jo,2026-01-05 09:00,Stage
7,Grace,2026-01-05 14:30,Invoice
8,Jo,2026-01-06 10:00,Stage
8,Grace,2026-01-07 10:00,Invoice
,Jo,2026-01-07 10:00,Stage
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an engagement and a log beside it."""
    (tmp_path / "engagement.yaml").write_text("client: Acme\n", "utf-8")
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    return tmp_path


def test_a_log_is_read_by_the_names_of_its_columns(folder: Path) -> None:
    """And says which it took, and what it left out."""
    found = read_change_log(open_engagement(folder), folder / "log.csv")
    [row] = found.table.to_pylist()

    assert (row["from_who"], row["to_who"], row["handovers"], row["cases"], row["timed"]) == ("Jo", "Grace", 2, 2, 2)
    assert (row["median_hours"], row["longest_hours"]) == (14.75, 24.0)
    assert "case: case id, who: changed by, when: changed at" in found.notes[0]
    assert found.gaps == ("1 row without a case or a person.",)


def test_columns_of_other_names_are_named(folder: Path) -> None:
    """Nothing near is taken for one; a slip of the pen is named."""
    (folder / "log.csv").write_text(LOG.replace("Case ID", "Vorgang").replace("Changed by", "Wer"), "utf-8")
    engagement = open_engagement(folder)

    with pytest.raises(InputError, match=r"which column is the case and the who\. Name it: --case COLUMN, --who COLUMN"):
        read_change_log(engagement, folder / "log.csv")
    with pytest.raises(UnknownNameError, match="'vorgang'"):
        read_change_log(engagement, folder / "log.csv", LogColumns(case="vorgnag", who="wer"))
    told = read_change_log(engagement, folder / "log.csv", LogColumns(case="Vorgang", who="Wer"))
    assert told.sentence == "4 changes of 2 cases by 2 people: 2 handovers."


def test_days_without_a_time_tell_no_wait(folder: Path) -> None:
    """The handover counts all the same; a moment that cannot be read is counted."""
    days = LOG.replace(" 09:00", "").replace(" 14:30", "").replace("2026-01-07 10:00,Invoice", "soon,Invoice")
    (folder / "log.csv").write_text(days, "utf-8")
    found = read_change_log(open_engagement(folder), folder / "log.csv")

    assert found.table.to_pylist()[0]["handovers"] == 2
    assert found.table.to_pylist()[0]["median_hours"] is None
    assert "1 moment could not be read." in (found.gaps or ())
    assert "2 changes tell a day and no time: no wait is told of them." in (found.gaps or ())


def test_the_command_shows_it(folder: Path) -> None:
    """A file that is not there is code 3."""
    shown = call("landscape", "changelog", folder / "log.csv", folder)

    assert shown.code == 0
    assert "Jo    Grace" in shown.out
    assert call("landscape", "changelog", folder / "none.csv", folder).code == 3
