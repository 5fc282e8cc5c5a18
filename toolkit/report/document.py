"""The client's report as frozen data, before any rendering.

It is built from the tables of one run. Every number that it states is a row of ``figure``; examples and the appendix
show rows of other
tables as evidence. Sections only format.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.discovery import discovered
from toolkit.report.blocks import Block, Chart, Cover, Heading
from toolkit.report.run import RunTables, run_tables
from toolkit.report.shown import Shown
from toolkit.values.written import day_text, written_for


def _any_run(run: RunTables) -> bool:  # noqa: ARG001 - most sections are for every run
    return True


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its title, its place in the order, and what builds its blocks from a run.

    ``is_for`` says whether a run has what the section speaks of; one that would have nothing to say is left out.
    """

    title: str
    order: int
    build: Callable[[RunTables], tuple[Block, ...]]
    is_appendix: bool = False
    is_for: Callable[[RunTables], bool] = _any_run


@dataclass(frozen=True, slots=True)
class BuiltSection:
    """A section of one report: ``name`` is its file's and its anchor."""

    name: str
    title: str
    is_appendix: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A client's report: its cover and its sections in order."""

    cover: Cover
    sections: tuple[BuiltSection, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block in reading order, the cover and the sections' titles included."""
        listed: list[Block] = [self.cover]
        for section in self.sections:
            listed += [Heading(section.title, 2, section.name), *section.blocks]
        return tuple(listed)

    @property
    def figure_ids(self) -> frozenset[str]:
        """Ids of all figures that the report states."""
        return frozenset(shown.figure_id for shown in _shown_in(self.blocks) if shown.is_known)

    @property
    def chart_count(self) -> int:
        """How many charts the report holds."""
        return sum(isinstance(block, Chart) for block in self.blocks)


def report_blocks(folder: Path | str, run_id: str = "latest", *, client: str = "") -> tuple[Block, ...]:
    """Return the client's report of one run block by block, each of which a notebook shows.

    Parameters
    ----------
    folder
        The engagement's.
    run_id
        Its name below ``results/``.
    client
        Name on the cover; empty: as in the run.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    UnknownNameError
        There is no such run.
    """
    run = run_tables(Path(folder), run_id)
    return client_report(replace(run, client=client) if client else run).blocks


def client_report(run: RunTables) -> Report:
    """Return the client's report of one run."""
    with written_for(run.country):
        return _client_report(run)


def _client_report(run: RunTables) -> Report:
    found = discovered("toolkit.report.sections", "SECTION")
    sections = {name: section for name, section in found.items() if isinstance(section, Section)}
    built = tuple(
        BuiltSection(name, section.title, section.is_appendix, section.build(run))
        for name, section in sorted(sections.items(), key=lambda item: (item[1].order, item[0]))
        if section.is_for(run)
    )
    facts = [f"as of {day_text(run.as_of)}"]
    if run.currency:
        facts.append(f"amounts in {run.currency}")
    if run.earlier_on:
        facts.append(f"compared with {day_text(run.earlier_on)}")
    cover = Cover(
        "How your business systems work together",
        run.client,
        tuple(facts),
        tuple((section.name, section.title) for section in built),
    )
    return Report(cover, built)


def _shown_in(value: Any) -> list[Shown]:
    if isinstance(value, Shown):
        return [value]
    if isinstance(value, tuple):
        return [shown for one in value for shown in _shown_in(one)]
    if is_dataclass(value) and not isinstance(value, Chart):
        return [shown for one in fields(value) for shown in _shown_in(getattr(value, one.name))]
    return []
