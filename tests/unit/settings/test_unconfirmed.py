from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.settings import edit_settings, load_settings

GIVEN = "client: Harbor & Pine\nunconfirmed: [currency]   # to check\nsystems:\n  crm: {connector: hubspot, category: crm}\n"
STREAM = {"entity": "project", "key": ["Job no"], "fields": {"number": "Job no"}}


def with_stream(tree: Any) -> None:
    tree["systems"]["site_log"] = {"connector": "table", "streams": {"jobs": STREAM}}


def test_what_is_added_to_the_settings_leaves_every_other_line(tmp_path: Path) -> None:
    """A consultant's own lines and comments stay where they are."""
    file = tmp_path / "engagement.yaml"
    file.write_text(GIVEN, encoding="utf-8")

    assert edit_settings(file, with_stream)

    text = file.read_text(encoding="utf-8")
    assert "# to check" in text
    assert load_settings(file).settings.systems["site_log"].streams["jobs"].key == ("Job no",)


def test_settings_that_say_the_same_are_not_written_again(tmp_path: Path) -> None:
    """An audit that finds nothing new does not touch the file."""
    file = tmp_path / "engagement.yaml"
    file.write_text(GIVEN, encoding="utf-8")
    edit_settings(file, with_stream)
    before = file.read_bytes()

    assert not edit_settings(file, with_stream)
    assert file.read_bytes() == before


def test_a_change_that_makes_the_settings_invalid_is_refused(tmp_path: Path) -> None:
    """What the toolkit writes is read back before it replaces the file."""
    file = tmp_path / "engagement.yaml"
    file.write_text(GIVEN, encoding="utf-8")

    def wrong(tree: Any) -> None:
        tree["systems"]["crm"]["streams"] = {"jobs": {**STREAM, "fields": {"nmber": "Job no"}}}

    with pytest.raises(InputError, match="Did you mean 'number'"):
        edit_settings(file, wrong)
    assert file.read_text(encoding="utf-8") == GIVEN
