from pathlib import Path

import pytest

from toolkit.bundled import bundled
from toolkit.errors import InputError


def test_a_checkout_has_its_files_beside_the_package() -> None:
    """In a checkout, notebooks and what a page looks like are found where they are edited."""
    assert (bundled("notebooks") / "client_report.ipynb").is_file()
    assert (bundled("reports") / "style" / "client.css").is_file()


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    """In an installed wheel, the bundled copy wins over a folder that happens to lie beside it."""
    package = tmp_path / "toolkit"
    (package / "_bundled" / "notebooks").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()

    assert bundled("notebooks", package=package) == package / "_bundled" / "notebooks"


def test_a_broken_installation_is_named(tmp_path: Path) -> None:
    """Where a folder is gone, the message says to install again."""
    with pytest.raises(InputError, match="Install the package again"):
        bundled("reports", package=tmp_path / "toolkit")
    with pytest.raises(ValueError, match="not 'secrets'"):
        bundled("secrets")  # type: ignore[arg-type]
