"""What is found does not depend on how many cores look for it."""

import random
import zipfile
from pathlib import Path

from tests.invented_names import FAMILY, GIVEN
from toolkit.audit.dedupe.matched_tables import dedupe_files, read_files
from toolkit.cores import at_most

TRADES = ("Bakery", "Roofing", "Dental", "Motors", "Print", "Garden Services", "Legal", "Freight")
TOWNS = ("Tulsa", "Boise", "Akron", "Reno", "Salem", "Dover", "Macon", "Provo")
HEAD = "No,Name,E-mail,Phone,Street,City,Web site"


def party_lines(count: int) -> list[str]:
    """Return records of companies and persons, a third of them a second time and written otherwise."""
    draw = random.Random(5)
    lines = []
    for number in range(count):
        given, family, other = draw.choice(GIVEN), draw.choice(FAMILY), draw.choice(FAMILY)
        is_company = number % 2 == 0
        name = f"{family} {other} {draw.choice(TRADES)} Ltd" if is_company else f"{given} {family}"
        domain = f"{family}{other}.example".lower() if is_company else "mail.example"
        street = f"{draw.randrange(1, 900)} {draw.choice(FAMILY)} Street"
        row = [name, f"{given}.{family}@{domain}".lower(), f"312 555 {number % 10_000:04}", street, draw.choice(TOWNS)]
        row.append(f"www.{domain}" if is_company else "")
        lines.append(row)
        if number % 3 == 0:
            slip = name.replace("Ltd", "Limited") if draw.random() < 0.5 else name[:3] + name[4:]
            lines.append([slip, row[1] if draw.random() < 0.5 else "", row[2], street.replace("Street", "St."), row[4], ""])
    return [f"{number},{','.join(row)}" for number, row in enumerate(lines)]


def written(source: Path, out: Path, cores: int) -> dict[str, bytes]:
    """Return every file that is written on so many cores; of a workbook its parts but the one with the time."""
    with at_most(cores):
        done = dedupe_files(read_files([source]), out=out)
    found = {}
    for path in done.paths:
        if path.suffix != ".xlsx":
            found[path.name] = path.read_bytes()
            continue
        with zipfile.ZipFile(path) as parts:
            found |= {f"{path.name}/{name}": parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}
    return found


def test_one_core_and_several_write_the_same_to_the_letter(tmp_path: Path) -> None:
    """Pairs, clusters, probabilities, the page and the workbook; with more cores than there are columns too."""
    source = tmp_path / "parties.csv"
    source.write_text("\n".join([HEAD, *party_lines(4_500)]) + "\n", "utf-8")

    alone = written(source, tmp_path / "one", 1)

    assert alone["pairs.csv"].count(b"\n") > 500
    for cores in (2, 16):
        together = written(source, tmp_path / str(cores), cores)
        assert [name for name in alone if alone[name] != together.get(name)] == []
        assert together.keys() == alone.keys()
