"""Location: street, town, region and postcode as one fact, so that one move is not counted three times."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, WordCounts, joined_keys, keys_where
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.likeness import CLOSE, DIFFERENT, EQUAL, UNKNOWN, Names, longest_words, name_grades, names_of
from toolkit.match.texts.short_codes import MAX_SIGNS, Packed, is_sign_slip, packed_signs
from toolkit.match.texts.text_ids import coded
from toolkit.values import address, region
from toolkit.values.street_column import street_texts

LEVELS = (
    "elsewhere",
    "same town or postcode, another street",
    "postcode one character off, street unknown",
    "same town or region, street unknown",
    "same postcode, street unknown",
    "same street or same number nearby",
    "same address but for spelling or number",
    "same building, another unit",
    "same street address, town or postcode differs",
    "same street address and town, another postcode",
    "same address",
)
(_ELSEWHERE, _OTHER_STREET, _POSTCODE_OFF, _TOWN, _POSTCODE, _STREET, _NEAR, _UNIT, _MOVED_TOWN, _OTHER_CODE, _SAME) = range(
    1, 12
)

_PARTS = ("number", "street", "type", "direction", "unit", "town", "region", "postcode")
_NEXT_DOOR = 10
"""House numbers as near as this may be one site, or a slip."""
_REGION_CODE = 3
"""Regions of as few letters are codes; names may be of a county here and of a state there."""

_Mask = npt.NDArray[np.bool_]


class Part(NamedTuple):
    """One part of each place: its code (-1: none), and of every distinct text the text, hash and packed signs.

    ``packed`` is 0 for texts too long to be packed.
    """

    codes: Ints
    texts: pa.StringArray
    hashes: Hashes
    packed: Packed


class Places(NamedTuple):
    """Places by their parts; ``numbers`` holds house numbers as such (-1: none), ``is_box`` post office boxes."""

    number: Part
    street: Part
    type: Part
    direction: Part
    unit: Part
    town: Part
    region: Part
    postcode: Part
    streets: Names
    towns: Names
    numbers: Ints
    is_box: _Mask
    region_codes: Ints


def standardised(columns: Columns) -> pa.StringArray:
    """Return each place as eight parts with tabs between.

    They are number, street, type, direction, unit, town, region and postcode.
    """
    count = max((len(column) for column in columns.values()), default=0)
    blank = pa.nulls(count, pa.string())
    streets = street_texts(columns.get("street", blank))
    towns = address.standardised_towns(columns.get("city", blank))
    regions = region.standardised(columns.get("region", blank))
    # A spreadsheet takes the zeros in front of a postcode away.
    codes = pc.utf8_ltrim(address.standardised_postcodes(columns.get("postcode", blank)), "0")
    parts = [pc.fill_null(streets, "\t\t\t\t"), *(pc.fill_null(one, "") for one in (towns, regions, codes))]
    whole = pc.binary_join_element_wise(*parts, "\t")
    return pc.if_else(pc.equal(pc.binary_length(whole), len(_PARTS) - 1), None, whole)


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Places:
    """Return the parts of distinct places."""
    del word_counts
    flat = pc.split_pattern(values, "\t").flatten()
    own = np.arange(0, len(flat), len(_PARTS))
    by_name = {name: _part(flat.take(own + place)) for place, name in enumerate(_PARTS)}
    number, state = by_name["number"], by_name["region"]
    plain = pc.if_else(pc.match_substring_regex(number.texts, "^[0-9]{1,9}$"), number.texts, "-1")
    numbers = np.append(np.asarray(plain.cast(pa.int64())), -1)
    is_box = np.append(np.asarray(pc.starts_with(number.texts, "box "), dtype=bool), np.False_)
    is_code = np.append(np.asarray(pc.binary_length(state.texts)) <= _REGION_CODE, np.False_)
    region_codes = np.where(is_code[state.codes], state.codes, -1)
    return Places(
        **by_name,
        streets=names_of(by_name["street"].texts),
        towns=names_of(by_name["town"].texts),
        numbers=numbers[number.codes],
        is_box=is_box[number.codes],
        region_codes=region_codes,
    )


def _part(texts: pa.StringArray) -> Part:
    distinct, codes = coded(texts)
    is_short = np.asarray(pc.binary_length(distinct)) <= MAX_SIGNS
    return Part(codes, distinct, text_hashes(distinct), np.where(is_short, packed_signs(distinct), np.uint64(0)))


def graded(places: Places, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct places.

    Parameters
    ----------
    places
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    postcode = _slip_grades(places.postcode, left, right, min_signs=4)
    town = _town_grades(places, left, right, postcode)
    area = _area_grades(town, postcode)
    number = _equality(places.number, left, right)
    # Where both town and number speak against, the street changes nothing.
    street = _street_grades(places, left, right, (area != DIFFERENT) | (number == EQUAL))
    rows = np.flatnonzero((number == DIFFERENT) & (street >= CLOSE))
    number[rows] = _number_grades(places, left[rows], right[rows])
    with_street = _levels_with_street(
        street, number, area, has_conflict=_differs(places.type, left, right) | _differs(places.direction, left, right)
    )
    is_full = with_street == _SAME
    with_street[is_full & (town >= CLOSE) & np.isin(postcode, (DIFFERENT, CLOSE))] = _OTHER_CODE
    with_street[is_full & _differs(places.unit, left, right)] = _UNIT
    without = _levels_without_street(town, postcode, area, number, _equality(places.region, left, right))
    return np.where(street == UNKNOWN, without, with_street).astype(np.uint8)


def _levels_with_street(street: Levels, number: Levels, area: Levels, *, has_conflict: _Mask) -> Levels:
    is_whole = (street == EQUAL) & ~has_conflict
    is_number, is_nearby = number == EQUAL, area >= CLOSE
    may_be_same = (number == CLOSE) | ((number == UNKNOWN) & (area == EQUAL))
    cases = (
        ((street == DIFFERENT) & is_nearby & is_number, _STREET),
        ((street == DIFFERENT) & is_nearby, _OTHER_STREET),
        (street == DIFFERENT, _ELSEWHERE),
        (is_number & (area == DIFFERENT) & is_whole, _MOVED_TOWN),
        (is_number & (area == DIFFERENT), _STREET),
        (is_number & is_whole, _SAME),
        (is_number, _NEAR),
        (area == DIFFERENT, _ELSEWHERE),
        (may_be_same, _NEAR),
    )
    return np.select([case for case, _ in cases], [level for _, level in cases], _STREET).astype(np.uint8)


def _levels_without_street(town: Levels, postcode: Levels, area: Levels, number: Levels, region: Levels) -> Levels:
    cases = (
        (area == DIFFERENT, _ELSEWHERE),
        (postcode == EQUAL, _POSTCODE),
        (town >= CLOSE, _TOWN),
        (postcode == CLOSE, _POSTCODE_OFF),
        ((region == EQUAL) | (number == EQUAL), _TOWN),
    )
    return np.select([case for case, _ in cases], [level for _, level in cases], _ELSEWHERE).astype(np.uint8)


def _equality(part: Part, left: Ints, right: Ints) -> Levels:
    codes_l, codes_r = part.codes[left], part.codes[right]
    is_known = (codes_l >= 0) & (codes_r >= 0)
    return np.where(is_known, np.where(codes_l == codes_r, EQUAL, DIFFERENT), UNKNOWN).astype(np.uint8)


def _differs(part: Part, left: Ints, right: Ints) -> _Mask:
    return np.asarray(_equality(part, left, right) == DIFFERENT)


def _slip_grades(part: Part, left: Ints, right: Ints, *, min_signs: int) -> Levels:
    """Return whether a part is equal, a slip of the hand apart (of at least ``min_signs``), or different."""
    result = _equality(part, left, right)
    rows = np.flatnonzero(result == DIFFERENT)
    packed_l, packed_r = (part.packed[part.codes[side[rows]]] for side in (left, right))
    # Fewer signs leave the lowest bits empty.
    is_long = (packed_l & packed_r) >> np.uint64(8 * (MAX_SIGNS - min_signs)) & np.uint64(0xFF) != 0
    result[rows[is_long & is_sign_slip(packed_l, packed_r)]] = CLOSE
    return result


def _number_grades(places: Places, left: Ints, right: Ints) -> Levels:
    """Return how far apart house numbers are that differ."""
    result = _slip_grades(places.number, left, right, min_signs=3)
    numbers_l, numbers_r = places.numbers[left], places.numbers[right]
    is_next = (np.minimum(numbers_l, numbers_r) >= 0) & (np.abs(numbers_l - numbers_r) <= _NEXT_DOOR)
    result[is_next & (result == DIFFERENT)] = CLOSE
    return result


def _town_grades(places: Places, left: Ints, right: Ints, postcode: Levels) -> Levels:
    """Return how alike the towns are; of one name in two states they are two."""
    result = name_grades(places.towns, places.town.codes[left], places.town.codes[right])
    states_l, states_r = places.region_codes[left], places.region_codes[right]
    is_other_state = (states_l >= 0) & (states_r >= 0) & (states_l != states_r)
    result[is_other_state & (result != UNKNOWN) & (postcode != EQUAL)] = DIFFERENT
    return result


def _area_grades(town: Levels, postcode: Levels) -> Levels:
    """Return whether two places lie in one town: postcode and town together."""
    cases = (
        ((postcode == EQUAL) | ((town >= CLOSE) & (postcode != DIFFERENT)), EQUAL),
        ((town >= CLOSE) | (postcode == CLOSE), CLOSE),
        ((town == UNKNOWN) & (postcode == UNKNOWN), UNKNOWN),
    )
    return np.select([case for case, _ in cases], [grade for _, grade in cases], DIFFERENT).astype(np.uint8)


def _street_grades(places: Places, left: Ints, right: Ints, is_asked: _Mask) -> Levels:
    """Return how alike the streets are, where that is asked; a box is a street of its own."""
    street_l, street_r = places.street.codes[left], places.street.codes[right]
    result = np.where((street_l >= 0) & (street_r >= 0), DIFFERENT, UNKNOWN).astype(np.uint8)
    rows = np.flatnonzero(is_asked)
    result[rows] = name_grades(places.streets, street_l[rows], street_r[rows])
    is_box = places.is_box[left] | places.is_box[right]
    is_same = places.number.codes[left] == places.number.codes[right]
    return np.where(is_box, np.where(is_same, EQUAL, UNKNOWN), result).astype(np.uint8)


def narrow(places: Places) -> Keys:
    """Return number with the longest word of the street, with postcode and with town, and street with town."""
    number, street, town, postcode = (_hashes(part) for part in (places.number, places.street, places.town, places.postcode))
    has_number, has_street, has_town, has_code = (
        part.codes >= 0 for part in (places.number, places.street, places.town, places.postcode)
    )
    word = np.append(longest_words(places.streets), np.uint64(0))[places.street.codes]
    return joined_keys(
        keys_where(tagged("number word", number, word), has_number & has_street),
        keys_where(tagged("number postcode", number, postcode), has_number & has_code),
        keys_where(tagged("number town", number, town), has_number & has_town),
        keys_where(tagged("street town", street, np.where(has_town, town, postcode)), has_street & (has_town | has_code)),
    )


def broad(places: Places) -> Keys:
    """Return the keys that need another fact beside them: postcode, town, number, street."""
    parts = {
        "postcode": places.postcode,
        "town": places.town,
        "number": places.number,
        "street": places.street,
    }
    return joined_keys(*(keys_where(tagged(name, _hashes(part)), part.codes >= 0) for name, part in parts.items()))


def _hashes(part: Part) -> Hashes:
    return np.append(part.hashes, np.uint64(0))[part.codes]


COMPARISON = Comparison(
    name="location",
    reads=("street", "city", "region", "postcode"),
    facet="place",
    levels=LEVELS,
    m=(0.06, 0.05, 0.005, 0.045, 0.05, 0.04, 0.14, 0.03, 0.09, 0.05, 0.44),
    by_place=(0.03, 0.03, 0.005, 0.045, 0.05, 0.04, 0.09, 0.08, 0.05, 0.04, 0.54),
    by_name=(0.70, 0.15, 0.005, 0.045, 0.04, 0.03, 0.018, 0.002, 0.005, 0.001, 0.004),
    u=(0.93, 0.05, 0.002, 0.008, 0.004, 0.003, 0.001, 0.0002, 0.0005, 0.00015, 0.0012),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=broad,
)
