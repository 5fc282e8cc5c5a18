"""Names all in capitals, written as other records write the same words; with a word that none writes, a name stays."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.target_records import Change, Flags, TargetRecords, in_one
from toolkit.values.company_words import LEGAL_FORMS

AS_OTHERS_WRITE = "It is not all in capitals: its words are written as other records write them."
LOUD_COLUMNS = ("name", "given_name", "family_name", "city")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_FEWEST_LETTERS, _FEWEST_OF_PART = 4, 2
_FEWEST_SEEN, _SURE_SHARE, _FORM_SHARE = 2, 0.9, 0.6


def without_capitals(records: TargetRecords, parties: pa.Table) -> list[Change]:
    """Return the names of the target that are all in capitals, with the writing that is usual in all systems.

    Parameters
    ----------
    records
        Parties of the target.
    parties
        Table PARTY of all systems.
    """
    loud = {column: np.flatnonzero(_are_loud(records.texts(column), _FEWEST_LETTERS)) for column in ("name", "city")}
    is_named = np.asarray(records.texts("name").is_valid())
    for column in ("given_name", "family_name"):
        # A part of a name is loud if the whole is, however short it is: both are written alike, or neither.
        texts = records.texts(column)
        is_loud = np.where(is_named, _are_loud(texts, _FEWEST_OF_PART), _are_loud(texts, _FEWEST_LETTERS))
        is_loud &= ~is_named | np.isin(np.arange(len(records)), loud["name"])
        loud[column] = np.flatnonzero(is_loud)
    cells = {column: records.texts(column).take(pa.array(rows)).to_pylist() for column, rows in loud.items()}
    wanted = {word for values in cells.values() for value in values for word in _WORD.findall(value)}
    if not wanted:
        return []
    usual = usual_writing((parties[column] for column in LOUD_COLUMNS), wanted)
    found = []
    for column, rows in loud.items():
        for row, value in zip(rows.tolist(), cells[column], strict=True):
            quiet = quietened(value, usual)
            if quiet is not None and quiet != value:
                found.append(Change(row, column, quiet, (AS_OTHERS_WRITE,)))
    return found


def usual_writing(columns: Iterable[pa.ChunkedArray], wanted: Collection[str]) -> dict[str, str]:
    """Return how words are written in other names, where nine in ten write them so; of legal forms, six in ten.

    Parameters
    ----------
    columns
        Names of all records.
    wanted
        Words in capitals.
    """
    seen: dict[str, Counter[str]] = {}
    for column in columns:
        names = in_one(column)
        mixed = names.filter(pc.and_(pc.match_substring_regex(names, r"\p{Ll}"), pc.match_substring_regex(names, r"\p{Lu}")))
        counted = pc.value_counts(pc.list_flatten(pc.utf8_split_whitespace(mixed)))
        for text, count in zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True):
            for word in _WORD.findall(text):
                if word.upper() in wanted:
                    seen.setdefault(word.upper(), Counter())[word] += count
    usual = {}
    for loud, writings in seen.items():
        best, count = max(writings.items(), key=lambda one: (one[1], one[0]))
        # How a legal form is written is custom, and no name.
        share = _FORM_SHARE if loud.lower() in LEGAL_FORMS else _SURE_SHARE
        if writings.total() >= _FEWEST_SEEN and count >= share * writings.total():
            usual[loud] = best
    return usual


def quietened(name: str, usual: dict[str, str]) -> str | None:
    """Return a name with each word in its usual writing; None where a word of several letters has none.

    Examples
    --------
    >>> usual = {"ACME": "Acme", "LLC": "LLC"}
    >>> quietened("A. ACME LLC", usual), quietened("ACME FOODS", usual)
    ('A. Acme LLC', None)
    """
    if any(len(word) > 1 and word not in usual for word in _WORD.findall(name)):
        return None
    return _WORD.sub(lambda found: usual.get(found[0], found[0]), name)


def _are_loud(texts: pa.StringArray, fewest: int) -> Flags:
    """Return which names have some letters or more, and all of them in capitals."""
    has_letters = pc.greater_equal(pc.count_substring_regex(texts, r"\p{Lu}"), fewest)
    is_loud = pc.and_(has_letters, pc.invert(pc.match_substring_regex(texts, r"\p{Ll}")))
    return np.asarray(pc.fill_null(is_loud, False), dtype=bool)
