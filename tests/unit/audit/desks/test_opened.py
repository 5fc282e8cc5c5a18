"""Who sits at a screen."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.audit.desks.opened import reviewer_name
from toolkit.errors import InputError


def test_a_name_is_one_line() -> None:
    """As it was typed, without what surrounds it."""
    assert reviewer_name("  Dana \n Ruiz ") == "Dana Ruiz"


def test_without_a_name_it_is_who_signed_in_here() -> None:
    """Somebody decides in any case."""
    assert reviewer_name("")


@pytest.mark.parametrize("name", ["D" * 81, "Dana\x1b[2J"])
def test_what_cannot_be_shown_is_refused(name: str) -> None:
    """The name stands in files and on pages."""
    with pytest.raises(InputError, match="Say who decides"):
        reviewer_name(name)


PROGRAM = """
import sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"anywidget", "ipywidgets"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotInstalled())
from toolkit.audit.desks.opened import opened_screen

class Desk:
    def first(self): return {}
    def questions(self): return {}
    def still(self): return "<table><tr><td>843 changes</td></tr></table>"

print(opened_screen("approve_plan", Desk())._repr_html_())
"""


def test_where_no_screen_can_be_drawn_its_picture_is_shown() -> None:
    """A notebook of a job runs on a server too; what is lacking is said with the words to type."""
    root = Path(__file__).resolve().parents[4]
    said = subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, check=True, capture_output=True, text=True).stdout

    assert said.startswith("<p>Screens need anywidget, which is not installed here: python -m pip install ")
    assert "<td>843 changes</td>" in said
