"""How a system is described, and how the files of an extension folder are found."""

import sys
from pathlib import Path

import pytest

from toolkit.connector import Field, Stream
from toolkit.discovery import discovered
from toolkit.errors import InputError, UnknownNameError


def test_a_stream_of_an_unknown_entity_names_the_nearest() -> None:
    """A typing error in the settings is found before any file is read."""
    with pytest.raises(UnknownNameError, match="Did you mean 'invoice'"):
        Stream("x", "invoce", {})


def test_a_field_that_the_entity_lacks_is_refused() -> None:
    """An invoice has no salary."""
    with pytest.raises(UnknownNameError, match="column of invoice"):
        Stream("x", "invoice", {"salary": Field(("Salary",))})


def test_a_stream_knows_every_header_it_is_told_of() -> None:
    """Alternatives count one by one, in the form in which headers are compared."""
    stream = Stream("a", "party", {"name": Field(("*Name", "Full  Name"))}, key=("Id|No",))

    assert stream.headers == {"name", "full name", "id", "no"}


def test_a_module_of_an_extension_folder_offers_its_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without it is named; a private file is no extension."""
    folder = tmp_path / "gadgets_for_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "_private.py").write_text("")
    (folder / "lamp.py").write_text("GADGET = 'lamp'")
    monkeypatch.syspath_prepend(tmp_path)

    assert discovered("gadgets_for_test", "GADGET") == {"lamp": "lamp"}
    with pytest.raises(InputError, match="has no WIDGET"):
        discovered("gadgets_for_test", "WIDGET")
    for name in [name for name in sys.modules if name.startswith("gadgets_for_test")]:
        del sys.modules[name]
