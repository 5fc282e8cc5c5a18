"""E-mail address: mailbox, then its parts; a desk's address (info@) is a weaker agreement than a person's."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, no_keys
from toolkit.values import email
from toolkit.values.domain import company_domain

LEVELS = (
    "different addresses",
    "same company domain",
    "same name before the @",
    "nearly the same address",
    "same shared address",
    "same address",
)
_DIFFERENT, _DOMAIN, _LOCAL, _NEAR, _ROLE, _SAME = range(1, 7)


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct addresses."""
    locals_, hosts = zip(*(value.rsplit("@", 1) for value in values), strict=True) if values else ((), ())
    domain_of = {host: company_domain(host) for host in set(hosts)}
    local = np.array(locals_, dtype=object)
    domain = np.array([domain_of[host] for host in hosts], dtype=object)
    is_role = np.array([email.is_role(value) for value in values], dtype=bool)
    is_long = np.array([len(one) > 3 for one in locals_], dtype=bool)
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    result[(domain[left] == domain[right]) & (domain[left] != np.array(None))] = _DOMAIN
    result[_is_near(values, left, right) & is_long[left]] = _NEAR
    result[(local[left] == local[right]) & is_long[left] & ~is_role[left]] = _LOCAL
    result[left == right] = np.where(is_role, _ROLE, _SAME)[left[left == right]]
    return result


def _is_near(values: Sequence[str], left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Return where two addresses are one typing error apart."""
    texts_l, texts_r = [values[i] for i in left.tolist()], [values[i] for i in right.tolist()]
    return np.asarray(process.cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) <= 1, dtype=bool)


def standardised(columns: Columns) -> list[str | None]:
    """Return the mailbox of each address."""
    return email.standardised(columns["email"])


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the mailbox, its local part when it is long, and the company's domain."""
    keys = []
    for value in values:
        local, _, host = value.rpartition("@")
        own = [f"m:{value}"]
        own += [f"l:{local}"] if len(local) > 4 and not email.is_role(value) else []
        domain = company_domain(host)
        own += [f"d:{domain}"] if domain else []
        keys.append(own)
    return keys


COMPARISON = Comparison(
    name="e-mail",
    reads=("email",),
    facet="contact",
    levels=LEVELS,
    m=(0.16, 0.10, 0.05, 0.05, 0.14, 0.50),
    by_place=(0.40, 0.40, 0.01, 0.01, 0.13, 0.05),
    by_name=(0.86, 0.08, 0.04, 0.003, 0.007, 0.01),
    u=(0.9965, 0.002, 0.001, 0.0001, 0.0001, 0.0003),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
    is_per_column=True,
)
