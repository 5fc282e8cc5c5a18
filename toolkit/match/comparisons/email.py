"""E-mail address: mailbox, then its parts; a desk's address (info@) is a weaker agreement than a person's."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

from toolkit.match.comparison import (
    Columns,
    Comparison,
    Ints,
    Keys,
    Levels,
    WordCounts,
    joined_keys,
    keys_where,
    no_keys,
)
from toolkit.match.comparisons.domain import LONG, name_keys, names_of
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.match.texts.text_ids import Coded, coded
from toolkit.values import email
from toolkit.values.domain import company_domains

LEVELS = (
    "different addresses",
    "same company domain",
    "same name before the @",
    "nearly the same address",
    "same shared address",
    "same address",
)
OTHER_MAILBOX, _DOMAIN, ONE_LOCAL, _NEAR, _ROLE, _SAME = range(1, 7)

_Mask = npt.NDArray[np.bool_]

_SHORT_LOCAL = 3
"""What stands before the @ in so few letters (jo@, mk@) tells next to nothing without the domain."""


class Addresses(NamedTuple):
    """Addresses taken apart: codes of what is before and after the @ and of the domain, their hashes and sizes."""

    local: Coded
    host: Coded
    domains: Ints
    sizes: Ints
    is_role: _Mask
    mailbox_keys: Hashes
    local_keys: Hashes
    domain_keys: Hashes
    domain_sizes: Ints


def prepared(values: pa.StringArray, word_counts: WordCounts | None = None) -> Addresses:
    """Return the parts of distinct mailboxes."""
    del word_counts
    local = coded(pc.replace_substring_regex(values, "@[^@]*$", ""))
    host = coded(pc.replace_substring_regex(values, "^.*@", ""))
    names = company_domains(host.distinct)
    domain_of_host = np.append(coded(names).codes, -1)
    key_of_host = np.append(name_keys(names_of(names)), np.uint64(0))
    is_role = np.append(np.asarray(pc.is_in(local.distinct, value_set=pa.array(sorted(email.ROLES)))), np.False_)
    sizes = np.append(np.asarray(pc.binary_length(local.distinct), dtype=np.int64), 0)
    hashes = np.append(tagged("mail name", text_hashes(local.distinct)), np.uint64(0))
    return Addresses(
        local,
        host,
        domain_of_host[host.codes],
        sizes[local.codes],
        is_role[local.codes],
        tagged("mailbox", text_hashes(values)),
        hashes[local.codes],
        key_of_host[host.codes],
        np.append(np.asarray(pc.fill_null(pc.utf8_length(names_of(names)), 0), dtype=np.int64), 0)[host.codes],
    )


def graded(addresses: Addresses, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct addresses.

    Parameters
    ----------
    addresses
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    result = np.full(len(left), OTHER_MAILBOX, dtype=np.uint8)
    domains_l, domains_r = addresses.domains[left], addresses.domains[right]
    result[(domains_l == domains_r) & (domains_l >= 0)] = _DOMAIN
    is_personal = (np.minimum(addresses.sizes[left], addresses.sizes[right]) > _SHORT_LOCAL) & ~addresses.is_role[left]
    is_local = (addresses.local.codes[left] == addresses.local.codes[right]) & is_personal
    is_host = addresses.host.codes[left] == addresses.host.codes[right]
    result[is_local] = ONE_LOCAL
    # One slip leaves either what is before the @ or what is after it.
    is_close = is_host & is_personal & ~addresses.is_role[right]
    is_close &= np.abs(addresses.sizes[left] - addresses.sizes[right]) <= 1
    # A desk is as telling as a person where the domain is one slip off: the slip is in site and mailbox alike.
    is_desk = (addresses.local.codes[left] == addresses.local.codes[right]) & addresses.is_role[left]
    is_desk &= (
        (domains_l >= 0)
        & (domains_r >= 0)
        & (np.minimum(addresses.domain_sizes[left], addresses.domain_sizes[right]) >= LONG)
    )
    result[_with_slip(addresses.host, left, right, (is_local | is_desk) & ~is_host)] = _NEAR
    result[_with_slip(addresses.local, left, right, is_close & ~is_local)] = _NEAR
    same = left == right
    result[same] = np.where(addresses.is_role[left[same]], _ROLE, _SAME)
    return result


def _with_slip(part: Coded, left: Ints, right: Ints, is_open: _Mask) -> Ints:
    """Return which pairs of those that are open differ by one slip of the hand in a part."""
    rows = np.flatnonzero(is_open)
    texts_l, texts_r = (part.distinct.take(part.codes[side[rows]]).to_pylist() for side in (left, right))
    distances = process.cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    return np.asarray(rows[distances == 1], dtype=np.int64)


def standardised(columns: Columns) -> pa.StringArray:
    """Return the mailbox of each address."""
    return email.standardised(columns["email"])


def narrow(addresses: Addresses) -> Keys:
    """Return the mailbox, what is before its @ when that is long, and the name of the company's domain."""
    is_name = (addresses.sizes > _SHORT_LOCAL + 1) & ~addresses.is_role
    return joined_keys(
        keys_where(addresses.mailbox_keys, np.ones(len(addresses.sizes), dtype=bool)),
        keys_where(addresses.local_keys, is_name),
        keys_where(addresses.domain_keys, addresses.domains >= 0),
    )


COMPARISON = Comparison(
    name="e-mail",
    reads=("email",),
    facet="web",
    levels=LEVELS,
    m=(0.16, 0.10, 0.05, 0.05, 0.14, 0.50),
    by_place=(0.40, 0.40, 0.01, 0.01, 0.13, 0.05),
    by_name=(0.36, 0.16, 0.02, 0.003, 0.447, 0.01),
    u=(0.9965, 0.002, 0.001, 0.0001, 0.0001, 0.0003),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
    is_per_column=True,
)
