"""Pulling: what is read, assigned to systems, and proposed for a folder that nobody has described."""

from pathlib import Path

import pytest

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.progress import silent
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.pull.sources import client_files, system_name
from toolkit.errors import UnknownNameError

COMPANIES = "Record ID,Company name,Company owner,Phone Number\n1,Acme Ltd,Dana,312-555-0101\n2,Bolt Inc,Dana,312-555-0102\n"
JOBS = "Job no,Job,Client,Start,Contract £\nJ-1,Roof,Acme Ltd,13/01/2026,£1200.50\nJ-2,Wall,Bolt Inc,14/02/2026,£80.00\n"


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def pulled(folder: Path, *systems: str) -> tuple[Pull, Engagement]:
    engagement = open_engagement(folder)
    return pull_snapshots(engagement, systems=systems, progress=silent), engagement


def test_a_folder_of_files_is_described_for_the_consultant(tmp_path: Path) -> None:
    """What is recognised is written down with its reasons, and can be read again at once."""
    folder = written(tmp_path / "client", exports__companies_csv=COMPANIES, exports__jobs_csv=JOBS)

    found, _ = pulled(folder)

    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    assert "crm: {connector: hubspot, category: crm" in text
    assert 'number: "Job no"' in text
    assert "confirm" in text
    assert any("understood as a list of project" in note for note in found.notes)
    again, _ = pulled(folder)
    assert again.snapshots.to_pylist() == found.snapshots.to_pylist()


def test_a_new_unknown_file_is_added_to_the_settings_and_comments_stay(tmp_path: Path) -> None:
    """The consultant's own lines are not touched."""
    folder = written(tmp_path / "client", exports__companies_csv=COMPANIES)
    (folder / "engagement.yaml").write_text(
        "client: Acme   # the short name\nsystems:\n  crm: {connector: hubspot}  # since 2024\n", encoding="utf-8"
    )
    pulled(folder)
    written(folder, exports__jobs_csv=JOBS)

    found, engagement = pulled(folder)

    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    assert "# the short name" in text
    assert "# since 2024" in text
    assert "Job no" in text
    assert found.has_new_settings
    assert {stream for _, stream in engagement.store.records()} == {"companies", "projects", "names"}


def test_a_subfolder_names_the_system(tmp_path: Path) -> None:
    """exports/<system>/ assigns a file, whatever its name."""
    folder = written(tmp_path / "client", **{"exports__Old CRM__all_csv": COMPANIES})

    found, _ = pulled(folder)

    assert found.intake["system"].to_pylist() == ["old_crm"]


def test_two_portals_of_one_vendor_are_two_systems(tmp_path: Path) -> None:
    """Two HubSpot portals do not flow together."""
    folder = written(
        tmp_path / "client", exports__east__a_csv=COMPANIES, exports__west__b_csv=COMPANIES.replace("Acme", "Ajax")
    )

    found, _ = pulled(folder)

    assert sorted(found.snapshots["system"].to_pylist()) == ["east", "west"]


def test_pulling_one_system_keeps_what_is_known_of_the_others(tmp_path: Path) -> None:
    """The list of files read stays whole."""
    folder = written(tmp_path / "client", exports__crm__a_csv=COMPANIES, exports__site__jobs_csv=JOBS)
    pulled(folder)

    found, _ = pulled(folder, "crm")

    assert sorted(found.intake["system"].to_pylist()) == ["crm", "site"]
    with pytest.raises(UnknownNameError, match="Did you mean 'site'"):
        pulled(folder, "sites")


def test_the_home_country_is_assumed_from_what_the_values_say(tmp_path: Path) -> None:
    """Amounts in pounds make a British client, and the assumption is said."""
    rows = "".join(f"J-{number},Wall,Bolt Inc,14/02/2026,£80.00\n" for number in range(2, 9))
    folder = written(tmp_path / "client", exports__jobs_csv=(JOBS + rows).replace("Contract £", "Total amount £"))

    found, engagement = pulled(folder)

    [home] = [note for note in found.notes if note.startswith("The client is taken to be in GB (jobs.csv: ")]
    assert "its amounts to be in GBP (jobs.csv: " in home
    [table] = [one for key, one in engagement.store.records().items() if "amount_minor" in one.column_names]
    assert table["amount_minor"].to_pylist()[0] == 120_050
    assert set(table["currency"].to_pylist()) == {"GBP"}


def test_our_own_files_and_hidden_ones_are_no_exports(tmp_path: Path) -> None:
    """A second audit does not read the first one's results."""
    folder = written(tmp_path / "client", exports__companies_csv=COMPANIES, reports__old_csv=COMPANIES)
    (folder / "exports" / ".DS_Store").write_bytes(b"x")
    (folder / "exports" / "~$companies.xlsx").write_bytes(b"x")

    assert [path.name for path in client_files(folder)] == ["companies.csv"]


def test_what_signing_in_leaves_is_no_export(tmp_path: Path) -> None:
    """A list of sign-ins is no list of the client's, whether ``exports/`` holds something or not."""
    folder = written(tmp_path / "client", exports__companies_csv=COMPANIES, connections__crm_json='{"system": "crm"}')
    (folder / "connections" / "crm.sealed").write_text("integration-audit sealed file 1\nsha256 0\n", "utf-8")
    assert [path.name for path in client_files(folder)] == ["companies.csv"]

    (folder / "exports" / "companies.csv").unlink()
    assert client_files(folder) == ()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A client's archive cannot make us read other files of the machine."""
    outside = tmp_path / "outside.csv"
    outside.write_text(COMPANIES, encoding="utf-8")
    folder = written(tmp_path / "client", exports__companies_csv=COMPANIES)
    (folder / "exports" / "link.csv").symlink_to(outside)

    assert [path.name for path in client_files(folder)] == ["companies.csv"]


@pytest.mark.parametrize(("text", "name"), [("Site Log (2026)", "site_log_2026"), ("../..", "system"), ("CRM", "crm")])
def test_a_folder_s_name_becomes_a_safe_one(text: str, name: str) -> None:
    """No folder name of a client becomes a path of ours."""
    assert system_name(text) == name


def test_two_jobs_of_one_number_stay_themselves_when_the_next_export_is_sorted_otherwise(tmp_path: Path) -> None:
    """What was decided about a record never moves to another one that was given the same number."""
    twice = JOBS.replace("J-2", "J-1")
    folder = written(tmp_path / "client", exports__companies_csv=COMPANIES, exports__jobs_csv=twice)
    (folder / "engagement.yaml").write_text(
        "client: Acme\ncountry: GB\ncurrency: GBP\nsystems:\n  jobs:\n    streams:\n      jobs:\n"
        "        file: exports/jobs.csv\n"
        "        entity: project\n        key: [Job no]\n        fields: {number: Job no, name: Job, party_name: Client, "
        "started_at: Start, amount_minor: Contract £}\n",
        encoding="utf-8",
    )

    def names() -> dict[str, str]:
        _, engagement = pulled(folder)
        rows = engagement.store.records(["record_id", "party_name"])["jobs", "jobs"].to_pylist()
        return {row["record_id"]: row["party_name"] for row in rows}

    first = names()
    head, one, two = twice.splitlines()
    written(folder, exports__jobs_csv=f"{head}\n{two}\n{one}\n")

    assert names() == first == {"J-1": "Acme Ltd", "J-1#2": "Bolt Inc"}
