"""The benchmark of small faults: what it changes, what it leaves alone, and its list of faults that nobody can see."""

from textwrap import dedent

import pytest

from benchmarks.mutants.equivalents import LIST, equivalent_entry, listed_equivalents
from benchmarks.mutants.rooms import ROOT, RoomTests
from benchmarks.mutants.sites import mutants_of

ROOMS = ("match", "roi", "reconcile", "quality", "files", "changes", "plan", "apply", "audit", "store")


def changed(source: str) -> list[str]:
    """Return the lines of all mutants of a module."""
    return [one.after for one in mutants_of(dedent(source), "toolkit/match/example.py")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("is_new = seen < bound", ["is_new = seen <= bound"]),
        ("is_new = seen != bound", ["is_new = seen == bound"]),
        ("share = 0.5", ["share = 0.4", "share = 0.625"]),
        ("most = 400", ["most = 320", "most = 500"]),
        ("gap = high - low", ["gap = high + low"]),
        ("gap = -low", ["gap = low"]),
        ("total += low", ["total -= low"]),
        ("low = np.minimum(one, other)", ["low = np.maximum(one, other)"]),
        ("low = numbers.argmax()", ["low = numbers.argmin()"]),
        ("one = found[0]", ["one = found[-1]", "one = found[1]"]),
        ("found.sort(reverse=True)", ["found.sort(reverse=False)"]),
        ("place = searchsorted(a, b, side='left')", ['place = searchsorted(a, b, side="right")']),
        ("best = min(found, key=lambda one: (one.cost, one.name))", [
            "best = max(found, key=lambda one: (one.cost, one.name))",
            "best = min(found, key=lambda one: (one.cost))",
        ]),
        ("rows = 'SELECT a FROM t WHERE n >= 3 ORDER BY a DESC'", [
            "rows = 'SELECT a FROM t WHERE n > 3 ORDER BY a DESC'",
            "rows = 'SELECT a FROM t WHERE n >= 2 ORDER BY a DESC'",
            "rows = 'SELECT a FROM t WHERE n >= 4 ORDER BY a DESC'",
            "rows = 'SELECT a FROM t WHERE n >= 3 ORDER BY a'",
        ]),
    ],
)  # fmt: skip
def test_comparisons_numbers_signs_and_ties_are_changed(line: str, expected: list[str]) -> None:
    """Each by as little as makes a difference."""
    assert sorted(changed(line)) == sorted(expected)


@pytest.mark.parametrize(
    "source",
    [
        '"""At most 3 pages, n >= 3."""',
        'message = f"{n} > {most:.2f}: 3 too many"',
        "raise InputError(f'more than {most - 1}', 3)",
        "@cache(maxsize=64)\ndef read(size: Literal[3]) -> Literal[4]: ...",
        "where = 'left'",
        "__all__ = ['a', 'b'][0]",
    ],
)
def test_texts_and_what_is_only_said_stay(source: str) -> None:
    """A word changed in a message is no fault in a rule."""
    assert changed(source) == []


def test_only_tests_that_run_the_line_are_asked_those_of_its_own_file_first() -> None:
    """A number of a rule has all that run its module; so has a line that none was seen to run, as in another thread."""
    source = "MOST = 3\n\ndef few(n):\n    return n < MOST\n\ndef many(n):\n    return n > MOST\n"
    number, few, many = (list(mutants_of(source, "toolkit/match/counts.py"))[place] for place in (0, 2, 3))
    slow, quick, own = "a.py::slow", "b.py::quick", "tests/unit/match/test_counts.py::own"
    lines = {"1": [], "3": [], "4": [0, 1, 2], "6": []}
    tests = RoomTests({"cpu_s": {slow: 2.0, quick: 0.1, own: 1.0}, "by_file": {"toolkit/match/counts.py": lines}})

    assert tests.of(few, max_cpu_s=60) == [own, quick, slow]
    assert tests.of(few, max_cpu_s=3) == [own, quick]
    assert (tests.has_seen(few), tests.has_seen(many)) == (True, False)
    assert tests.of(many, max_cpu_s=60) == [own, quick, slow]
    assert tests.of(number, max_cpu_s=60) == [own, quick, slow]


def test_every_fault_said_to_be_none_is_still_one_that_can_be_made() -> None:
    """An entry whose line has changed is looked at again."""
    named = {file for file, *_ in listed_equivalents()}
    files = [path for room in ROOMS for path in (ROOT / "toolkit" / room).rglob("*.py") if path.name in named]
    possible = {one.key for path in files for one in mutants_of(path.read_text(encoding="utf-8"), str(path))}

    assert [key for key in listed_equivalents() if key not in possible] == []


def test_every_fault_said_to_be_none_has_its_reason() -> None:
    """One in ten at most may stand there, so each is worth a sentence."""
    assert all(len(why.split()) > 3 and why.endswith(".") for why in listed_equivalents().values())


def test_an_entry_is_written_as_it_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Quotes of the code stand in the list as they are."""
    [mutant] = mutants_of("most = found['all'] < other[\"few\"]\n", "toolkit/match/example.py")
    path = tmp_path_factory.mktemp("list") / LIST.name
    path.write_text(equivalent_entry(mutant, "It is never equal."), encoding="utf-8")

    assert listed_equivalents(path) == {mutant.key: "It is never equal."}
