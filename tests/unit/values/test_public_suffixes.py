"""Endings under which names are registered: as the package that brings the list tells them."""

import random

from tldextract import TLDExtract

from toolkit.values.public_suffixes import suffix_labels

PACKAGE = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def told_by_the_package(host: str) -> int:
    """Return of how many labels the package says that the suffix is."""
    suffix = PACKAGE(host).suffix
    return suffix.count(".") + 1 if suffix else 1


def test_every_ending_of_the_list_is_known() -> None:
    """Of each: itself, a name under it, a host under that name; with stars and their exceptions."""
    draw = random.Random(7)
    rules = draw.sample(sorted(PACKAGE.tlds), 3_000)
    odd = [rule for rule in PACKAGE.tlds if rule.startswith(("*", "!"))]
    names = [rule.removeprefix("!").replace("*", "star") for rule in (*rules, *odd)]
    hosts = [f"{before}{name}" for name in names for before in ("", "acme.", "www.acme.")]
    assert len(odd) > 20
    assert [host for host in hosts if suffix_labels(host) != told_by_the_package(host)] == []


def test_what_is_on_no_list_has_an_ending_of_one_label() -> None:
    """A made-up ending, a name without one, a host in punycode, and odd dots."""
    for host in ("acme.nowhere", "localhost", "a.b.c.nowhere", "www.acme.xn--p1ai", "a..co.uk", "co.uk"):
        assert suffix_labels(host) == told_by_the_package(host)
