"""Hashes of texts: the same in every run and however a column is cut, for saved models hold them."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.match.hashing import mixed, tagged, text_hashes

TEXTS = st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), max_size=12)


def test_a_hash_is_the_same_in_every_run() -> None:
    """A model saved last year finds the same keys; these numbers must never change."""
    expected = [16_294_208_416_658_607_535, 2_328_111_413_267_481_060, 6_816_146_303_333_013_949]

    assert text_hashes(pa.array(["", "acme", "東京"])).tolist() == expected


@given(texts=TEXTS, start=st.integers(0, 12))
def test_a_column_cut_anywhere_has_the_same_hashes(texts: list[str | None], start: int) -> None:
    """Nothing but the text itself counts, not what stands before it."""
    column = pa.array(texts, pa.string())

    assert text_hashes(column.slice(start)).tolist() == text_hashes(column).tolist()[start:]


@given(texts=TEXTS)
def test_texts_share_a_hash_only_when_they_are_equal(texts: list[str | None]) -> None:
    """A missing text counts as the empty one."""
    hashes = text_hashes(pa.array(texts, pa.string())).tolist()

    assert len(set(hashes)) == len({text or "" for text in texts})


def test_long_columns_are_hashed_like_short_ones() -> None:
    """Three hundred thousand numbers, all different."""
    column = pa.array([str(number) for number in range(300_000)])

    hashes = text_hashes(column)

    assert len(np.unique(hashes)) == 300_000
    assert hashes[290_000:].tolist() == text_hashes(column.slice(290_000)).tolist()


def test_order_and_sort_of_parts_count() -> None:
    """The postcode 60612 is not the telephone 60612, and a name with a town is not a town with a name."""
    one, other = text_hashes(pa.array(["60612"])), text_hashes(pa.array(["acme"]))

    assert tagged("phone", one).tolist() != tagged("postcode", one).tolist()
    assert mixed(one, other).tolist() != mixed(other, one).tolist()


@pytest.mark.parametrize("letters", [(1 << 17) - 1, 1 << 17, (1 << 17) + 1])
def test_texts_are_hashed_alike_whatever_stands_before_them(letters: int) -> None:
    """Letters are looked at in pieces; a text that begins where a piece ends, an empty one too, is hashed as it is alone."""
    before = "x" * letters

    found = text_hashes(pa.array([before, "", "acme", before]))

    assert found[1:3].tolist() == text_hashes(pa.array(["", "acme"])).tolist()
    assert found[0] == found[3]
