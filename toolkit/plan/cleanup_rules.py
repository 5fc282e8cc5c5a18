"""The rules of a cleanup, as data: which record stays, which value, what is standardised, filled, archived, mapped.

A rule that is not known is refused here, before anything is planned.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from toolkit.changes import Reversibility
from toolkit.errors import InputError
from toolkit.tables import DOCUMENT, ITEM, PARTY

FIELD_GROUPS: tuple[tuple[str, ...], ...] = (
    ("name", "given_name", "family_name"),
    ("email",),
    ("phone",),
    ("website",),
    ("street", "city", "region", "postcode", "country"),
    ("tax_id",),
    ("company_name",),
    ("owner",),
    ("department",),
    ("rate_minor_per_hour",),
    ("roles",),
)
"""What is decided together: half of one address and half of another is the address of nobody."""
GROUP_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({column: group for group in FIELD_GROUPS for column in group})

GOLDEN, FILL_ONLY, KEEP_MASTER, COMBINE = "golden", "fill_only", "keep_master", "combine"
MOST_RECENT, MOST_COMPLETE, LONGEST, MOST_COMMON = "most_recent", "most_complete", "longest", "most_common"
MIN, MAX = "min", "max"
FIELD_RULES = (GOLDEN, MOST_RECENT, MOST_COMPLETE, LONGEST, MOST_COMMON, MIN, MAX, COMBINE, KEEP_MASTER, FILL_ONLY)
_NUMBERS = frozenset(("rate_minor_per_hour",))
_USUAL_RULES: Mapping[str, str] = MappingProxyType({
    "owner": FILL_ONLY,
    "department": FILL_ONLY,
    "rate_minor_per_hour": KEEP_MASTER,
    "roles": KEEP_MASTER,
    # Of a company it is the name once more.
    "company_name": KEEP_MASTER,
})  # fmt: skip

OPTED_OUT, MOST_DOCUMENTS, MOST_CONTACTS, CHANGED_LAST = "opted_out", "most_documents", "most_contacts", "changed_last"
OLDEST, NEWEST, LOWEST_ID, HAS = "oldest", "newest", "lowest_id", "has_"
MASTER_RULES = (OPTED_OUT, MOST_DOCUMENTS, MOST_CONTACTS, MOST_COMPLETE, CHANGED_LAST, OLDEST, NEWEST, LOWEST_ID)
USUAL_MASTERS = (OPTED_OUT, MOST_DOCUMENTS, MOST_CONTACTS, f"{HAS}email", MOST_COMPLETE, CHANGED_LAST, OLDEST)

STANDARDS = ("phone", "email", "website", "country", "region", "postcode", "spaces", "capitals")
FILLED = ("email", "phone", "website", "street", "city", "region", "postcode", "country", "tax_id")
CODED_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    PARTY.name: ("country", "region", "department", "owner"),
    DOCUMENT.name: ("gl_code", "status", "department", "currency", "method", "account"),
    ITEM.name: ("kind", "currency"),
})  # fmt: skip
"""Columns that hold a code or a word of a list, by table."""
_ALL_CODED = frozenset(column for columns in CODED_COLUMNS.values() for column in columns)


@dataclass(frozen=True, slots=True)
class VendorMerge:
    """That the vendor's own merge is used for a list: how far it can be taken back, and what is lost for good."""

    reversibility: Reversibility
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CleanupRules:
    """How one system is cleaned up; every part has a usual value.

    ``merge``: streams whose duplicates are merged; None for all. ``masters``: which record stays, in order; a tie goes to
    the next rule, among those that tied. ``fields``: the rule of a column, where it is not the usual one. ``stale_months``:
    by stream after how many months without a change a record is archived. ``codes``: by column, or stream and column, what
    a code becomes. ``excluded``: record keys and cluster ids that nothing is planned for. ``writable``: by stream the
    columns that the target takes; a stream that is not there takes all. ``closed_until``: the
    last day of the closed books. ``vendor_merges``: streams whose duplicates are merged by the vendor's own merge, instead
    of being archived after all that refers to them was moved.
    """

    merge: frozenset[str] | None = None
    masters: tuple[str, ...] = USUAL_MASTERS
    min_probability: float = 0.9
    fields: Mapping[str, str] = field(default_factory=dict)
    overwrites_blank: bool = False
    standardise: frozenset[str] = frozenset(STANDARDS)
    fill: frozenset[str] = frozenset(FILLED)
    stale_months: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    home_country: str | None = None
    writable: Mapping[str, frozenset[str]] | None = None
    closed_until: date | None = None
    vendor_merges: Mapping[str, VendorMerge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known_masters = {*MASTER_RULES, *(f"{HAS}{column}" for column in GROUP_OF)}
        _refuse_unknown("masters", self.masters, known_masters)
        _refuse_unknown("standardise", self.standardise, STANDARDS)
        _refuse_unknown("fill", self.fill, FILLED)
        _refuse_unknown("fields", self.fields, GROUP_OF)
        for column, rule in self.fields.items():
            _refuse_unknown(f"fields: {column}", (rule,), FIELD_RULES)
            _refuse_unfit(column, rule)
        for group in FIELD_GROUPS:
            named = {column: self.fields[column] for column in group if column in self.fields}
            if len(set(named.values())) > 1:
                said = ", ".join(f"{column}: {rule}" for column, rule in named.items())
                raise InputError(
                    f"cleanup: fields names several rules for one fact ({said}). An address, and a person's name, is taken "
                    "whole from one record: name one rule for all of it."
                )
        if not 0 < self.min_probability <= 1:
            raise InputError(f"cleanup: min_probability is {self.min_probability}. It is a share above 0, at most 1.")
        for stream, months in self.stale_months.items():
            if months < 1:
                raise InputError(f"cleanup: stale: {stream} is {months}. It is a number of months, at least 1.")
        for where, mapped in self.codes.items():
            _refuse_unknown("codes", (where.rpartition(".")[2],), _ALL_CODED)
            _refuse_chain(where, mapped)

    def rule_of(self, group: tuple[str, ...]) -> str:
        """Return the rule by which the columns of a group are decided.

        Examples
        --------
        >>> CleanupRules(fields={"city": "most_recent"}).rule_of(("street", "city")), CleanupRules().rule_of(("owner",))
        ('most_recent', 'fill_only')
        """
        said = next((self.fields[column] for column in group if column in self.fields), None)
        return said or _USUAL_RULES.get(group[0], GOLDEN)

    def is_excluded(self, record_key: str, cluster_id: str | None) -> bool:
        """Return whether nothing is planned for a record, because it or its cluster is excluded."""
        return record_key in self.excluded or cluster_id in self.excluded

    def takes(self, stream: str, column: str) -> bool:
        """Return whether the target takes a column of a stream; of a stream whose columns are not named it takes all."""
        return self.writable is None or column in self.writable.get(stream, {column})

    def as_json(self) -> dict[str, Any]:
        """Return the rules as a hash over them takes them: no floats, sets in order."""
        return {
            "merge": None if self.merge is None else sorted(self.merge),
            "masters": list(self.masters),
            "min_probability": repr(self.min_probability),
            "fields": dict(self.fields),
            "overwrites_blank": self.overwrites_blank,
            "standardise": sorted(self.standardise),
            "fill": sorted(self.fill),
            "stale_months": dict(self.stale_months),
            "codes": {where: dict(mapped) for where, mapped in self.codes.items()},
            "excluded": sorted(self.excluded),
            "home_country": self.home_country,
            "closed_until": None if self.closed_until is None else self.closed_until.isoformat(),
            "vendor_merges": {stream: [one.reversibility, *one.lost] for stream, one in sorted(self.vendor_merges.items())},
            "writable": None
            if self.writable is None
            else {stream: sorted(columns) for stream, columns in self.writable.items()},
        }


def _refuse_unknown(key: str, given: Collection[str], known: Collection[str]) -> None:
    for one in given:
        if one not in known:
            raise InputError(f"cleanup: {key} names {one!r}, which is not known. Known are: {', '.join(sorted(known))}.")


def _refuse_unfit(column: str, rule: str) -> None:
    if rule in {MIN, MAX} and column not in _NUMBERS:
        raise InputError(
            f"cleanup: fields: {column} has no smallest and no largest value. Numbers have: {', '.join(_NUMBERS)}."
        )
    if rule == COMBINE and len(GROUP_OF[column]) > 1:
        raise InputError(f"cleanup: fields: {column} is a part of one fact with others, so {rule} has no meaning for it.")


def _refuse_chain(where: str, mapped: Mapping[str, str]) -> None:
    for old, new in mapped.items():
        if mapped.get(new, new) != new:
            raise InputError(
                f"cleanup: codes: {where} makes {old!r} {new!r}, and {new!r} {mapped[new]!r}. A second cleanup would "
                "change it again: say at once what each code becomes in the end."
            )
