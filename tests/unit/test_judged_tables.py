"""The tables and folders that judge how well files are understood: what they promise before anything is measured on them."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.interpret import folders
from benchmarks.interpret.invented import Table, csv_text, labelled_tables, listed, rows
from benchmarks.interpret.score import tallies, told_by_id

PLACE = Path(folders.__file__).parent
TABLES = [*labelled_tables(PLACE / "judged.jsonl"), *labelled_tables(PLACE / "seen.jsonl")]
RECIPES = json.loads((PLACE / "folders.json").read_text(encoding="utf-8"))


def _amount(text: str, decimal: str) -> Decimal:
    bare = text.replace(" ", "").removeprefix("+")
    bare = bare.replace(".", "").replace(",", ".") if decimal == "," else bare.replace(",", "")
    return Decimal(bare or "0")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["id"])
def test_a_table_is_the_same_each_time_and_its_key_names_a_row(table: Table) -> None:
    """The same labels give the same file, and no two records of it have the same key."""
    headers = [column["header"] for column in table["columns"]]
    written = rows(table)

    assert len(set(headers)) == len(headers)
    assert written == rows(table)
    assert {len(row) for row in written} == {len(headers)}
    assert all(header in headers for key in table["key_any"] for header in key)
    if table["key"] and table["row_is"] == "record":
        assert len({tuple(row[headers.index(one)] for one in table["key"]) for row in written}) == len(written)


def test_net_and_tax_of_an_invented_row_add_up_to_gross() -> None:
    """What a tool adds up is right to the cent, so a wrong sum is a wrong reading."""
    table = next(one for one in TABLES if one["id"] == "led-cz-prijate")
    written = list(csv.DictReader(csv_text(table).splitlines(), delimiter=";"))

    assert {Decimal(row["Základ"]) + Decimal(row["DPH"]) - Decimal(row["Celkem"]) for row in written} == {Decimal(0)}


def test_the_labels_themselves_score_everything_and_silence_scores_nothing() -> None:
    """A share of 100 % can be reached, and who says nothing gets no credit but for leaving alone what says nothing."""
    perfect = [
        {
            "file": f"OUT/{table['id']}/export.csv",
            "entity": listed(table["entity"])[-1],
            "row_is": table["row_is"],
            "key": table["key"],
            "columns": {
                one["header"]: {"meaning": listed(one["meaning"])[-1], "certainty": "sure"} for one in table["columns"]
            },
        }
        for table in TABLES
    ]

    best = tallies(TABLES, told_by_id(TABLES, [{"tables": perfect}]), "language")["all"]
    silent = tallies(TABLES, {}, "language")["all"]

    assert (best.entity, best.row_is, best.key) == (len(TABLES),) * 3
    assert set(best.columns) == set(best.telling) == {1.0}
    assert best.by_certainty["sure"][False] == 0
    assert (silent.entity, silent.row_is, silent.key, sum(silent.telling)) == (0, 0, 0, 0.0)
    assert silent.of_none[False] == 0


@pytest.mark.parametrize("recipe", RECIPES["folders"], ids=lambda recipe: recipe["name"])
def test_the_truth_of_a_folder_is_what_stands_in_its_files(recipe: dict[str, object], tmp_path: Path) -> None:
    """Rows and sums that an audit is held to can be found by adding up the files by hand."""
    truth = folders.write_folder(recipe, RECIPES["tables"], tmp_path)

    assert len(truth["files"]) == 8
    for file in truth["files"]:
        own = RECIPES["tables"][file["table"]]["delimiter_locale"]
        text = (tmp_path / truth["name"] / file["file"]).read_bytes().decode(file["encoding"])
        written = list(csv.DictReader(text.splitlines(), delimiter=own["delimiter"]))
        assert len(written) == file["rows"]
        if file["amount_header"]:
            total = sum(_amount(row[file["amount_header"]], own["decimal"]) for row in written)
            assert total == sum(map(Decimal, file["amounts"].values()))
    assert json.loads((tmp_path / f"{truth['name']}.truth.json").read_text(encoding="utf-8")) == truth
