"""What it settles when one system decides a field: worked out before it is written, over the parties that differ in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.reconcile import sources_of_truth
from toolkit.reconcile.mismatches import with_lone_bank_texts, without_bank_texts
from toolkit.reconcile.proposals import with_proposals
from toolkit.reconcile.references import with_parent_keys
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import DEFAULT, ONE_FACT, SourceOfTruth
from toolkit.store import Run
from toolkit.tables import MISMATCH

Proposal = tuple[str | None, str | None, str | None]
"""A value, the system that it stands in, and why; null: nothing settles it."""
_ENTITY = "party"


@dataclass(frozen=True, slots=True)
class Policy:
    """That one system decides a field: the fields that go with it, and what stands in ``engagement.yaml`` for it then."""

    columns: tuple[str, ...]
    changes: Mapping[tuple[str, ...], Any]
    truth: SourceOfTruth


def policy(engagement: Engagement, column: str, system: str) -> Policy:
    """Return what it means that a system decides a field.

    Parameters
    ----------
    engagement
        Its settings say who decides now.
    column
        A compared field; an address, and a person's name, is decided whole.
    system
        Who decides it.
    """
    fact = next((one for one in ONE_FACT if column in one), (column,))
    given = engagement.settings.sources_of_truth.get(_ENTITY, {})
    held = {DEFAULT: given} if isinstance(given, str) else dict(given)
    named = [name for name in fact if name in held] or [column]
    written = dict.fromkeys(named, system)
    truth = sources_of_truth(engagement)
    after = SourceOfTruth({**truth.systems, _ENTITY: {**held, **written}})
    whole: dict[tuple[str, ...], Any] = {("sources_of_truth", _ENTITY): {**held, **written}}
    single: dict[tuple[str, ...], Any] = {("sources_of_truth", _ENTITY, name): system for name in named}
    return Policy(fact, whole if isinstance(given, str) else single, after)


def proposals(
    engagement: Engagement,
    run: Run,
    records: Records,
    *,
    columns: Mapping[str, Sequence[Any]],
    places: Sequence[int],
    truth: SourceOfTruth,
) -> dict[int, Proposal]:
    """Return what would be proposed for some differences if others decided.

    Parameters
    ----------
    engagement, run, records
        What the list was made of.
    columns
        The list, as columns of MISMATCH.
    places
        Of the differences that are looked at.
    truth
        Who would decide.
    """
    table = MISMATCH.from_rows({name: columns[name][place] for name in MISMATCH.names} for place in places)
    walk = run.table("crosswalk")
    walk = walk.filter(pc.is_in(walk["golden_id"], value_set=pc.unique(table["golden_id"])))
    parties = with_parent_keys(records.parties, run.table("reference"))
    parties = parties.filter(pc.is_in(parties["record_key"], value_set=walk["record_key"].combine_chunks()))
    named = without_bank_texts(parties, engagement.store.snapshots())
    speaking = with_lone_bank_texts(named, parties, walk)
    golden = golden_records(speaking, walk, truth, home_country=engagement.settings.country)
    found = with_proposals(table, golden)
    reasons = dict(
        zip(
            zip(golden["golden_id"].to_pylist(), golden["column"].to_pylist(), strict=True),
            golden["reason"].to_pylist(),
            strict=True,
        )
    )
    rows = zip(
        *(found[name].to_pylist() for name in ("golden_id", "column", "proposed_value", "proposed_system")), strict=True
    )
    return {
        place: (value, system, reasons.get((golden_id, column)))
        for place, (golden_id, column, value, system) in zip(places, rows, strict=True)
    }
