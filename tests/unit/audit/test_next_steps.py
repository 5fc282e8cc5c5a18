"""What ``status`` says is next: unread files, open questions, missing answers, doubtful pairs, and only then the report."""

from pathlib import Path

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of

COMPANIES = "Record ID,Company name,Company owner,Phone Number\n" + "".join(
    f"{n},Firm{n % 9} of {'Leeds' if n > 9 else 'leeds'} {n % 9},Dana,{n}\n" for n in range(1, 19)
)
JOBS = "Job no,Job,Client,Start,Contract\n" + "".join(
    f"J-{n},Roof {n},Firm{n} of Leeds {n},2026-01-{n:02},{n * 100}.50\n" for n in range(1, 31)
)


def steps(folder: Path) -> list[str]:
    """Return what is to be done, as it is printed."""
    lines = call("status", folder).out.splitlines()
    return [line.partition(": ")[2] for line in lines if line.startswith(("Next: ", "Then: "))]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "client", {"exports/crm/companies.csv": COMPANIES, "exports/jobs/jobs.csv": JOBS})


def test_an_empty_folder_needs_files(tmp_path: Path) -> None:
    """Nothing else can be done."""
    (tmp_path / "exports").mkdir()

    assert steps(tmp_path) == [f"put the client's files into {tmp_path / 'exports'}"]


def test_files_are_audited_first(folder: Path) -> None:
    """They are there, and nobody has read them."""
    assert steps(folder) == [f"integration-audit audit {folder}"]


def test_the_report_comes_last(folder: Path) -> None:
    """A file that was not read stands before a question, and both before what the client is shown."""
    folder_of(folder, {"exports/jobs/notes.txt": "just a note\n"})
    call("audit", folder)

    found = steps(folder)

    order = ("mend or replace 1 file that was not read (exports/jobs/notes.txt)", "answer the ", "ask the client what ",
             "decide ", "integration-audit report ")  # fmt: skip
    places = [next((place for place, step in enumerate(found) if step.startswith(one)), None) for one in order]
    assert (places[0], places[-1]) == (0, len(found) - 1)
    assert [one for one in places if one is not None] == sorted(one for one in places if one is not None)
    assert "with the client" in found[-1]
    assert not any("with the client" in step for step in found[:-1])
