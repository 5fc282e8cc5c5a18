"""Web site: the registered domain; free mail providers and pages on other people's sites count as none."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, WordCounts, keys_where, no_keys
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.text_ids import coded
from toolkit.values.domain import company_domains

LEVELS = ("different domains", "same name, another ending, or one slip", "same domain")
_DIFFERENT, _NAME, _SAME = range(1, 4)


LONG = 7
"""A name of so many letters is no other company's by one slip."""


class Domains(NamedTuple):
    """The name of each domain as a code, its hash, its text and its size."""

    names: Ints
    hashes: Hashes
    texts: npt.NDArray[np.object_]
    sizes: Ints


def names_of(domains: pa.StringArray) -> pa.StringArray:
    """Return domains without ending and hyphens: acme-dental.com and acmedental.co.uk have one name."""
    return pc.replace_substring(pc.replace_substring_regex(domains, r"\..*$", ""), "-", "")


def name_keys(names: pa.StringArray) -> Hashes:
    """Return the blocking key of each domain's name, the same for web sites and addresses."""
    return tagged("domain", text_hashes(names))


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Domains:
    """Return the names of distinct domains."""
    del word_counts
    names = names_of(values)
    sizes = np.asarray(pc.utf8_length(names), dtype=np.int64)
    return Domains(coded(names).codes, name_keys(names), np.asarray(names.to_numpy(zero_copy_only=False), object), sizes)


def graded(domains: Domains, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct domains.

    Parameters
    ----------
    domains
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    is_name = (domains.names[left] == domains.names[right]) & (domains.names[left] >= 0)
    result = np.where(is_name, _NAME, _DIFFERENT).astype(np.uint8)
    shorter = np.minimum(domains.sizes[left], domains.sizes[right])
    is_near = np.abs(domains.sizes[left] - domains.sizes[right]) <= 1
    rows = np.flatnonzero(~is_name & is_near & (shorter >= LONG))
    texts_l, texts_r = (domains.texts[side[rows]] for side in (left, right))
    slips = cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    result[rows[slips == 1]] = _NAME
    result[left == right] = _SAME
    return result


def standardised(columns: Columns) -> pa.StringArray:
    """Return the registered domain of each web site."""
    return company_domains(columns["domain"])


def narrow(domains: Domains) -> Keys:
    """Return the domain without its ending."""
    return keys_where(domains.hashes, domains.names >= 0)


COMPARISON = Comparison(
    name="web site",
    reads=("domain",),
    facet="web",
    levels=LEVELS,
    m=(0.12, 0.05, 0.83),
    by_place=(0.45, 0.02, 0.53),
    by_name=(0.40, 0.05, 0.55),
    u=(0.998, 0.0005, 0.0015),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
)
