"""docs/adding-a-connector.md, followed step by step."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox_systems import ask, machine, people
from toolkit import connectors, discovery
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import engagement_records

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-connector.md"


def block(language: str) -> str:
    """Return the one block of that language on the page."""
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture
def with_example(tmp_path: Path) -> Iterator[None]:
    """Let the example take part, as a file in the folder would."""
    folder = tmp_path / "connectors"
    folder.mkdir()
    (folder / "brightjob.py").write_text(block("python"), encoding="utf-8")
    connectors.__path__.append(str(folder))
    discovery._found.cache_clear()
    yield
    connectors.__path__.remove(str(folder))
    sys.modules.pop("toolkit.connectors.brightjob", None)
    discovery._found.cache_clear()


def pulled(folder: Path) -> tuple[Pull, list[dict[str, object]]]:
    """Return what a pull of the page's export found, and its documents."""
    (folder / "exports").mkdir(parents=True)
    (folder / "exports" / "jobs.csv").write_text(block("csv"), encoding="utf-8")
    engagement = open_engagement(folder)
    pull, records = pull_snapshots(engagement), engagement_records(engagement).documents.to_pylist()
    engagement.close()
    return pull, records


@pytest.mark.usefixtures("with_example")
def test_the_export_is_recognised_by_the_file_being_there(tmp_path: Path) -> None:
    """No list names the connector, and the client's folder needs no settings."""
    pull, _ = pulled(tmp_path / "trial")

    [row] = pull.intake.to_pylist()
    assert (row["connector"], row["system"], row["stream"]) == ("brightjob", "projects", "jobs")
    assert (row["rows_read"], row["rows_kept"], row["rows_quarantined"], row["control"]) == (3, 2, 1, "agrees")


@pytest.mark.usefixtures("with_example")
def test_the_example_reads_every_column_as_the_page_says(tmp_path: Path) -> None:
    """Amounts to the cent, dates to the day, ids verbatim; a job that is not finished has no end."""
    _, records = pulled(tmp_path / "trial")

    columns = ("record_key", "entity", "party_ref", "amount_minor", "currency")
    seen = [(*(one[column] for column in columns), str(one["started_at"])[:10]) for one in records]
    assert seen == [
        ("projects/jobs/J-1001", "project", "C-17", 125000, "USD", "2026-03-02"),
        ("projects/jobs/J-1002", "project", "C-18", 48000, "USD", "2026-03-14"),
    ]
    assert [one["completed_at"] is None for one in records] == [False, True]


def test_without_the_file_nobody_knows_the_vendor(tmp_path: Path) -> None:
    """The export is then a table like any other, with meanings to confirm."""
    pull, _ = pulled(tmp_path / "trial")

    assert "brightjob" not in set(pull.intake["connector"].to_pylist())


def test_the_stand_in_of_the_page_stands_in() -> None:
    """It is made of the page's own connector, and serves a record with an id, a version and a flag of the vendor's."""
    found: dict[str, Any] = {}
    exec(compile(block("python3"), str(PAGE), "exec"), found)
    one = machine(people(1), found["STAND_IN"])

    given = ask(one, "/v3/people")

    assert given.headers == {"X-Brightdesk-Version": "v3"}
    [record] = given.body["results"]
    assert (len(record["id"]), record["isArchived"]) == (8, False)
    assert record["properties"] == {"firstname": "Person 1", "email": "p1@example.com"}
    assert ask(one, "/v3/me").body == {"portalId": 4711, "portalName": "Practice"}
    assert ask(one, "/v3/nothing").body["category"] == "NOT_THERE"
