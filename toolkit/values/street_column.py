"""Street lines of a whole column: ordinary ones taken apart as arrays of words, the others by ``address.street``.

Ordinary is an ASCII line of a house number in front, behind, or none, words, and a unit at its end.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.address import NUMBERED, UNIT_ID, UNIT_WORDS, street
from toolkit.values.cells import of_distinct
from toolkit.values.placeholder import is_placeholder
from toolkit.values.street_words import DIRECTIONS, SAINT, TYPES, street_word
from toolkit.values.text import folded_texts, word_texts

_Ints = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]

_WRITABLE = r"^[ -~]{1,200}$"
_HAS_UNIT = rf"#|\b(?:{UNIT_WORDS})\b"
_UNIT_AT_END = (
    r"^(?P<line>[a-z0-9](?:[a-z0-9 .'-]*[a-z0-9.])?)"
    rf"(?:(?:, ?| )(?:{UNIT_WORDS})\b[.:]? ?#? ?|,? ?# ?)(?P<unit>{UNIT_ID})$"
)
_ODD = (
    rf"[^a-z0-9 .'-]|\b(?:{UNIT_WORDS})\b"
    r"|\b(?:between|btw|bet|near|opposite|opp|behind|next|corner|off|at|attn|attention|care|no|nr|number|num|nos)\b"
    r"|(?:ground|first|second|third|fourth|fifth|[0-9](?:st|nd|rd|th))$"
    r"|box|\bp\.? ?o\.? ?b|\bb\.? ?p\b|postfach|postbus|locked|apartado"
)
_NUMBER_IN_FRONT = r"^(?P<number>[0-9]{1,6})[a-z]?(?:-[0-9]{1,6}[a-z]?)? (?P<rest>[a-z0-9].*)$"
_NUMBER_BEHIND = r"^(?P<rest>[a-z][a-z .-]*[a-z.]) (?P<number>[0-9]{1,6})[a-z]?$"
_NO_NUMBER = r"^(?:[0-9]+(?:st|nd|rd|th) )?[a-z .'-]*[a-z.]$"
_NAMES_A_NUMBER = rf"\b(?:{'|'.join(sorted(NUMBERED))})[ .-]*$"


def street_texts(values: pa.StringArray) -> pa.StringArray:
    r"""Return each street line's number, name, type, direction and unit with tabs between; null for a filler.

    Examples
    --------
    >>> street_texts(pa.array(["12 N. Main St., Suite 4", None])).to_pylist()
    ['12\tmain\tstreet\tn\t4', None]
    """
    return of_distinct(values, _streets)


def _streets(values: pa.StringArray) -> pa.StringArray:
    """Return distinct street lines taken apart."""
    is_writable = pc.match_substring_regex(values, _WRITABLE)
    text = folded_texts(pc.if_else(is_writable, values, None))
    line, unit = _without_unit(text)
    is_odd = pc.or_(pc.match_substring_regex(line, _ODD), pc.is_null(line))
    line = pc.if_else(is_odd, None, line)
    number, rest, is_plain = _without_number(line, text)
    parts = pc.binary_join_element_wise(pc.fill_null(number, ""), *_parts(word_texts(rest)), pc.fill_null(unit, ""), "\t")
    is_unusual = pc.invert(is_plain)
    judged = [_one(value) for value in values.filter(is_unusual).to_pylist()]
    return pc.replace_with_mask(parts, is_unusual, pa.array(judged, pa.string()))


def _one(value: str) -> str | None:
    found = street(value)
    return found.tabbed if found else None


def _without_unit(text: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
    """Return each line without the unit at its end, and the unit."""
    has_unit = pc.fill_null(pc.match_substring_regex(text, _HAS_UNIT), False)
    found = pc.extract_regex(text.filter(has_unit), _UNIT_AT_END)
    line = pc.coalesce(pc.struct_field(found, "line"), text.filter(has_unit))
    unit = pc.replace_with_mask(pa.nulls(len(text), pa.string()), has_unit, pc.struct_field(found, "unit"))
    return pc.replace_with_mask(text, has_unit, line), unit


def _without_number(line: pa.StringArray, text: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray, pa.BooleanArray]:
    """Return each line's house number, what is left, and whether it is as plain as that."""
    front = pc.extract_regex(line, _NUMBER_IN_FRONT)
    number, rest = (pc.struct_field(front, name) for name in ("number", "rest"))
    rest = pc.if_else(pc.match_substring_regex(rest, "[a-z]"), rest, None)
    is_open = pc.fill_null(pc.and_(pc.is_null(rest), pc.is_valid(line)), False)
    left = line.filter(is_open)
    behind = pc.extract_regex(left, _NUMBER_BEHIND)
    names_road = pc.fill_null(pc.match_substring_regex(pc.struct_field(behind, "rest"), _NAMES_A_NUMBER), False)
    number_behind, rest_behind = (pc.if_else(names_road, None, pc.struct_field(behind, one)) for one in ("number", "rest"))
    filler = pa.array([is_placeholder(one) for one in text.filter(is_open).to_pylist()], pa.bool_())
    is_bare = pc.and_(pc.match_substring_regex(left, _NO_NUMBER), pc.invert(filler))
    rest_left = pc.coalesce(rest_behind, pc.if_else(is_bare, left, None))
    number = pc.replace_with_mask(number, is_open, number_behind)
    rest = pc.replace_with_mask(rest, is_open, rest_left)
    return number, rest, pc.is_valid(rest)


