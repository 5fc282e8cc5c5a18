"""What was entered twice on the way from one system to the next: how many documents, and what they come to."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from toolkit.reconcile.nouns import NOUNS
from toolkit.reconcile.outcome_words import SECOND_ENTRY
from toolkit.report.blocks import Inline
from toolkit.report.masking import masked_text
from toolkit.report.record_names import record_names, written_amount
from toolkit.report.run import RunTables
from toolkit.report.second_entries import oversized_entries
from toolkit.report.wrong_items import difference_words
from toolkit.values.counted import counted, listed
from toolkit.values.written import sentence_text

_MOST_NAMED = 3


def entered_twice(run: RunTables) -> tuple[tuple[Inline, ...], ...]:
    """Return a sentence for each handoff whose target holds a further document for an item that has one."""
    counterpart = run.table("counterpart")
    if not counterpart.num_rows:
        return ()
    is_second = pc.and_(pc.equal(counterpart["status"], "extra"), pc.equal(counterpart["basis"], SECOND_ENTRY))
    counts: Counter[str] = Counter()
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    seconds = counterpart.filter(is_second).select(["handoff_id", "key_r", "amount_r_minor", "currency"]).to_pylist()
    for row in seconds:
        counts[row["handoff_id"]] += 1
        if row["amount_r_minor"] is not None:
            sums[row["handoff_id"]][row["currency"] or run.currency] += abs(row["amount_r_minor"])
    oversized = _oversized(run, seconds)
    sentences: list[tuple[Inline, ...]] = []
    for handoff in run.table("handoff").to_pylist():
        name = handoff["handoff_id"]
        if not counts[name]:
            continue
        amounts = [written_amount(minor, currency, is_whole=True) for currency, minor in sorted(sums[name].items())]
        what = sentence_text(counted(counts[name], NOUNS.get(handoff["entity_r"], "documents").removesuffix("s")))
        worth = f", together {listed(amounts)} as stated there" if amounts else ""
        of_it = f" ({'; '.join(oversized[name])})" if name in oversized else ""
        words = f"{what} for items that already have one{worth}{of_it}. In no sum here: look at each."
        sentences.append((f"“{masked_text(handoff['label'])}”: {words}",))
    return tuple(sentences)


def _oversized(run: RunTables, seconds: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return, by handoff, which second entries are themselves many times their item."""
    twins = oversized_entries(run, seconds)
    names = record_names(run, [key for (_, own), twin in twins.items() for key in (own, twin["key_l"])], is_short=True)
    found: dict[str, list[str]] = {}
    for (handoff_id, own), twin in list(twins.items())[:_MOST_NAMED]:
        currency = twin["currency"] or run.currency
        stated, right = (written_amount(abs(twin[f"amount_{side}_minor"]), currency, is_whole=True) for side in "rl")
        what = f"{names[own]}: {difference_words(twin)} of {names[twin['key_l']]}, {right}"
        found.setdefault(handoff_id, []).append(f"{stated} of it is {what}")
    return found
