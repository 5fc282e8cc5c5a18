"""What one check of one column found, and the two tables that hold all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from toolkit.quality.check import Check, Judged
from toolkit.rates import wilson_interval
from toolkit.tables import CHECK, FINDING, checked


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check of one column: how many values were judged, and the records that fail (FAILING).

    ``label`` names the failing records in a client's words ("Invoices without a customer").
    """

    system: str
    stream: str
    column: str
    rule: str
    label: str
    severity: str
    checked: int
    failing: pa.Table

    @classmethod
    def of(cls, check: Check, judged: Judged) -> "Outcome":
        """Return what a check says of a column, with the name of its rule."""
        stream = judged.stream
        label = f"{stream.noun.capitalize()} {judged.words}"
        return cls(
            stream.system, stream.name, judged.column, check.rule, label, judged.severity, judged.checked, judged.failing
        )

    @property
    def check_id(self) -> str:
        """Name of the check, unique within a run."""
        return f"{self.system}.{self.stream}.{self.column}.{self.rule}"


def summed(one: Outcome, other: Outcome) -> Outcome:
    """Return two outcomes of one rule and column as one, in the words of the first."""
    return replace(one, checked=one.checked + other.checked, failing=pa.concat_tables([one.failing, other.failing]))


def checks_table(outcomes: Iterable[Outcome]) -> pa.Table:
    """Return one CHECK row per outcome, with the Wilson 95 % limits of the failing share."""
    return CHECK.from_rows(
        {
            "check_id": one.check_id,
            "rule": one.rule,
            "label": one.label,
            "system": one.system,
            "stream": one.stream,
            "column": one.column,
            "checked": one.checked,
            "failing": len(one.failing),
            "share": len(one.failing) / one.checked,
            "low": limits[0],
            "high": limits[1],
            "severity": one.severity,
        }
        for one in outcomes
        for limits in (wilson_interval(len(one.failing), one.checked),)
    )


def findings_table(outcomes: Sequence[Outcome]) -> pa.Table:
    """Return one FINDING row per failing record of every outcome."""
    parts = [FINDING.empty(), *(_findings(one) for one in outcomes)]
    return checked(pa.concat_tables(parts).combine_chunks(), FINDING)


def _findings(outcome: Outcome) -> pa.Table:
    count = len(outcome.failing)
    names = {"check_id": outcome.check_id, "column": outcome.column}
    columns = {name: pa.repeat(pa.scalar(text), count) for name, text in names.items()}
    columns |= {name: outcome.failing[name] for name in outcome.failing.column_names}
    return pa.table({name: columns[name] for name in FINDING.names}, schema=FINDING.arrow)
