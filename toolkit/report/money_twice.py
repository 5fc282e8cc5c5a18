"""What was entered twice on the way from one system to the next: how many documents, and what they come to."""

from collections import Counter, defaultdict

import pyarrow.compute as pc

from toolkit.reconcile.counterparts import SECOND_ENTRY
from toolkit.reconcile.nouns import NOUNS
from toolkit.report.blocks import Inline
from toolkit.report.masking import masked_text
from toolkit.report.run import RunTables
from toolkit.roi.rounding import currency_places, rounded
from toolkit.values.counted import counted, listed
from toolkit.values.written import amount_text


def entered_twice(run: RunTables) -> tuple[tuple[Inline, ...], ...]:
    """Return a sentence for each handoff whose target holds a further document for an item that has one."""
    counterpart = run.table("counterpart")
    if not counterpart.num_rows:
        return ()
    is_second = pc.and_(pc.equal(counterpart["status"], "extra"), pc.equal(counterpart["basis"], SECOND_ENTRY))
    counts: Counter[str] = Counter()
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in counterpart.filter(is_second).select(["handoff_id", "amount_r_minor", "currency"]).to_pylist():
        counts[row["handoff_id"]] += 1
        if row["amount_r_minor"] is not None:
            sums[row["handoff_id"]][row["currency"] or run.currency] += abs(row["amount_r_minor"])
    sentences: list[tuple[Inline, ...]] = []
    for handoff in run.table("handoff").to_pylist():
        name = handoff["handoff_id"]
        if not counts[name]:
            continue
        amounts = [
            amount_text(f"{rounded(minor / 10 ** currency_places(currency), 0):,}", currency)
            for currency, minor in sorted(sums[name].items())
        ]
        what = counted(counts[name], NOUNS.get(handoff["entity_r"], "documents").removesuffix("s"))
        worth = f", together {listed(amounts)} as stated there" if amounts else ""
        words = f"{what} for items that already have one{worth}. In no sum here: look at each."
        sentences.append((f"“{masked_text(handoff['label'])}”: {words}",))
    return tuple(sentences)
