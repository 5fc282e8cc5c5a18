"""What one check of one column found, and the two tables that hold all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from toolkit.rates import wilson_interval
from toolkit.tables import CHECK, FINDING, checked


class Finding(NamedTuple):
    """A record that fails: the value as written, why in a sentence, and a likely right value."""

    record_key: str
    value: str | None
    reason: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check: how many values were judged, and the records that fail.

    ``label`` names the failing records in a client's words ("Invoices without a customer").
    """

    system: str
    stream: str
    column: str
    rule: str
    label: str
    severity: str
    checked: int
    findings: Sequence[Finding]

    @property
    def check_id(self) -> str:
        """Name of the check, unique within a run."""
        return f"{self.system}.{self.stream}.{self.column}.{self.rule}"


def checks_table(outcomes: Iterable[Outcome]) -> pa.Table:
    """Return one CHECK row per outcome that judged anything, with the Wilson 95 % limits of the failing share."""
    return CHECK.from_rows(
        {
            "check_id": one.check_id,
            "rule": one.rule,
            "label": one.label,
            "system": one.system,
            "stream": one.stream,
            "column": one.column,
            "checked": one.checked,
            "failing": len(one.findings),
            "share": len(one.findings) / one.checked,
            "low": limits[0],
            "high": limits[1],
            "severity": one.severity,
        }
        for one in outcomes
        if one.checked
        for limits in (wilson_interval(len(one.findings), one.checked),)
    )


def findings_table(outcomes: Iterable[Outcome]) -> pa.Table:
    """Return one FINDING row per failing record of every outcome."""
    listed = [(one, finding) for one in outcomes for finding in one.findings]
    columns = {
        "check_id": [one.check_id for one, _ in listed],
        "record_key": [finding.record_key for _, finding in listed],
        "column": [one.column for one, _ in listed],
        "value": [finding.value for _, finding in listed],
        "reason": [finding.reason for _, finding in listed],
        "suggestion": [finding.suggestion for _, finding in listed],
    }
    return checked(pa.table(columns, schema=FINDING.arrow), FINDING)
