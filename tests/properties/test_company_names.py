"""Laws of company names: a column says what its cells say, and how a name is written makes no other name."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.comparisons import category, company, employer, text
from toolkit.values.company_name import company_like, company_name, is_company_like, legal_forms, standardised
from toolkit.values.placeholder import is_placeholder, placeholders
from toolkit.values.text import word_set

PIECES = """
    acme brown quinros bros mfg intl the and of a & + co inc ltd llc gmbh kg s.p.a. sp. z o.o. l.l.c. pty (old) (uk) -
    t/a dba c/o attn formerly in liquidation do not use amazon.com www.acme.ie joe's s b 007 3m 12 zz / , müller 株式会社
    n/a test xxxx saint day care daycare limited liability company ооо dallas
"""
WRITTEN = st.lists(st.sampled_from(sorted(word_set(PIECES))), max_size=6).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)
NAMES = st.lists(
    st.sampled_from(["acme", "brown", "quinros", "quinors", "foods", "services", "dallas", "12", "b"]),
    min_size=1,
    max_size=4,
)
CELLS = st.lists(st.lists(NAMES.map(" ".join), min_size=1, max_size=2).map("|".join), min_size=1, max_size=4)


@given(st.lists(WRITTEN | st.none(), max_size=12))
@settings(max_examples=50, deadline=None)
def test_a_column_of_names_says_what_each_name_says(cells: list[str | None]) -> None:
    """Whole columns are read faster than name by name, never otherwise."""
    column = pa.array(cells, pa.string())
    names = [company_name(cell) if cell is not None else None for cell in cells]

    assert standardised(column).to_pylist() == [(name.text if name else None) for name in names]
    assert legal_forms(column).to_pylist() == [(name.legal_form or None) if name else None for name in names]
    assert company_like(column).to_pylist() == [None if cell is None else is_company_like(cell) for cell in cells]
    assert placeholders(column).to_pylist() == [None if cell is None else is_placeholder(cell) for cell in cells]


@given(
    NAMES.map(" ".join),
    st.sampled_from(["{} Ltd", "{}, Ltd.", "{} LIMITED", "{} (old)", "{} - DO NOT USE", "  {}!", "{} Ltd LLC"]),
)
@settings(max_examples=50, deadline=None)
def test_how_a_name_is_written_makes_no_other_name(name: str, form: str) -> None:
    """Case, punctuation, legal form and notes are not the name."""
    plain, written = standardised(pa.array([name + " ltd", form.format(name).upper()])).to_pylist()

    assert plain == written


@given(CELLS)
@settings(max_examples=25, deadline=None)
def test_names_are_graded_alike_either_way_round_and_in_any_company(cells: list[str]) -> None:
    """The order of two names, and of all pairs, changes no grade; a name agrees fully with itself."""
    left, right = (side.ravel() for side in np.meshgrid(np.arange(len(cells)), np.arange(len(cells))))
    for comparison in (company.COMPARISON, employer.COMPARISON, text.COMPARISON, category.COMPARISON):
        prepared = comparison.prepared(pa.array(cells), None)
        levels = comparison.graded(prepared, left, right)

        one_by_one = [comparison.graded(prepared, left[at : at + 1], right[at : at + 1])[0] for at in range(len(left))]
        assert levels.tolist() == comparison.graded(prepared, right, left).tolist() == one_by_one
        assert levels.min() >= 1
        assert set(levels[left == right].tolist()) == {len(comparison.levels)}


@given(CELLS)
@settings(max_examples=25, deadline=None)
def test_keys_are_those_of_existing_names(cells: list[str]) -> None:
    """Every key belongs to a name, and equal names have equal keys wherever they stand."""
    for comparison in (company.COMPARISON, text.COMPARISON):
        prepared = comparison.prepared(pa.array([*cells, *cells]), None)
        for keys in (comparison.narrow(prepared), comparison.broad(prepared)):
            first, again = (sorted(keys.key[keys.value // len(cells) == half].tolist()) for half in (0, 1))
            assert first == again
