"""Every screen has what belongs to one: a page, a desk, a verb that opens it, and a page of documentation."""

import re
from pathlib import Path

import pytest

import toolkit
from toolkit.widgets.modules import PAGE, page_module

ROOT = Path(__file__).resolve().parents[2]
SCREENS = sorted(path.stem for path in PAGE.glob("*.js") if (PAGE.parent / path.name).with_suffix(".py").exists())


def test_there_are_screens() -> None:
    """What follows is about something."""
    assert "review_pairs" in SCREENS


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_opened_by_a_verb_of_its_name(name: str) -> None:
    """A consultant types what the page is called."""
    assert name in toolkit.__all__
    assert getattr(toolkit, name).__module__.startswith("toolkit.audit.desks.")


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_described_and_shown(name: str) -> None:
    """What it is for, and how it is opened."""
    text = (ROOT / "docs" / "screens" / f"{name}.md").read_text("utf-8")

    assert f"{name}(" in text


@pytest.mark.parametrize("name", SCREENS)
def test_a_page_stands_in_the_frame_and_ends_with_it(name: str) -> None:
    """It says what becomes of the kernel, and leaves nothing running behind."""
    module = page_module(name)

    assert re.search(r"new Frame\(", module)
    assert re.search(r"\.close\(\)", module.rpartition("export default")[2])
