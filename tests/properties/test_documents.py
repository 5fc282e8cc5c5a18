"""Laws of matching documents: nothing stands twice, sums are exact, and the order of rows changes nothing."""

from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.documents.amounts import have_swapped_digits
from toolkit.match.documents.matching import DocumentMatching, matched_documents
from toolkit.match.documents.mentions import cell_numbers, mentions
from toolkit.match.documents.sums import exact_sums

_document = st.tuples(
    st.sampled_from(["acme", "birch", None]), st.integers(0, 40), st.sampled_from([10_007, 12_345, 22_352, 34_697, None]),
    st.sampled_from([None, "INV-1042", "lobby"]),
)  # fmt: skip
_documents = st.lists(_document, max_size=8)


def _side(prefix: str, drawn: list[tuple[Any, ...]]) -> pa.Table:
    parties, days, amounts, texts = zip(*drawn, strict=True) if drawn else ((), (), (), ())
    count = len(drawn)
    return pa.table(
        {
            "record_key": pa.array([f"{prefix}{number}" for number in range(count)], pa.string()),
            "day": pa.array([date(2026, 5, 1) + timedelta(days=one) for one in days], pa.date32()),
            "amount_minor": pa.array(amounts, pa.int64()),
            "tax_minor": pa.nulls(count, pa.int64()),
            "fee_minor": pa.nulls(count, pa.int64()),
            "party": pa.array(parties, pa.string()),
            "is_party_known_there": pa.array([True] * count, pa.bool_()),
            "description": pa.array(texts, pa.string()),
        }
    )


def _used(found: DocumentMatching) -> tuple[list[int], list[int]]:
    rows_l = found.rows_l[found.linked_pairs].tolist()
    rows_r = found.rows_r[found.linked_pairs].tolist()
    for group in found.groups:
        rows_l += group.rows_l
        rows_r += group.rows_r
    return rows_l, rows_r


@settings(max_examples=25, deadline=None)
@given(_documents, _documents)
def test_no_document_stands_twice_and_whole_groups_add_up(left: list[Any], right: list[Any]) -> None:
    """A document is in one link or one group, is not ambiguous too, and the parts of a whole group make its total."""
    found = matched_documents(_side("i", left), _side("p", right))

    rows_l, rows_r = _used(found)
    assert len(set(rows_l)) == len(rows_l)
    assert len(set(rows_r)) == len(rows_r)
    assert not found.is_ambiguous[rows_l].any()
    for group in found.groups:
        sums = [side.amount[list(rows)].sum() for side, rows in ((found.left, group.rows_l), (found.right, group.rows_r))]
        assert (sums[0] == sums[1]) == group.is_whole


@settings(max_examples=25, deadline=None)
@given(_documents, _documents, st.randoms())
def test_another_order_of_the_target_gives_the_same_result(left: list[Any], right: list[Any], dice: Random) -> None:
    """Nothing depends on where a document stands in the export."""
    order = list(range(len(right)))
    dice.shuffle(order)

    straight = matched_documents(_side("i", left), _side("p", right))
    turned = matched_documents(_side("i", left), _side("p", right).take(pa.array(order, pa.int64())))

    assert turned.weight.tolist() == straight.weight.tolist()
    assert (turned.groups, turned.links.right_of.tolist()) == (straight.groups, straight.links.right_of.tolist())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 60), max_size=8), st.integers(2, 200))
def test_every_sum_and_no_other_is_found(amounts: list[int], total: int) -> None:
    """The choices found are those that a count of all choices finds."""
    found = {one.parts for one in exact_sums(float(total), np.array(amounts, dtype=np.float64))}

    expected = set()
    for chosen in range(2 ** len(amounts)):
        parts = tuple(at for at in range(len(amounts)) if chosen >> at & 1)
        if len(parts) > 1 and sum(amounts[at] for at in parts) == total:
            expected.add(parts)
    assert found == expected


@given(st.integers(0, 10**12), st.integers(0, 11))
def test_swapped_neighbours_are_always_seen(number: int, place: int) -> None:
    """Any two neighbouring digits swapped are recognised, unless the number stays or loses its first digit."""
    text = str(number)
    if place + 1 >= len(text):
        return
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    seen = have_swapped_digits(np.array([float(text)]), np.array([float(swapped)])).item()

    assert seen == (swapped != text and not swapped.startswith("0"))


_CELLS = st.one_of(
    st.text(alphabet="oO0129abZ-_/#. \x0b\n²é", max_size=14),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "Order ", "no ", "Deal# ", "O", "two words ", "1 "]),
        st.sampled_from(["", "INV-", "so", "#", "SO-", "abcdefghi"]),
        st.from_regex(r"[0-9O]{1,6}(?:[-/_.][0-9]{1,4}){0,2}", fullmatch=True),
        st.sampled_from(["", "", " paid", "A", "O", "\n"]),
    ),
)


@given(st.lists(_CELLS, min_size=1, max_size=20))
def test_a_column_of_cells_shows_the_same_numbers_as_each_cell_alone(cells: list[str]) -> None:
    """Cells of the usual shape are read all at once; nothing else may come out than one by one."""
    found = mentions(pa.table({"number": pa.array(cells, pa.string())}))
    texts = found.texts.to_pylist()
    read = sorted(
        (row, texts[number], texts[written], is_whole)
        for row, number, written, is_whole in zip(
            found.row.tolist(), found.number.tolist(), found.written.tolist(), found.is_whole.tolist(), strict=True
        )
    )

    assert read == sorted((row, *one) for row, cell in enumerate(cells) for one in cell_numbers(cell))
