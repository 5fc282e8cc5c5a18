"""What every comparison keeps: each file of the folder, and the worked example of the documents."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match import comparisons
from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import all_comparisons
from toolkit.match.parties import explained_pair, matched_parties

DOCS = Path(__file__).resolve().parents[2] / "docs"

CELLS = [
    "Acme Ltd", "ACME limited", "Acme Widgets Chicago", "Acme Widgets Dallas", "IBM", "Roe, Jane", "Jane Roe", "J. Roe",
    "12 Oak St", "12 Oak Street, Springfield, IL 60612", "60612", "Chicago", "jo@acme.com", "info@acme.com", "acme.com",
    "https://www.acme.co.uk/x", "+1 312 644 2671", "312-644-2671", "644 2671", "1956-04-09", "09/04/1956", "36-1234567",
    "DE 123456789", "12.50", "1,250.00", "-12.50", "INV-00123", "123", "WX-400B", "Sony WX-400B camera", "wholesale",
    "DE89 3704 0044 0532 0130 00", "n/a", "-", "", " ", "999-999-9999", "Москва Трейд", "東京商事", "شركة", "🏠 12",
    "Riesling 2019, 6 x 0.75 l, white", "red wine 750 ml", "2012", "a\x00b", "x" * 10_000, "1 " * 5_000,
]  # fmt: skip


def example() -> Comparison:
    """Return the comparison that docs/adding-a-comparison.md shows."""
    [block] = re.findall(r"```python\n(.*?)```", (DOCS / "adding-a-comparison.md").read_text(encoding="utf-8"), re.DOTALL)
    module = ModuleType("bank_account")
    exec(compile(block, "adding-a-comparison.md", "exec"), module.__dict__)
    found = module.__dict__["COMPARISON"]
    assert isinstance(found, Comparison)
    return found


_ALL = [*all_comparisons(), example()]
# Whether the day or the month stands first is told by a whole column of dates.
_BY_CELL = [one for one in _ALL if "date" not in one.name]
EVERY = pytest.mark.parametrize("comparison", _ALL, ids=lambda one: one.name)


def standardised(comparison: Comparison, cells: list[str | None]) -> list[pa.StringArray]:
    """Return the comparable texts of cells, each kind that the comparison reads by itself."""
    return [comparison.standardised({kind: pa.array(cells, pa.string())}) for kind in comparison.reads]


def distinct(comparison: Comparison) -> pa.StringArray:
    """Return the distinct comparable texts of all cells."""
    texts = {text for column in standardised(comparison, list(CELLS)) for text in column.to_pylist()} - {None}
    return pa.array(sorted(texts), pa.string())


@EVERY
def test_every_level_has_its_shares(comparison: Comparison) -> None:
    """As many as levels, none of them zero; the first level speaks against a match, and none for it more than the last."""
    priors = comparison.priors()

    assert priors.shape == (4, len(comparison.levels))
    assert np.all(priors > 0)
    bits = np.log2(priors[0] / priors[3])
    assert bits[0] < 0 < bits[-1] == bits.max()


@EVERY
def test_the_shares_of_a_class_add_up_to_one(comparison: Comparison) -> None:
    """Each is the share of a level among all pairs of the class."""
    # Those of places among strangers add up to 1.00005, and are taken as parts of that.
    tolerance = 6e-5 if comparison.name == "location" else 1e-9
    for shares in (comparison.m, comparison.by_place, comparison.by_name, comparison.u):
        assert sum(shares) == pytest.approx(1, abs=tolerance)


@EVERY
def test_every_pair_of_two_values_has_a_level_and_sides_may_swap(comparison: Comparison) -> None:
    """Hostile cells too: NUL, ten thousand characters, any script."""
    values = distinct(comparison)
    left, right = (side.ravel().astype(np.int64) for side in np.indices((len(values),) * 2))
    prepared = comparison.prepared(values, None)

    levels = comparison.graded(prepared, left, right)

    assert np.array_equal(levels, comparison.graded(prepared, right, left))
    assert np.all(levels <= len(comparison.levels))
    if comparison.fills_in_for:
        # What one column says of both is said by another fact already, and of a value with itself all of it is.
        assert np.all(levels.reshape(len(values), -1).diagonal() == 0)
        return
    assert np.all(levels >= 1)
    # A town alone, or a shared mailbox such as info@, is not full agreement even with itself.
    table = levels.reshape(len(values), -1)
    assert np.array_equal(table.diagonal(), table.max(axis=1))
    assert table.max() == len(comparison.levels)


@pytest.mark.parametrize("comparison", _BY_CELL, ids=lambda one: one.name)
def test_a_column_gives_what_its_cells_give_one_by_one(comparison: Comparison) -> None:
    """And null stays null."""
    for kind in comparison.reads:
        whole = comparison.standardised({kind: pa.array([*CELLS, None], pa.string())}).to_pylist()

        alone = [comparison.standardised({kind: pa.array([cell], pa.string())}).to_pylist()[0] for cell in CELLS]

        assert whole == [*alone, None]


@EVERY
def test_keys_belong_to_values_and_are_the_same_in_every_run(comparison: Comparison) -> None:
    """A saved index of keys would find nobody otherwise."""
    values = distinct(comparison)
    for keys_of in (comparison.narrow, comparison.broad):
        keys, again = (keys_of(comparison.prepared(values, None)) for _ in range(2))

        assert keys.key.dtype == np.uint64
        assert np.array_equal(keys.key, again.key)
        assert np.all((keys.value >= 0) & (keys.value < len(values)))


@pytest.fixture
def with_example(tmp_path: Path) -> Iterator[None]:
    """Let the example take part, as a file in the folder would."""
    [block] = re.findall(r"```python\n(.*?)```", (DOCS / "adding-a-comparison.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "bank_account.py").write_text(block, encoding="utf-8")
    comparisons.__path__.append(str(tmp_path))
    all_comparisons.cache_clear()
    yield
    comparisons.__path__.remove(str(tmp_path))
    sys.modules.pop("toolkit.match.comparisons.bank_account", None)
    all_comparisons.cache_clear()


@pytest.mark.usefixtures("with_example")
def test_the_example_of_the_documents_takes_part_by_being_there() -> None:
    """A shared account makes one party of two spellings, and explains itself."""
    names = ["Arbel Roofing Ltd", "Arbel Roffing", "Zorro Foods", "Kestrel Marine"]
    accounts = ["DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", None]
    records = pa.table(
        {
            "record_key": [f"ledger/vendors/{number}" for number in range(4)],
            "system": ["ledger"] * 4,
            "Name": names,
            "IBAN": accounts,
        }
    )

    found = matched_parties(records, kinds={"Name": "company", "IBAN": "iban"})

    [account] = [
        fact
        for fact in explained_pair(found, "ledger/vendors/0", "ledger/vendors/1").facts
        if fact.comparison == "bank account"
    ]
    assert (account.level, account.verdict) == ("same account", "strong for")
    assert found.clusters["cluster_id"].to_pylist()[:2] == ["ledger/vendors/0"] * 2
