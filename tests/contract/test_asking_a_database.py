"""docs/asking-a-database.md: its example, read from a file of SQLite."""

import re
from pathlib import Path

from tests.client_database import made_file
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.all_systems import pull_systems
from toolkit.audit.records import engagement_records

PAGE = Path(__file__).resolve().parents[2] / "docs" / "asking-a-database.md"
MAX_LINES = 25


def examples() -> list[str]:
    """Return the settings on the page: the whole ones, and what a server has in the place of a file."""
    return re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_reads_a_database(tmp_path: Path) -> None:
    """Twenty-five lines, customers and invoices with their lines, nothing left open."""
    whole, _ = examples()
    assert len(whole.splitlines()) <= MAX_LINES
    (tmp_path / "exports").mkdir()
    made_file(tmp_path / "exports" / "erp.db")
    (tmp_path / "engagement.yaml").write_text(whole, encoding="utf-8")
    engagement = open_engagement(tmp_path)
    found = pull_systems(engagement)
    rows = engagement_records(engagement)
    engagement.close()

    assert found.missing == ()
    assert rows.parties.num_rows == 11
    assert rows.documents["amount_minor"].to_pylist() == [125_050] * 4
    assert rows.lines.num_rows == 8


def test_what_a_server_has_instead_is_taken(tmp_path: Path) -> None:
    """A reference in the place of the password."""
    whole, server = examples()
    (tmp_path / "engagement.yaml").write_text(
        whole.replace('    database: {url: "sqlite:///exports/erp.db"}\n', server), encoding="utf-8"
    )
    engagement = open_engagement(tmp_path)
    given = engagement.settings.systems["erp"]
    engagement.close()

    assert given.sign_in is not None
    assert given.sign_in.password == "env:ERP_PASSWORD"
