"""The fields in which systems disagree, as a list that can be filtered, with what persons said of each until now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import array_of, positions, taken
from toolkit.reconcile.decided_differences import holds
from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.outcome_words import DECIDED
from toolkit.store import Run
from toolkit.tables.rulings import DIFFERENCE

Finding = tuple[str, str, str]
"""Field and both keys, the smaller one first."""
Row = dict[str, Any]

FORMATTING = "formatting"
STATUSES = ("open", "unsettled", "proposed", "decided", "again", "all")
"""What a list may be narrowed to: all that nobody decided; of these those without and with a proposal; what is decided; what
was decided and says something else by now."""
_TURNED = {"left": "right", "right": "left"}
_PLACE = {name: place for place, name in enumerate(COMPARED_COLUMNS)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which differences are listed; an empty text is any."""

    field: str = ""
    pair: str = ""
    status: str = "open"
    with_formatting: bool = False
    text: str = ""


class Differences:
    """All differences of a run in one order, and the last word on each; to be used by one thread at a time."""

    def __init__(self, run: Run) -> None:
        table, golden = run.table("mismatch"), run.table("golden")
        named = golden.filter(pc.equal(golden["column"], "name"))
        at = positions(_joined(table), _joined(golden))
        of = positions(table["golden_id"], array_of(named["golden_id"]))
        columns = {name: table[name].to_pylist() for name in table.column_names}
        columns["reason"] = taken(array_of(golden["reason"]), at).to_pylist()
        names = taken(array_of(named["value"]), of).to_pylist()
        order = sorted(
            range(table.num_rows),
            key=lambda row: (
                (names[row] or "\U0010ffff").casefold(), columns["golden_id"][row], _PLACE[columns["column"][row]],
                columns["key_l"][row], columns["key_r"][row],
            ),
        )  # fmt: skip
        self._names = [names[row] for row in order]
        self._columns = {name: [values[row] for row in order] for name, values in columns.items()}
        keys = zip(*(self._columns[name] for name in ("column", "key_l", "key_r")), strict=True)
        self._at: dict[Finding, int] = {finding(*three): place for place, three in enumerate(keys)}
        self._words: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._names)

    def hear(self, rulings: pa.Table) -> list[int]:
        """Take words of persons (table RULING); return the places of the differences that they are about."""
        own = rulings.filter(pc.equal(rulings["subject"], DIFFERENCE)).to_pylist()
        heard = []
        for row in own:
            place = self._at.get((row["part"], row["key_l"], row["key_r"]))
            if place is not None and self.sequence(place) < row["sequence"]:
                self._words[place] = row
                heard.append(place)
        return heard

    def place(self, column: str, key_l: str, key_r: str) -> int | None:
        """Return where a difference stands; nothing where there is none.

        Parameters
        ----------
        column
            The field.
        key_l, key_r
            Keys of the two records, in either order.
        """
        return self._at.get(finding(column, key_l, key_r))

    def cells(self, place: int) -> Row:
        """Return a difference as the results hold it."""
        return {name: values[place] for name, values in self._columns.items()}

    def sequence(self, place: int) -> int:
        """Return the number of the last word on a difference; 0 for none."""
        return int(self._words[place]["sequence"]) if place in self._words else 0

    def decision(self, place: int) -> str:
        """Return the word that holds, as the two sides stand in the list; ``again`` for one that holds no more."""
        word = self._words.get(place)
        if word is None or word["decision"] == "open":
            return ""
        column = self._columns
        is_turned = column["key_l"][place] > column["key_r"][place]
        values = (column["value_l"][place], column["value_r"][place])
        if not holds(word, *(reversed(values) if is_turned else values)):
            return "again"
        said = str(word["decision"])
        return _TURNED.get(said, said) if is_turned else said

    def status(self, place: int) -> str:
        """Return ``decided``, ``again``, ``proposed`` or ``unsettled``."""
        said = self.decision(place)
        if said:
            return "again" if said == "again" else "decided"
        return "proposed" if self._is_proposed(place) else "unsettled"

    def _is_proposed(self, place: int) -> bool:
        # A value that a person chose before the audit is no proposal once the word is taken back.
        return bool(self._columns["proposed_system"][place]) and self._columns["reason"][place] != DECIDED

    def propose(self, proposals: Mapping[int, tuple[str | None, str | None, str | None]]) -> None:
        """Take other proposals: by place the value, the system that it stands in, and why."""
        for place, three in proposals.items():
            for name, one in zip(("proposed_value", "proposed_system", "reason"), three, strict=True):
                self._columns[name][place] = one

    def chosen(self, wanted: Wanted) -> list[int]:
        """Return the places of the differences that are asked for, in order."""
        text = wanted.text.casefold()
        return [
            place
            for place in range(len(self))
            if self._is_of(place, wanted)
            and self._has_status(place, wanted.status)
            and (not text or text in self._text(place))
        ]

    def counts(self, wanted: Wanted) -> Row:
        """Return how many differences there are of each field, two systems, status and kind."""
        kinds, columns = self._columns["kind"], self._columns["column"]
        status = [self.status(place) for place in range(len(self))]
        real = [place for place in range(len(self)) if kinds[place] != FORMATTING or wanted.with_formatting]
        fields = Counter(columns[place] for place in real)
        open_fields = Counter(columns[place] for place in real if status[place] != "decided")
        within = [place for place in real if self._is_of(place, wanted)]
        return {
            "total": len(real),
            "fields": [[name, fields[name], open_fields[name]] for name in COMPARED_COLUMNS if fields[name]],
            "pairs": self._pairs(real, status),
            "status": Counter(status[place] for place in within),
            FORMATTING: sum(kind == FORMATTING for kind in kinds),
        }

    def _pairs(self, places: Iterable[int], status: Sequence[str]) -> list[tuple[str, int, int]]:
        listed = [*places]
        counted = Counter(self.pair(place) for place in listed)
        is_open = Counter(self.pair(place) for place in listed if status[place] != "decided")
        return [(pair, count, is_open[pair]) for pair, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]

    def pair(self, place: int) -> str:
        """Return the two systems of a difference as one name."""
        return f"{self._columns['system_l'][place]}|{self._columns['system_r'][place]}"

    def row(self, place: int) -> Row:
        """Return a difference as the page shows it."""
        one, word = self.cells(place), self._words.get(place)
        said = self.decision(place)
        return {
            "name": self._names[place] or "",
            **{
                name: one[name]
                for name in ("column", "key_l", "key_r", "system_l", "system_r", "value_l", "value_r", "kind")
            },
            "changed": one["changed_last"],
            "proposed": one["proposed_value"] if self._is_proposed(place) else None,
            "proposed_in": one["proposed_system"] if self._is_proposed(place) else None,
            "why": one["reason"] if self._is_proposed(place) else None,
            "decision": said,
            "sequence": self.sequence(place),
            "by": word["reviewer"] if word and said else None,
            "at": word["decided_at"].isoformat() if word and said else None,
            "note": word["note"] if word and said else None,
        }

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return the list as columns of MISMATCH, and ``reason``."""
        return self._columns

    def _is_of(self, place: int, wanted: Wanted) -> bool:
        return (
            (wanted.with_formatting or self._columns["kind"][place] != FORMATTING)
            and (not wanted.field or self._columns["column"][place] == wanted.field)
            and (not wanted.pair or self.pair(place) == wanted.pair)
        )

    def _has_status(self, place: int, wanted: str) -> bool:
        own = self.status(place)
        return wanted in {"all", own} or (wanted == "open" and own != "decided")

    def _text(self, place: int) -> str:
        parts = (self._names[place], *(self._columns[name][place] for name in ("value_l", "value_r")))
        return "\n".join(one for one in parts if one).casefold()


def finding(column: str, key_l: str, key_r: str) -> Finding:
    """Return what names a difference, whichever of its records comes first.

    Parameters
    ----------
    column
        The field.
    key_l, key_r
        Keys of the two records.

    Examples
    --------
    >>> finding("phone", "ledger/customers/9", "crm/companies/1")
    ('phone', 'crm/companies/1', 'ledger/customers/9')
    """
    low, high = sorted((key_l, key_r))
    return column, low, high


def _joined(table: pa.Table) -> pa.StringArray:
    return array_of(pc.binary_join_element_wise(table["golden_id"], table["column"], "\0"))
