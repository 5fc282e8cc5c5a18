"""What a sign-in may do, against what reading needs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NO_RIGHTS = frozenset({"openid", "profile", "email", "offline_access", "refresh_token", "oauth", "id"})
"""Scopes that say who signed in, or for how long: they open no data."""


@dataclass(frozen=True, slots=True)
class ScopeComparison:
    """Scopes granted, those that reading needs and that are missing, and those beyond what it needs."""

    granted: tuple[str, ...]
    missing: tuple[str, ...]
    beyond: tuple[str, ...]


def compared_scopes(
    granted: Iterable[str], needed: Iterable[str], *, implied: Iterable[tuple[str, str]] = ()
) -> ScopeComparison:
    r"""Return granted scopes against needed ones.

    Parameters
    ----------
    granted, needed
        Scopes in the vendor's words.
    implied
        Patterns of a scope that includes another one, each with what it includes.

    Examples
    --------
    >>> compared_scopes({"read", "write"}, {"read"})
    ScopeComparison(granted=('read', 'write'), missing=(), beyond=('write',))
    >>> compared_scopes({"write_orders"}, {"read_orders", "read_products"}, implied=[("write_(.+)", r"read_\1")])
    ScopeComparison(granted=('write_orders',), missing=('read_products',), beyond=('write_orders',))
    """
    has, wants = frozenset(granted), frozenset(needed)
    included = {re.sub(pattern, inner, scope) for scope in has for pattern, inner in implied if re.fullmatch(pattern, scope)}
    return ScopeComparison(
        granted=tuple(sorted(has)),
        missing=tuple(sorted(wants - has - included)),
        beyond=tuple(sorted(has - wants - _NO_RIGHTS)),
    )


def scope_names(text: str) -> frozenset[str]:
    """Return the scopes of an answer: vendors put blanks or commas between them.

    Examples
    --------
    >>> sorted(scope_names("read_orders,read_products")), sorted(scope_names("api  refresh_token"))
    (['read_orders', 'read_products'], ['api', 'refresh_token'])
    """
    return frozenset(re.split(r"[\s,]+", text.strip())) - {""}
