"""Every section of the report, found by its file: it builds from a run and from an empty one, and only formats."""

import re
from html import unescape
from typing import Any

import pytest

from tests.unit.report.sample_run import empty_run, sample_run
from toolkit.discovery import discovered
from toolkit.report.blocks import Chart
from toolkit.report.document import Section
from toolkit.report.run import RunTables

SECTIONS: dict[str, Any] = discovered("toolkit.report.sections", "SECTION")
CRAFT_WORDS = re.compile(
    r"\b(bits?|part(y|ies)|counterparts?|mismatch\w*|clusters?|golden|crosswalk|entit(y|ies)|snapshots?)\b", re.IGNORECASE
)


def text_of(run: RunTables, name: str) -> str:
    """Return what a section says of a run, without tags, also where the report would leave it out."""
    pages = [block._repr_html_() for block in SECTIONS[name].build(run) if not isinstance(block, Chart)]
    return unescape(re.sub(r"<[^>]*>", " ", " ".join(pages)))


def test_every_section_has_a_place_of_its_own() -> None:
    """No two sections share a title or a place in the order, and the appendix comes last."""
    sections = sorted(SECTIONS.values(), key=lambda section: section.order)

    assert all(isinstance(section, Section) for section in sections)
    assert len({section.order for section in sections}) == len(sections)
    assert len({section.title for section in sections}) == len(sections)
    assert [section.is_appendix for section in sections] == sorted(section.is_appendix for section in sections)


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("run", [sample_run(), empty_run()], ids=["sample", "empty"])
def test_a_section_says_something_whatever_is_there(name: str, run: RunTables) -> None:
    """A section is never empty: where there is no data, it says so."""
    assert len(text_of(run, name).strip()) > 12


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_builds_the_same_twice(name: str) -> None:
    """Building looks at no clock and changes no table."""
    run = sample_run()

    assert text_of(run, name) == text_of(run, name)


@pytest.mark.parametrize("name", [name for name, section in SECTIONS.items() if not section.is_appendix])
@pytest.mark.parametrize("run", [sample_run(), empty_run()], ids=["sample", "empty"])
def test_the_words_of_the_trade_stay_in_the_appendix(name: str, run: RunTables) -> None:
    """A client reads customer, supplier, difference; not party, mismatch, bits."""
    assert CRAFT_WORDS.findall(text_of(run, name)) == []


@pytest.mark.parametrize("name", [name for name, section in SECTIONS.items() if not section.is_appendix])
def test_no_person_can_be_reached_through_the_report(name: str) -> None:
    """E-mail addresses, phone numbers and full names of persons appear nowhere."""
    text = text_of(sample_run(), name)

    for private in ("dana.miller", "info@", "555-0148", "555 0148", "5550100", "Dana Miller", "Miller, Dana", "Rosa Diaz"):
        assert private not in text
