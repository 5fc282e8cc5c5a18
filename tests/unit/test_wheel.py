"""What somebody gets who installs the wheel: built here, without a network, from this checkout."""

import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from toolkit.version import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what is in the wheel, by path."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def metadata(wheel: dict[str, bytes], name: str) -> str:
    """Return a file of the wheel's metadata."""
    return wheel[f"integration_audit-{__version__}.dist-info/{name}"].decode()


def test_the_licence_travels_with_the_wheel(wheel: dict[str, bytes]) -> None:
    """Whoever receives only the wheel may read what they may do with it."""
    licence = metadata(wheel, "licenses/LICENSE")

    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "The integration-audit authors" in licence


def test_every_list_that_the_package_brings_says_where_it_is_from(wheel: dict[str, bytes]) -> None:
    """The notice with sources and licences of names and towns travels with them."""
    notice = metadata(wheel, "licenses/NOTICE")
    lists = [name for name in wheel if name.startswith("toolkit/values/") and name.endswith(".txt")]

    assert lists
    assert [name for name in lists if f"\n{name}\n" not in notice] == []
    assert notice == (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_the_wheel_says_that_it_is_typed(wheel: dict[str, bytes]) -> None:
    """A type checker reads our annotations instead of guessing."""
    assert "toolkit/py.typed" in wheel


def test_the_wheel_has_the_version_that_results_state(wheel: dict[str, bytes]) -> None:
    """It stands in one place, from which package and results take it."""
    facts = message_from_string(metadata(wheel, "METADATA"))

    assert (facts["Name"], facts["Version"]) == ("integration-audit", __version__)
    assert (facts["License-Expression"], facts.get_all("License-File")) == ("MIT", ["LICENSE", "NOTICE"])


def test_the_wheel_brings_notebooks_styles_and_the_sample_client(wheel: dict[str, bytes]) -> None:
    """The demo and the report run where no checkout is."""
    bundled = {name.split("/")[2] for name in wheel if name.startswith("toolkit/_bundled/")}

    assert bundled == {"notebooks", "reports", "sample_data"}


def test_the_wheel_holds_nothing_but_the_package(wheel: dict[str, bytes]) -> None:
    """No test, benchmark or scratch file is installed beside it."""
    assert {name.split("/")[0] for name in wheel} == {"toolkit", f"integration_audit-{__version__}.dist-info"}
