"""One table through three doors: the command, a notebook and the audit give the same pairs and the same groups."""

import csv
import random
import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pytest

from tests.command_line import call
from tests.invented_names import FAMILY, GIVEN
from toolkit import match_records, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.match.dedupe import Deduplicated

TRADES = ("Roofing", "Dental", "Foods", "Marine", "Optics", "Textiles", "Plumbing", "Catering")
ENDS = ("", "son", "field", "man", "by", "well", "ham", "wick")
TOWNS = ("Hull", "York", "Bath", "Deal", "Rye", "Ely")
COLUMNS = {
    "persons": ("Name", "Email", "Phone", "City"),
    "companies": ("Name", "Phone", "Street", "City"),
    "mixed": ("Name", "Email", "Phone", "Street", "City"),
    "contacts": ("First Name", "Last Name", "Company", "Email", "Phone"),
    "bare contacts": ("First Name", "Last Name", "Email", "Phone"),
}


class Party(NamedTuple):
    """A person, or a company where there is no given name."""

    given: str
    family: str
    company: str
    number: int

    def row(self, dice: random.Random, record_id: str) -> dict[str, str]:
        """Return the party as somebody typed it."""
        whole = f"{self.given} {self.family}" if self.given else self.company
        host = "".join(self.company.lower().split())
        box = f"{self.given}.{self.family}" if self.given else "info"
        cells = {
            "Name": whole,
            "First Name": self.given,
            "Last Name": self.family if self.given else "",
            "Company": self.company,
            "Email": f"{box}@{host}.example".lower(),
            "Phone": f"312 {200 + self.number // 90} {1000 + 97 * (self.number % 90)}",
            "Street": f"{3 + self.number % 80} {FAMILY[self.number % 20]} Road",
            "City": TOWNS[self.number % len(TOWNS)],
        }
        if dice.random() < 0.4:
            cells["Name"] = cells["Name"].upper()
        for column in ("Email", "Phone", "Street", "City"):
            if dice.random() < 0.2:
                cells[column] = ""
        return {"Id": record_id, **cells}


def rows_of(shape: str, prefix: str) -> list[dict[str, str]]:
    """Return a list of some shape, in which every third party stands twice, and one row that holds an id alone."""
    dice = random.Random(f"{shape}{prefix}")
    rows = []
    for number in range(160):
        is_person = shape != "companies" and (shape == "persons" or number % 2 == 0)
        family = f"{FAMILY[(11 * number) % 20]}{ENDS[number // 20]}"
        company = f"{FAMILY[(7 * number) % 20]}{ENDS[7 - number // 20]} {TRADES[number % 8]}"
        party = Party(GIVEN[(3 * number) % 20] if is_person else "", family, company, number)
        for again in range(1 + (number % 3 == 0)):
            row = party.row(dice, f"{prefix}{number:03}{again}")
            rows.append({name: row[name] for name in ("Id", *COLUMNS[shape])})
    nothing = dict.fromkeys(("Id", *COLUMNS[shape]), "")
    return [*rows[:100], {**nothing, "Id": f"{prefix}9990"}, *rows[100:]]


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as a client exports them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.DictWriter(stream, rows[0])
        table.writeheader()
        table.writerows(rows)
    return path


Found = tuple[set[frozenset[str]], dict[frozenset[str], tuple[float, str]]]


def groups(ids: list[str], clusters: list[str]) -> set[frozenset[str]]:
    """Return the groups of several records."""
    members: dict[str, set[str]] = {}
    for record_id, cluster in zip(ids, clusters, strict=True):
        members.setdefault(cluster, set()).add(record_id)
    return {frozenset(group) for group in members.values() if len(group) > 1}


def in_table(pairs: pa.Table, left: list[str], right: list[str]) -> dict[frozenset[str], tuple[float, str]]:
    """Return probability and decision of each pair, by ids."""
    told = zip(left, right, pairs["match_probability"].to_pylist(), pairs["decision"].to_pylist(), strict=True)
    return {frozenset((one, other)): (round(p, 9), word) for one, other, p, word in told}


def by_notebook(paths: list[Path]) -> Found:
    """Match frames as a notebook reads them."""
    frames = {path.name: pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths}
    found = match_records(frames)
    assert isinstance(found, Deduplicated)
    ids = [found.joint.ids(found.matching.pairs[key]).to_pylist() for key in ("key_l", "key_r")]
    clusters = found.clusters
    return groups(clusters["record_id"].to_pylist(), clusters["cluster_id"].to_pylist()), in_table(
        found.matching.pairs, *ids
    )


def by_command(paths: list[Path], out: Path) -> tuple[list[str], set[frozenset[str]], dict[frozenset[str], float]]:
    """Call ``dedupe``: all records, groups, and the pairs that are the same with their probabilities."""
    called = call("dedupe", *paths, "--out", out)
    assert called.code == 0, called.err
    with (out / "clusters.csv").open(encoding="utf-8") as stream:
        clusters = list(csv.DictReader(stream))
    with (out / "pairs.csv").open(encoding="utf-8") as stream:
        pairs = {frozenset((row["id_l"], row["id_r"])): float(row["match_probability"]) for row in csv.DictReader(stream)}
    ids = [row["record_id"] for row in clusters]
    return ids, groups(ids, [row["cluster_id"] for row in clusters]), pairs


def by_audit(paths: list[Path], folder: Path) -> Found:
    """Audit a folder with the same files, each of a system of its own."""
    for path in paths:
        (folder / "exports" / path.stem).mkdir(parents=True)
        shutil.copy(path, folder / "exports" / path.stem / "customers.csv")
    with closing(open_engagement(folder)) as engagement:
        pull_snapshots(engagement)
        run = run_stages(engagement, "match")
        pairs, clusters = run.table("pair"), run.table("cluster")
        keys = [[key.rsplit("/", 1)[1] for key in pairs[name].to_pylist()] for name in ("key_l", "key_r")]
        ids = [key.rsplit("/", 1)[1] for key in clusters["record_key"].to_pylist()]
        return groups(ids, clusters["cluster_id"].to_pylist()), in_table(pairs, *keys)


@pytest.mark.parametrize(
    ("shape", "systems"), [*((shape, ("crm",)) for shape in COLUMNS), ("mixed", ("crm", "ledger"))], ids=str
)
def test_one_table_gives_the_same_through_three_doors(tmp_path: Path, shape: str, systems: tuple[str, ...]) -> None:
    """Every pair with its probability and decision, every group, and in the command's file every record."""
    lists = {name: rows_of(shape, name[0]) for name in systems}
    paths = [written(tmp_path / f"{name}.csv", rows) for name, rows in lists.items()]

    ids, command_groups, command_pairs = by_command(paths, tmp_path / "out")
    notebook_groups, notebook_pairs = by_notebook(paths)
    audit_groups, audit_pairs = by_audit(paths, tmp_path / "client")

    assert sorted(ids) == sorted(row["Id"] for rows in lists.values() for row in rows)
    assert len(command_groups) > 30
    assert command_groups == notebook_groups == audit_groups
    assert notebook_pairs == audit_pairs
    # The command writes six decimals: what lies between two of them may be rounded to either.
    same = {pair: p for pair, (p, word) in audit_pairs.items() if word == "same"}
    assert command_pairs == pytest.approx(same, abs=0.6e-6)
