"""A client's report names no person that stands in a file's name or in free text."""

from pathlib import Path

import pytest

from tests.command_line import call

PERSONAL = ("Ludwig", "555 0199", "siobhan.os", "Rosemary", "4111", "J.R.")
JOBS = "Job no,Job,Client,Start,Contract\n" + "".join(
    f"J-{n},Roof {n},Firm{n} Ltd,2026-01-{n:02},{n * 100}.50\n" for n in range(1, 31)
)
ACCOUNTS = "*Code,*Name,*Type,*Tax Code\n" + "".join(f"{400 + n},Costs {n},Expense,None\n" for n in range(12))
LINE = "Firm{n} Ltd,B-{n},2026-01-{n:02},2026-02-{n:02},{n}0.00,{account}\n"
BILLS = "Supplier,Bill no,Bill date,Due date,Total,Account\n" + "".join(
    LINE.format(n=n, account="Job Materials - card 4111 1111 1111 1111 J.R. Ewingham III" if n == 7 else 400 + n % 12)
    for n in range(1, 31)
)
FILES = {
    "exports/jobs/Tracker of Ludwig van der Zande +1 312 555 0199.csv": JOBS,
    "exports/jobs/notes of siobhan.os@private.example.txt": "just a note\n",
    "exports/ledger/bills Rosemary Ewingham.csv": BILLS,
    "exports/ledger/chart of accounts.csv": ACCOUNTS,
}


@pytest.fixture(scope="module", name="reports")
def _reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the audit of such a folder wrote for the client."""
    folder = tmp_path_factory.mktemp("private") / "client"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    call("audit", str(folder))
    return folder / "reports"


@pytest.mark.parametrize("name", ["client_report.html", "client_report.ipynb"])
def test_no_person_of_a_file_name_or_an_account_is_in_the_report(reports: Path, name: str) -> None:
    """Neither as a file, nor as what was made of its name, nor in an example, nor in a title that shows on hovering."""
    text = (reports / name).read_text("utf-8")

    assert "Firm7" in text or "jobs" in text
    assert [word for word in PERSONAL if word.casefold() in text.casefold()] == []
