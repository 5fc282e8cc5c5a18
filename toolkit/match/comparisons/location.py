"""Location: street, town, region and postcode as one fact, so that one move is not counted three times."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler

from toolkit.match.comparison import Columns, Comparison, Ints, Levels
from toolkit.values import address

LEVELS = (
    "elsewhere",
    "same town or postcode, another street",
    "same town, street unknown",
    "same postcode, street unknown",
    "same street or same number nearby",
    "same address but for spelling or number",
    "same street address, town or postcode differs",
    "same address",
)
_ELSEWHERE, _SAME_TOWN_OTHER_STREET, _TOWN, _POSTCODE, _STREET, _NEAR, _MOVED_TOWN, _SAME = range(1, 9)
_DIFFERENT, _UNKNOWN, _CLOSE, _EQUAL = range(4)

_Place = tuple[str, str, str, str, str, str, str]


def _graded_text(left: str, right: str) -> int:  # noqa: PLR0911 - a ladder of grades
    if not left or not right:
        return _UNKNOWN
    if left == right:
        return _EQUAL
    if left.replace(" ", "") == right.replace(" ", ""):
        return _EQUAL
    words_l, words_r = set(left.split()), set(right.split())
    if words_l <= words_r or words_r <= words_l:
        return _EQUAL if max(map(len, words_l & words_r)) >= 3 else _CLOSE
    if left[0].isdigit() or right[0].isdigit():
        return _DIFFERENT
    allowed = 1 if min(len(left), len(right)) < 7 else 3
    if OSA.distance(left, right, score_cutoff=allowed) <= allowed or JaroWinkler.similarity(left, right) >= 0.92:
        return _CLOSE
    return _DIFFERENT


def _graded_number(left: str, right: str) -> int:
    if not left or not right:
        return _UNKNOWN
    if left == right:
        return _EQUAL
    if left.isdigit() and right.isdigit() and abs(int(left) - int(right)) <= 10:
        return _CLOSE
    return _CLOSE if min(len(left), len(right)) > 2 and OSA.distance(left, right) == 1 else _DIFFERENT


def _graded_postcode(left: str, right: str) -> int:
    if not left or not right:
        return _UNKNOWN
    if left == right:
        return _EQUAL
    return _CLOSE if min(len(left), len(right)) > 3 and OSA.distance(left, right) == 1 else _DIFFERENT


def _graded_area(left: _Place, right: _Place) -> int:
    """Return whether two places lie in one town: postcode and town together."""
    town, code = _graded_text(left[4], right[4]), _graded_postcode(left[6], right[6])
    if code == _EQUAL or (town >= _CLOSE and code != _DIFFERENT):
        return _EQUAL
    if town >= _CLOSE or code == _CLOSE:
        return _CLOSE
    return _UNKNOWN if town == code == _UNKNOWN else _DIFFERENT


def _level(left: _Place, right: _Place) -> int:  # noqa: PLR0911 - a ladder of grades
    street, number, area = _graded_text(left[1], right[1]), _graded_number(left[0], right[0]), _graded_area(left, right)
    if left[0].startswith("box") or right[0].startswith("box"):
        street = _EQUAL if left[0] == right[0] else _UNKNOWN
    if street == _UNKNOWN:
        return _level_without_street(left, right, number, area)
    has_conflict = (left[3] != right[3] and left[3] and right[3]) or (left[2] != right[2] and left[2] and right[2])
    if street == _DIFFERENT:
        if number == _EQUAL and area >= _CLOSE:
            return _STREET
        return _SAME_TOWN_OTHER_STREET if area >= _CLOSE else _ELSEWHERE
    if number == _EQUAL:
        if area == _DIFFERENT:
            return _MOVED_TOWN if street == _EQUAL and not has_conflict else _STREET
        return _SAME if street == _EQUAL and not has_conflict else _NEAR
    if area == _DIFFERENT:
        return _ELSEWHERE
    return _NEAR if number == _CLOSE or (number == _UNKNOWN and area == _EQUAL) else _STREET


def _level_without_street(left: _Place, right: _Place, number: int, area: int) -> int:
    if area == _UNKNOWN:
        same_region = left[5] and left[5] == right[5]
        return _TOWN if same_region or number == _EQUAL else _ELSEWHERE
    if area == _DIFFERENT:
        return _ELSEWHERE
    return _POSTCODE if left[6] and left[6] == right[6] else _TOWN


def _parts(value: str) -> _Place:
    number, name, kind, direction, town, region, code = value.split("\t")
    return number, name, kind, direction, town, region, code


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct places."""
    places = [_parts(value) for value in values]
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((_SAME if i == j else _level(places[i], places[j]) for i, j in pairs), np.uint8, len(left))


def standardised(columns: Columns) -> list[str | None]:
    """Return each place as seven parts with tabs between: number, street, type, direction, town, region, postcode."""
    count = max((len(column) for column in columns.values()), default=0)
    nothing: list[str | None] = [None] * count
    streets = columns.get("street") or nothing
    towns = address.standardised_towns(columns.get("city") or nothing)
    regions = address.standardised_regions(columns.get("region") or nothing)
    codes = address.standardised_postcodes(columns.get("postcode") or nothing)
    known: dict[str, str] = {}
    result: list[str | None] = []
    for line, town, region, code in zip(streets, towns, regions, codes, strict=True):
        if line is not None and line not in known:
            street = address.street(line)
            known[line] = f"{street.number}\t{street.name}\t{street.type}\t{street.direction}" if street else "\t\t\t"
        whole = "\t".join((known[line] if line is not None else "\t\t\t", town or "", region or "", code or ""))
        result.append(whole if whole.replace("\t", "") else None)
    return result


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the keys that suffice alone: number with a word of the street, with the postcode."""
    keys = []
    for value in values:
        number, name, _, _, town, _, code = _parts(value)
        own = [f"n:{number} {word}" for word in name.split() if number and len(word) > 1]
        own += [f"c:{number} {code}"] if number and code else []
        own += [f"t:{number} {town}"] if number and town else []
        own += [f"x:{name} {code or town}"] if name and (code or town) else []
        keys.append(own)
    return keys


def broad(values: Sequence[str]) -> list[list[str]]:
    """Return the keys that need another fact beside them: postcode, town, number, street."""
    keys = []
    for value in values:
        number, name, _, _, town, _, code = _parts(value)
        own = [
            f"p:{code}" if code else "",
            f"t:{town}" if town else "",
            f"n:{number}" if number else "",
            f"s:{name}" if name else "",
        ]
        keys.append([key for key in own if key])
    return keys


COMPARISON = Comparison(
    name="location",
    reads=("street", "city", "region", "postcode"),
    facet="place",
    levels=LEVELS,
    m=(0.06, 0.05, 0.05, 0.05, 0.04, 0.15, 0.10, 0.50),
    by_place=(0.03, 0.03, 0.05, 0.05, 0.04, 0.10, 0.05, 0.65),
    by_name=(0.70, 0.15, 0.05, 0.04, 0.03, 0.02, 0.005, 0.005),
    u=(0.93, 0.05, 0.01, 0.004, 0.003, 0.001, 0.0005, 0.0015),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=broad,
)
