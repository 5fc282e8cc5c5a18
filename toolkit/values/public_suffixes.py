"""Under which endings names are registered: the public suffix list (publicsuffix.org) as tldextract brings it.

The list is read without the package around it, which is made to fetch a newer one and loads all that this takes: a fifth of
a second for every command that meets an unusual web site. Where the list is not found, and for a host in punycode, the
package answers.
"""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

_LIST = ".tld_set_snapshot"
_REMARK = "//"
_ENCODED = "xn--"


class _Rules(NamedTuple):
    """Rules of the list, and the ends of all of them: ``uk`` and ``co.uk`` of ``co.uk``."""

    whole: frozenset[str]
    ends: frozenset[str]


def suffix_labels(host: str) -> int:
    """Return of how many labels the public suffix of a host in lower case is; 1 where none is known.

    Examples
    --------
    >>> suffix_labels("www.acme.co.ug"), suffix_labels("shop.acme.ck"), suffix_labels("www.ck"), suffix_labels("acme.none")
    (2, 2, 1, 1)
    """
    rules = _rules()
    if rules is None or _ENCODED in host:
        suffix = _package()(host).suffix
        return suffix.count(".") + 1 if suffix else 1
    end, found = "", 1
    for count, label in enumerate(reversed(host.split(".")), start=1):
        longer = f"{label}{end}"
        if longer not in rules.ends:
            # A star stands for any label but those named beside it.
            if f"*{end}" in rules.ends:
                return count - 1 if f"!{label}{end}" in rules.ends else count
            break
        if longer in rules.whole:
            found = count
        end = f".{longer}"
    return found


@cache
def _rules() -> _Rules | None:
    package = find_spec("tldextract")
    folders = (package.submodule_search_locations if package else None) or ()
    path = next((Path(folder) / _LIST for folder in folders if (Path(folder) / _LIST).is_file()), None)
    if path is None:
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    whole = frozenset(line.split(maxsplit=1)[0] for line in lines if line.strip() and not line.startswith(_REMARK))
    ends = set(whole)
    for rule in whole:
        end = rule
        while "." in end:
            end = end.partition(".")[2]
            ends.add(end)
    return _Rules(whole, frozenset(ends))


@cache
def _package() -> Callable[[str], Any]:
    from tldextract import TLDExtract

    # Without addresses and without a folder, the list that came with the package is read, and nothing is fetched or written.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
