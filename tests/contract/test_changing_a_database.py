"""docs/changing-a-database.md: its example, from the pull to a cleanup that is made and taken back."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.client_database import changed_file, made_file
from tests.command_line import call
from toolkit import settings
from toolkit.errors import InputError
from toolkit.settings.row_writing import RowWritingSettings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "changing-a-database.md"
HEAD = "client: Harbor\ncurrency: EUR\ncountry: NL\n"
CLEANUP = "cleanup:\n  erp: {standardise: [spaces, email]}\n"
TWICE = 4


def examples() -> list[str]:
    """Return the settings on the page."""
    return re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def client(folder: Path, text: str = "") -> Path:
    """Return an engagement that reads a file with a few customers twice, and the file."""
    (folder / "exports").mkdir(parents=True)
    file = made_file(folder / "exports" / "erp.db", 24)
    copied = "'Firm {0}', 'F{0}@Example.nl', '2026-01-0{0} 10:00:00', 0, NULL"
    copies = [f"INSERT INTO customer VALUES ({100 + one}, {copied.format(one)})" for one in range(4, 4 + TWICE)]
    changed_file(file, *copies)
    (folder / "engagement.yaml").write_text(f"{HEAD}{text or examples()[1]}{CLEANUP}", encoding="utf-8")
    return file


def rows(file: Path, columns: str = "id, name, mail, gone") -> list[Any]:
    """Return what the customers are, but for when they were changed."""
    with closing(sqlite3.connect(file)) as database:
        return database.execute(f"SELECT {columns} FROM customer ORDER BY id").fetchall()


def test_what_stands_on_the_page_are_settings_and_all_of_them() -> None:
    """Whoever copies an example gets no error, and finds each key explained."""
    page = PAGE.read_text(encoding="utf-8")
    first, second = (
        settings.Settings.model_validate({"client": "Harbor", **YAML(typ="safe").load(one)}) for one in examples()
    )

    assert first.systems["erp"].sign_in_to_write is not None
    assert isinstance(second.systems["erp"].streams["customers"].write, RowWritingSettings)
    assert sorted(key for key in RowWritingSettings.model_fields if f"`{key}`" not in page) == []


def test_a_cleanup_is_made_in_a_database_and_taken_back(tmp_path: Path) -> None:
    """One sees first what will happen, then what happened, then how to take it back; and then all is as it was."""
    folder = tmp_path / "client"
    file = client(folder)
    before = rows(file)
    assert call("pull", folder).code == 0
    plan = json.loads(call("plan", "cleanup", "erp", folder, "--json").out)
    assert call("plan", "approve", plan["plan"], folder, "--by", "Nora", "--ceiling", "customers=99").code == 0

    assert call("apply", plan["plan"], folder, "--send").code == 0
    assert rows(file) == before
    done = call("apply", plan["plan"], folder, "--send", "--yes")
    assert done.code == 0, done.out
    after = rows(file)
    assert sum(one[3] for one in after) == 1 + TWICE
    again = json.loads(call("resume", plan["plan"], folder, "--json").out)
    assert set(again["counts"]) == {"confirmed"}

    undo = json.loads(call("undo", plan["plan"], folder, "--json").out)
    assert undo["left_out"] == 0
    assert call("plan", "approve", undo["plan"], folder, "--by", "Nora", "--ceiling", "customers=99").code == 0
    assert call("apply", undo["plan"], folder, "--send", "--yes").code == 0
    assert rows(file) == before


def test_a_file_that_somebody_else_holds_pauses_the_job_and_resume_goes_on(tmp_path: Path) -> None:
    """Nothing is kept meanwhile, and nothing is made twice afterwards."""
    folder = tmp_path / "client"
    file = client(folder)
    before = rows(file)
    call("pull", folder)
    plan = json.loads(call("plan", "cleanup", "erp", folder, "--json").out)
    call("plan", "approve", plan["plan"], folder, "--by", "Nora", "--ceiling", "customers=99")
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        paused = call("apply", plan["plan"], folder, "--send", "--yes")
    assert paused.code not in {0, InputError.exit_code}
    assert "busy with another change of the same rows" in f"{paused.out}{paused.err}"
    assert rows(file) == before

    done = json.loads(call("resume", plan["plan"], folder, "--json").out)
    assert set(done["counts"]) == {"confirmed"}
    assert sum(one[3] for one in rows(file)) == 1 + TWICE


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (
            '    database_to_write: {url: "sqlite:///exports/erp.db"}\n',
            "",
            "What signs in to read erp is not used to change it",
        ),
        (
            "          stamp: changed\n          sets_stamp: true\n",
            "",
            "Nothing says where these records say when they were",
        ),
    ],
)
def test_what_is_lacking_is_said_before_anything_is_changed(tmp_path: Path, old: str, new: str, word: str) -> None:
    """A login of its own, and what shows that somebody else changed a row."""
    folder = tmp_path / "client"
    file = client(folder, examples()[1].replace(old, new))
    before = rows(file)
    call("pull", folder)
    plan = json.loads(call("plan", "cleanup", "erp", folder, "--json").out)
    call("plan", "approve", plan["plan"], folder, "--by", "Nora", "--ceiling", "customers=99")
    refused = call("apply", plan["plan"], folder, "--send", "--yes")

    assert refused.code == InputError.exit_code
    assert word in refused.err
    assert rows(file) == before


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("archived: {gone: 1}", "archived: {}", "must say with 'archive' where a row says that it is archived"),
        ("          stamp: changed\n", "", "must name the 'stamp' that 'sets_stamp' means"),
        ("fields: {name: name, email: mail}\n          create", "fields: {nam: name}\n          create", "name"),
        (
            "write:\n          table: customer\n          key: id\n",
            "write:\n          one: /customers\n",
            "must say under 'write'",
        ),
        ("create: {gone: 0}", "create: {gone: [0]}", "must be one value"),
    ],
)
def test_a_slip_in_the_settings_is_named_with_its_line(tmp_path: Path, old: str, new: str, word: str) -> None:
    """Before anything is read."""
    folder = tmp_path / "client"
    text = examples()[1]
    assert old in text
    broken = text.replace(old, new)
    if "one: /" in new:
        broken = re.sub(r"          (create|archive|restore|archived|sets_stamp): .*\n", "", broken)
    client(folder, broken)
    refused = call("pull", folder)

    assert refused.code == InputError.exit_code
    assert word in refused.err
    assert re.search(r"engagement.yaml, line \d+", refused.err)
