"""Stage: what matched records say about their systems."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.reconcile.truth import DEFAULT, SourceOfTruth
from toolkit.store import Run
from toolkit.tables.rulings import DIFFERENCE


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: sources of truth, PAIR, REFERENCE and CROSSWALK of the run, parties, and what persons said of
        differences.
    """
    # A run that is still true asks for none of these.
    from toolkit.reconcile.coverage import coverage
    from toolkit.reconcile.decided_differences import decided_golden, decided_mismatches
    from toolkit.reconcile.mismatches import mismatches, with_lone_bank_texts, without_bank_texts
    from toolkit.reconcile.proposals import with_proposals
    from toolkit.reconcile.references import with_parent_keys
    from toolkit.reconcile.survivorship import golden_records
    from toolkit.reconcile.truth_table import truth_table

    parties = with_parent_keys(records.parties, run.table("reference"))
    walk = run.table("crosswalk")
    truth = sources_of_truth(engagement)
    named = without_bank_texts(parties, engagement.store.snapshots())
    home = engagement.settings.country
    compared = mismatches(named, walk, home_country=home)
    said = engagement.store.rulings((DIFFERENCE,))
    speaking = with_lone_bank_texts(named, parties, walk)
    golden = decided_golden(golden_records(speaking, walk, truth, home_country=home), parties, walk, said)
    mismatch = decided_mismatches(with_proposals(compared.mismatches, golden), said)
    return {
        "golden": golden,
        "mismatch": mismatch,
        "source_of_truth": truth_table(truth, mismatch),
        "compared_field": compared.compared,
        "coverage": coverage(parties, walk, run.table("pair")),
    }


def sources_of_truth(engagement: Engagement) -> SourceOfTruth:
    """Return who decides which field: as the client said, and nobody else."""
    given = engagement.settings.sources_of_truth
    return SourceOfTruth({entity: {DEFAULT: one} if isinstance(one, str) else dict(one) for entity, one in given.items()})


def system_categories(engagement: Engagement) -> dict[str, str]:
    """Return the category of every system: from the settings, else its connector's."""
    from toolkit.connectors import connectors

    usual = {one.name: one.category for one in connectors()}
    snapshots = engagement.store.snapshots().to_pylist()
    found = {row["system"]: usual.get(row["connector"], "other") for row in snapshots}
    given = {name: one.category for name, one in engagement.settings.systems.items() if one.category}
    return {**found, **given}


STAGE = Stage(
    "reconcile",
    "Comparing the systems",
    ("golden", "mismatch", "source_of_truth", "compared_field", "coverage"),
    results,
    reads=("pair", "reference", "crosswalk"),
    records=("parties",),
    settings=("sources_of_truth", "systems", "country"),
    rulings=(DIFFERENCE,),
)
