"""The evidence of a parallel run: everything that was compared and found, for machines, with hashes.

Whoever has the snapshots of the engagement can compare them anew: each reading is named with the SHA-256 of its file. The
hash of the content leaves out nothing but itself; the same snapshots and terms give the same bytes.
"""

import json
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit.disk import atomic_file
from toolkit.golive.items import Item
from toolkit.golive.settling import Settled
from toolkit.report.golive.shown_run import ShownRun
from toolkit.version import __version__


def write_evidence(shown: ShownRun, path: Path) -> tuple[Path, str]:
    """Write the evidence, and return its path and the hash of its content.

    Parameters
    ----------
    shown
        The parallel run.
    path
        A ``.json`` file; it appears whole or not at all.
    """
    content = evidence_content(shown)
    digest = content_sha256(content)
    with atomic_file(path, "w", encoding="utf-8") as stream:
        json.dump({**content, "content_sha256": digest}, stream, indent=1, sort_keys=True, ensure_ascii=False)
    return path, digest


def content_sha256(content: dict[str, Any]) -> str:
    """Return the SHA-256 of evidence without its own hash: of its JSON with sorted keys and without blanks, in UTF-8.

    Examples
    --------
    >>> content_sha256({"b": 1, "a": "é", "content_sha256": "-"}) == sha256('{"a":"é","b":1}'.encode()).hexdigest()
    True
    """
    rest = {name: value for name, value in content.items() if name != "content_sha256"}
    return sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def evidence_content(shown: ShownRun) -> dict[str, Any]:
    """Return the evidence as what JSON can hold; amounts are whole minor units, shares have twelve decimals."""
    found, terms = shown.found, shown.terms
    decision = found.decision
    content = {
        "kind": "parallel_run",
        "programme": f"integration-audit {__version__}",
        "client": shown.client,
        "name": shown.name,
        "label": shown.label,
        "time_zone": shown.time_zone,
        "by_hand": shown.by_hand,
        "integrated": shown.integrated,
        "terms": {
            "from": terms.first,
            "until": terms.last,
            "limit": terms.rule.limit,
            "working_days": terms.rule.working_days,
            "min_match_rate": terms.rule.min_match_rate,
            "by": terms.by,
            "fields": found.fields,
            "by_hand_lag_days": terms.patience.by_hand,
            "by_hand_lag_reason": shown.lag,
            "integrated_lag_days": terms.patience.integrated,
            "weekdays": sorted(terms.calendar.weekdays),
            "holidays": sorted(terms.calendar.holidays),
            "explained": dict(terms.explained),
        },
        "compared": [asdict(one) for one in shown.compared],
        "judged_through": found.through,
        "decision": {
            "is_met": decision.is_met,
            "in_a_row": decision.in_a_row,
            "items": decision.count,
            "agreeing": decision.agreeing,
            "match_rate_low": decision.low,
            "obstacles": decision.obstacles,
        },
        "items": found.count,
        "agreeing": found.agreeing,
        "discrepancies": len(found.discrepancies),
        "match_rate_low": found.low,
        "days": [{**asdict(one), "match_rate": one.match_rate, "match_rate_low": one.low} for one in found.days],
        "control": [{**asdict(one), "agrees": one.agrees} for one in found.control],
        "events": [_event(one) for one in found.events],
        "waiting": [_item(one) for one in found.waiting],
        "brought_by_other_handoffs": found.elsewhere,
    }
    plain: dict[str, Any] = _plain(content)
    return plain


def _event(one: Settled) -> dict[str, Any]:
    now = None if one.now is None else _item(one.now)
    return {
        **_item(one.first),
        "seen_at": one.seen_at,
        "is_discrepancy": one.is_discrepancy,
        "became": one.became,
        "explained": one.explained,
        "now": None if now == _item(one.first) else now,
    }


def _item(one: Item) -> dict[str, Any]:
    return {
        "day": one.day,
        "verdict": one.verdict,
        "by_hand": [entry.key for entry in one.by_hand],
        "integrated": [entry.key for entry in one.integrated],
        "differences": [difference._asdict() for difference in one.differences],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return round(value, 12)
    return value.isoformat() if isinstance(value, date | datetime) else value
