"""Long work in a cell: what a person sees, and that nobody else sees anything."""

import threading

import pytest

from toolkit.audit.cell_work import CellBar, StoppedByHand, cell_work


class Page:
    """One place of a page, and everything that was ever shown there."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str, bool]] = []

    def __call__(self, html: str, text: str, *, is_there: bool) -> None:
        self.shown.append((html, text, is_there))

    @property
    def texts(self) -> list[str]:
        return [text for _, text, _ in self.shown]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bar_says_how_far_it_is_and_one_line_takes_its_place() -> None:
    """The place is made once and changed from then on."""
    page, clock = Page(), Clock()
    bar = CellBar(page, clock)

    bar("Matching records", 1, 4)
    clock.now += 12
    bar("Comparing fields", 2, 4)
    clock.now += 150
    bar.end("Done in")

    assert page.texts == ["Matching records: 1 of 4, 0.0 s", "Comparing fields: 2 of 4, 12 s", "Done in 3 min."]
    assert [is_there for _, _, is_there in page.shown] == [False, True, True]
    assert 'value="1" max="4"' in page.shown[0][0]
    assert "<progress" not in page.shown[-1][0]


def test_work_that_says_nothing_leaves_nothing() -> None:
    """What is done at once needs no line that it is done."""
    page = Page()

    CellBar(page).end("Done in")

    assert page.shown == []


def test_a_page_is_not_told_more_often_than_it_can_draw() -> None:
    """Ten thousand rows are a handful of changes; the last word always comes."""
    page, clock = Page(), Clock()
    bar = CellBar(page, clock)
    for row in range(10_000):
        clock.now += 0.0001
        bar("Reading", row, 10_000)
    bar.end("Done in")

    assert 3 <= len(page.shown) <= 8
    assert page.texts[-1] == "Done in 1.0 s."


def test_lists_that_are_pulled_side_by_side_have_a_bar_each() -> None:
    """Also when their threads speak at the same time; without a known end the bar moves by itself."""
    page = Page()
    bar = CellBar(page)
    threads = [threading.Thread(target=bar, args=(f"Pulling crm/{name}", 3, None)) for name in ("companies", "deals")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    last = page.shown[-1][0]
    assert last.count("<progress") == 2
    assert "max=" not in last
    assert all(f"Pulling crm/{name}: 3" in last for name in ("companies", "deals"))


def test_a_name_of_the_client_is_text() -> None:
    """A label may hold what a system is called."""
    page = Page()

    CellBar(page)('Pulling <img src=x onerror="alert(1)">', 1, 2)

    assert "<img" not in page.shown[0][0]


def test_outside_a_notebook_nothing_is_shown_and_an_interrupt_is_one() -> None:
    """A script that catches Ctrl-C goes on catching it."""
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt) as caught, cell_work():
        raise KeyboardInterrupt

    assert not isinstance(caught.value, StoppedByHand)
    with cell_work(lambda label, _done, _total: told.append(label)) as progress:
        progress("Matching", 0, 1)
    assert told == ["Matching"]


def test_what_a_stopped_cell_says_is_one_calm_line() -> None:
    """No traceback: where the work was stopped helps nobody."""
    [line] = StoppedByHand()._render_traceback_()

    assert line == "Stopped. Nothing was left half-written; run this cell again, and it goes on from what is done."
    assert issubclass(StoppedByHand, KeyboardInterrupt)
