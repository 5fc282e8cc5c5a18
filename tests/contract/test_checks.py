"""What every check of data quality keeps: each file of the folder, and the worked example of docs/adding-a-check.md."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import pyarrow as pa
import pytest

from tests.quality_records import AS_OF, Records, evidence_of, messy_lines, messy_records, outcomes, stream_table
from toolkit import discovery
from toolkit.quality import checked_records, checks, quality_figures
from toolkit.quality.all_checks import all_checks, outcomes_of
from toolkit.quality.check import FAILING, Check
from toolkit.quality.outcome import Outcome
from toolkit.tables import ENTITY_SCHEMAS

DOCS = Path(__file__).resolve().parents[2] / "docs"
SEVERITIES = ("high", "medium", "low")


def example_code() -> str:
    """Return the file that docs/adding-a-check.md shows."""
    [block] = re.findall(r"```python\n(.*?)```", (DOCS / "adding-a-check.md").read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def example() -> Check:
    """Return its check."""
    module = ModuleType("sum")
    exec(compile(example_code(), "adding-a-check.md", "exec"), module.__dict__)
    found = module.__dict__["CHECK"]
    assert isinstance(found, Check)
    return found


def name_of(check: Check) -> str:
    """Return the file of a check."""
    return check.judged.__module__.rpartition(".")[2]


_EXAMPLE = example()
EVERY = pytest.mark.parametrize("check", [*all_checks(), _EXAMPLE], ids=name_of)


@cache
def records() -> Records:
    """Return the messy client, with one invoice whose net and tax do not add up to the amount."""
    odd = stream_table("invoice", [{"amount_minor": 120, "net_minor": 50, "tax_minor": 20}], stream="odd")
    return {**messy_records(), ("ledger", "odd"): odd}


@cache
def all_together() -> list[Outcome]:
    """Return what all checks find in one go."""
    with evidence_of(records(), lines=messy_lines()) as evidence:
        return outcomes_of([*all_checks(), _EXAMPLE], evidence)


def found(check: Check, records: Records) -> list[Outcome]:
    """Return what a check finds in records, with the messy client's lines."""
    return outcomes(check, records, lines=messy_lines())


def shown(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    """Return outcomes as rows that can be compared."""
    return sorted(
        (one.check_id, one.label, one.severity, one.checked, sorted(map(repr, one.failing.to_pylist()))) for one in outcomes
    )


@EVERY
def test_a_check_says_what_it_is(check: Check) -> None:
    """A rule of the tables, a label for the figure, severities from high to low."""
    assert re.fullmatch(r"required|unique|format|reference|implausible\.[a-z_]+", check.rule)
    assert re.fullmatch(r"[A-Z].*[^.]", check.label)
    assert list(check.severities) == [one for one in SEVERITIES if one in check.severities]


@EVERY
def test_files_of_one_rule_share_its_label(check: Check) -> None:
    """The figure of a rule has one name."""
    assert {one.label for one in (*all_checks(), _EXAMPLE) if one.rule == check.rule} == {check.label}


@EVERY
def test_a_client_finds_the_check_explained(check: Check) -> None:
    """Its row stands in the table of the page: the rule, when it fails, what it weighs."""
    page = "adding-a-check.md" if check is _EXAMPLE else "data-quality.md"
    severities = " or ".join([", ".join(check.severities[:-1]), check.severities[-1]][len(check.severities) == 1 :])

    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()

    assert f"| `{check.rule}` | {check.fails_when} | {severities} |" in lines


@EVERY
def test_tables_without_rows_or_values_give_no_finding(check: Check) -> None:
    """Nothing, headers alone, and records of which only the id is known."""
    empty = {("a", entity): schema.empty() for entity, schema in ENTITY_SCHEMAS.items()}
    bare = {("a", entity): stream_table(entity, [{}], system="a", stream=entity) for entity in ENTITY_SCHEMAS}

    for some in ({}, empty, bare):
        assert [one.failing.num_rows for one in outcomes(check, some) if one.failing.num_rows] == []


@EVERY
def test_a_check_finds_what_is_wrong_and_names_the_records(check: Check) -> None:
    """Every finding is a record of its stream, once, with a reason that is a sentence; no more fail than were judged."""
    given = records()

    results = found(check, given)

    assert any(one.failing.num_rows for one in results)
    for one in results:
        keys = one.failing["record_key"].to_pylist()
        own = set(given[one.system, one.stream]["record_key"].to_pylist())
        assert one.failing.schema == FAILING
        assert set(keys) <= own
        assert len(set(keys)) == len(keys) <= one.checked
        assert all(re.fullmatch(r"[A-Za-z0-9].* .*\.", reason) for reason in one.failing["reason"].to_pylist())
        assert one.severity in check.severities
        assert one.rule == check.rule


@EVERY
def test_the_answer_does_not_depend_on_the_order_of_rows_or_the_run(check: Check) -> None:
    """The same records in another order, and the same once more, fail alike."""
    given = records()
    random = Random(7)
    others = {
        key: table.take(pa.array(random.sample(range(len(table)), len(table)), pa.int64())) for key, table in given.items()
    }

    assert shown(found(check, given)) == shown(found(check, given))
    assert shown(found(check, others)) == shown(found(check, given))


@EVERY
def test_a_check_finds_the_same_without_the_others(check: Check) -> None:
    """No check rests on what another one left behind."""
    together = all_together()

    alone = found(check, records())

    assert {one.check_id for one in alone} <= {one.check_id for one in together}
    ids = {one.check_id for one in alone}
    assert shown(alone) == shown([one for one in together if one.check_id in ids])


@pytest.fixture
def with_example(tmp_path: Path) -> Iterator[None]:
    """Let the example take part, as a file in the folder would."""
    (tmp_path / "sum.py").write_text(example_code(), encoding="utf-8")
    checks.__path__.append(str(tmp_path))
    for known in (discovery._found, all_checks):
        known.cache_clear()
    yield
    checks.__path__.remove(str(tmp_path))
    sys.modules.pop("toolkit.quality.checks.sum", None)
    for known in (discovery._found, all_checks):
        known.cache_clear()


@pytest.mark.usefixtures("with_example")
def test_a_new_file_is_a_new_check() -> None:
    """Nothing else is edited: its findings stand in the tables, and its figure has its label."""
    quality = checked_records(records(), country="US", as_of=AS_OF)

    [row] = [row for row in quality.checks.to_pylist() if row["rule"] == "implausible.sum" and row["checked"]]
    figures = {one["figure_id"]: one for one in quality_figures(quality.checks, quality.profiles).to_pylist()}
    assert (row["check_id"], row["failing"]) == ("ledger.odd.amount_minor.implausible.sum", 1)
    assert figures["quality.failing.implausible.sum"]["label"] == "Amounts that are not net amount and tax"
    assert quality.findings.to_pylist()[-1]["record_key"] == "ledger/odd/1"


def test_without_the_file_nobody_asks_for_it() -> None:
    """The example was no part of the package before."""
    assert "implausible.sum" not in {check.rule for check in all_checks()}
