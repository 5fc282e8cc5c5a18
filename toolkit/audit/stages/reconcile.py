"""Stage: what matched records say about their systems."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.reconcile.coverage import coverage
from toolkit.reconcile.decided_differences import decided_golden, decided_mismatches
from toolkit.reconcile.mismatches import mismatches, without_bank_texts
from toolkit.reconcile.references import with_parent_keys
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import DEFAULT, SourceOfTruth, default_sources_of_truth
from toolkit.reconcile.truth_table import truth_table
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
    parties = with_parent_keys(records.parties, run.table("reference"))
    walk = run.table("crosswalk")
    truth = sources_of_truth(engagement)
    named = without_bank_texts(parties, engagement.store.snapshots())
    compared = mismatches(named, walk, truth, home_country=engagement.settings.country)
    said = engagement.store.rulings((DIFFERENCE,))
    mismatch = decided_mismatches(compared.mismatches, said)
    return {
        "golden": decided_golden(golden_records(parties, walk, truth), parties, walk, said),
        "mismatch": mismatch,
        "source_of_truth": truth_table(truth, mismatch),
        "compared_field": compared.compared,
        "coverage": coverage(parties, walk, run.table("pair")),
    }


def sources_of_truth(engagement: Engagement) -> SourceOfTruth:
    """Return who decides which field: as the settings say, else as systems of a category usually do."""
    categories = system_categories(engagement)
    usual = {entity: dict(columns) for entity, columns in default_sources_of_truth(categories).systems.items()}
    for entity, given in engagement.settings.sources_of_truth.items():
        usual[entity] = {**usual.get(entity, {}), **({DEFAULT: given} if isinstance(given, str) else given)}
    return SourceOfTruth(usual)


def system_categories(engagement: Engagement) -> dict[str, str]:
    """Return the category of every system: from the settings, else its connector's."""
    from toolkit.audit.pull.sources import connectors

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
