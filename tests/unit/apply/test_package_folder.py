"""The folder that is handed over: private, whole, and never a mix of two packages."""

import errno
import re
from pathlib import Path

import pytest

from toolkit.apply.imports.import_files import ImportPackage, PackageFile
from toolkit.apply.imports.package_folder import write_import_files
from toolkit.errors import InputError


def package(text: bytes, *more: str) -> ImportPackage:
    files = [PackageFile("manifest.json", text), *(PackageFile(name, text) for name in more)]
    return ImportPackage("p", tuple(files), 0, 0)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_package_is_there_for_its_owner_alone(tmp_path: Path) -> None:
    """A client's data: folders 0700, files 0600, and nothing left beside them."""
    folder = write_import_files(package(b"1", "undo/01.csv"), tmp_path / "made" / "import")

    assert contents(folder) == {"manifest.json": b"1", "undo/01.csv": b"1"}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "undo")} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert [path.name for path in folder.parent.iterdir()] == ["import"]


def test_the_same_package_is_left_as_it_is(tmp_path: Path) -> None:
    """Somebody may be importing from it."""
    folder = write_import_files(package(b"1", "a.csv"), tmp_path / "import")
    before = (folder / "a.csv").stat().st_ino

    assert write_import_files(package(b"1", "a.csv"), folder) == folder
    assert (folder / "a.csv").stat().st_ino == before


@pytest.mark.parametrize("other", [package(b"2", "a.csv"), package(b"1"), package(b"1", "a.csv", "b.csv")])
def test_f54_another_package_stands_in_its_place_and_the_old_one_is_kept_whole(tmp_path: Path, other: ImportPackage) -> None:
    """Also where it was changed in part only, or is the same but for a file."""
    old = package(b"1", "a.csv")
    folder = write_import_files(old, tmp_path / "import")

    write_import_files(other, folder)
    write_import_files(old, folder)

    aside = sorted(path for path in tmp_path.iterdir() if path != folder)
    assert contents(folder) == {one.name: one.content for one in old.files}
    assert len(aside) == 2
    assert all(re.fullmatch(r"import\.[0-9a-f]{12}-[12]", path.name) for path in aside)
    assert [contents(path) for path in aside] in (
        [{one.name: one.content for one in kind.files} for kind in order] for order in ((old, other), (other, old))
    )


def test_what_stands_there_and_is_no_package_is_kept_too(tmp_path: Path) -> None:
    """A folder with somebody's notes."""
    folder = tmp_path / "import"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")

    write_import_files(package(b"1"), folder)

    assert contents(folder) == {"manifest.json": b"1"}
    assert contents(tmp_path / "import.other-1") == {"notes.txt": b"mine"}


def test_f45_f54_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old package stays as it was, and no part of the new one is seen."""
    folder = write_import_files(package(b"1"), tmp_path / "import")

    def full(self: Path, _target: Path) -> Path:
        raise OSError(errno.ENOSPC, "full", str(self))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="the disk is full"):
        write_import_files(package(b"2"), folder)

    assert contents(folder) == {"manifest.json": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["import"]
