"""Ten folders as a client sends them: ``python -m benchmarks.interpret.folders OUT``.

Writes ``OUT/01/…`` and, outside the folder, ``OUT/01.truth.json``. Each folder holds eight files of one invented business
(:mod:`benchmarks.interpret.business`) in the layouts that ``folders.json`` names, so the same customers, invoice numbers and
amounts stand in several of them. What is true of each is in :mod:`benchmarks.interpret.truth`.
"""

import argparse
import csv
import io
import json
from pathlib import Path
from typing import Any

from benchmarks.interpret.business import Business
from benchmarks.interpret.invented import Table
from benchmarks.interpret.sheets import Folder, Sheet, part_of
from benchmarks.interpret.truth import Facts, add, links, planted, told

CARD, BANK = {"payments", "settled_payments"}, {"bank", "bank_receipts"}


def layout_of(file: dict[str, Any], tables: dict[str, Table]) -> Table:
    """Return the layout of a file; a recipe may say of single columns that they are made in another way."""
    table, other = tables[file["table"]], file.get("gen", {})
    marks = "$" if file.get("without_mark") else ""
    columns = [{**one, "gen": other.get(one["header"], one["gen"].lstrip(marks))} for one in table["columns"]]
    return {**table, "columns": columns}


def masks_of(recipe: dict[str, Any], tables: dict[str, Table], business: Business) -> dict[str, str]:
    """Return how the folder writes the numbers of each set: as the first file that has a column for them."""
    masks: dict[str, str] = {}
    for file in recipe["files"]:
        table, first = layout_of(file, tables), getattr(business, file["takes"])[0]
        keys = {header for key in table["key_any"] for header in key}
        for column in table["columns"]:
            name, _, mask = part_of(column).partition(":")
            if name == "id" and column["header"] in keys:
                masks.setdefault(first.numbers["number"][0], mask)
            if name == "cref" and first.party:
                masks.setdefault(business.number_of_party(first.party)[0], mask)
    return {"products": "ART-###", **masks}


def text_and_facts(sheet: Sheet) -> tuple[str, Facts]:
    """Return one file as text, and what is true of it."""
    facts, out, columns = Facts(), io.StringIO(), sheet.table["columns"]
    writer = csv.writer(out, delimiter=sheet.table["delimiter_locale"]["delimiter"], lineterminator="\r\n")
    writer.writerow([column["header"] for column in columns])
    for n, record in enumerate(sheet.records):
        cells = {column["header"]: sheet.cell(record, n, column) for column in columns}
        writer.writerow([cell.text for cell in cells.values()])
        add(facts, sheet, record, n, cells)
    return out.getvalue(), facts


def write_folder(recipe: dict[str, Any], tables: dict[str, Table], out: Path) -> dict[str, Any]:
    """Write the files of one folder and what is true of them; return the truth."""
    takes = {file["takes"] for file in recipe["files"]}
    card_every = 0 if not takes & CARD else 3 if takes & BANK else 1
    business = Business(f"folder-{recipe['name']}", recipe["language"], recipe["country"], recipe["vat_share"], card_every)
    folder = Folder(business, recipe["currency"], masks_of(recipe, tables, business))
    sheets = [Sheet(folder, layout_of(file, tables), file) for file in recipe["files"]]
    facts = []
    (out / recipe["name"]).mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        text, one = text_and_facts(sheet)
        encoding = sheet.recipe.get("encoding", "utf-8")
        (out / recipe["name"] / sheet.recipe["file"]).write_bytes(text.encode(encoding))
        facts.append(one)
    truth = {
        **{name: recipe[name] for name in ("name", "language", "country", "currency")},
        "parties": len(set().union(*(one.parties for one in facts))),
        "files": [told(sheet, one) for sheet, one in zip(sheets, facts, strict=True)],
        "links": links(sheets, facts),
        "planted": planted(folder, sheets),
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    (out / f"{recipe['name']}.truth.json").write_text(text, encoding="utf-8")
    return truth


def main() -> None:
    """Write the folders and print what is in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    recipes = json.loads((Path(__file__).parent / "folders.json").read_text(encoding="utf-8"))
    for recipe in recipes["folders"]:
        truth = write_folder(recipe, recipes["tables"], given.out)
        files = truth["files"]
        row_count = sum(one["rows"] for one in files)
        print(f"{truth['name']}  {truth['language']:<6}{len(files)} files{row_count:>5} rows{truth['parties']:>4} parties")


if __name__ == "__main__":
    main()
