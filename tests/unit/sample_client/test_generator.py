"""The generator makes exactly what is committed, and knows nothing of the product."""

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
COMMITTED = ROOT / "sample_data" / "harbor-pine" / "exports"
TRUTH = ROOT / "tests" / "golden" / "harbor_pine"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the generator's command once into an empty folder."""
    folder = tmp_path_factory.mktemp("client")
    command = [sys.executable, "-m", "tests.sample_client", "--out", str(folder / "out"), "--truth", str(folder / "truth")]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


def content(path: Path) -> object:
    """Return a file's bytes; of a workbook the bytes of its parts, since zip libraries compress differently."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in sorted(book.namelist())}


def files(folder: Path) -> dict[str, object]:
    return {path.relative_to(folder).as_posix(): content(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_exports_can_be_made_again(made: Path) -> None:
    """Every committed export file is what the generator writes, and there is no other."""
    again, committed = files(made / "out" / "exports"), files(COMMITTED)

    assert sorted(again) == sorted(committed)
    assert [name for name in again if again[name] != committed[name]] == []


def test_the_truth_can_be_made_again(made: Path) -> None:
    """Every committed truth table is what the generator writes, and there is no other."""
    again, committed = files(made / "truth"), files(TRUTH)

    assert sorted(again) == sorted(committed)
    assert [name for name in again if again[name] != committed[name]] == []


def test_another_seed_makes_another_client(tmp_path: Path) -> None:
    """The seed decides what happens, so the same machinery can make fresh clients that nothing was tuned to."""
    command = [
        sys.executable,
        "-m",
        "tests.sample_client",
        "--out",
        str(tmp_path),
        "--truth",
        str(tmp_path / "truth"),
        "--seed",
        "7",
    ]
    subprocess.run(command, cwd=ROOT, check=True)

    assert files(tmp_path / "truth")["parties.csv"] != (TRUTH / "parties.csv").read_bytes()


def test_the_generator_imports_nothing_of_the_product() -> None:
    """The truth comes from an independent source: no module of the generator imports the toolkit."""
    imported = set()
    for path in (ROOT / "tests" / "sample_client").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")

    assert not [name for name in imported if name.split(".")[0] == "toolkit"]


def test_the_sample_stays_small() -> None:
    """The exports travel in the wheel, so together they stay below 3 MB."""
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*") if path.is_file()) < 3_000_000