def _parts(texts: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray, pa.StringArray]:
    """Return name, kind and direction of streets given by their words, as ``street_parts`` does for one."""
    filled = pc.fill_null(texts, "")
    lists = pc.split_pattern(filled, " ")
    sizes = np.asarray(pc.list_value_length(lists), dtype=np.int64)
    encoded = lists.flatten().dictionary_encode()
    ids = np.asarray(encoded.indices, dtype=np.int64)
    written = encoded.dictionary.to_pylist()
    words = [*(street_word(word) for word in written), "saint"]
    starts = np.cumsum(sizes) - sizes
    row = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(ids)) - starts[row]
    if SAINT in written:
        ids = np.where((ids == written.index(SAINT)) & (place == 0) & (sizes[row] > 1), len(written), ids)
    is_end = (sizes[row] > 1) & ((place == 0) | (place == sizes[row] - 1))
    is_direction = np.array([word in DIRECTIONS for word in words])[ids] & is_end
    is_type = np.array([word in TYPES for word in words])[ids] & (place > 0) & ~is_direction
    vocabulary = pa.array(words, pa.string())
    kind = vocabulary.take(_first_ids(ids, row, is_type, len(sizes)))
    codes = pa.array([DIRECTIONS.get(word) for word in words], pa.string())
    direction = codes.take(_first_ids(ids, row, is_direction, len(sizes)))
    is_kept = ~(is_type | is_direction)
    kept_sizes = np.bincount(row[is_kept], minlength=len(sizes))
    offsets = pa.array(np.concatenate([[0], np.cumsum(kept_sizes)]), pa.int32())
    name = pc.binary_join(pa.ListArray.from_arrays(offsets, vocabulary.take(pa.array(ids[is_kept]))), " ")
    has_name = pa.array(kept_sizes > 0)
    kind = pc.fill_null(kind, "")
    return pc.if_else(has_name, name, kind), pc.if_else(has_name, kind, ""), pc.fill_null(direction, "")


def _first_ids(ids: _Ints, row: _Ints, is_meant: _Mask, count: int) -> pa.Int64Array:
    """Return the first of the words that are meant in each row; null where there is none."""
    first = np.full(count, -1, dtype=np.int64)
    first[row[is_meant][::-1]] = ids[is_meant][::-1]
    return pa.array(first, mask=first < 0)
