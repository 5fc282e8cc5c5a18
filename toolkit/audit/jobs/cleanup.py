"""A cleanup of one system, from the newest run and the rules of the settings."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.targets import target_connector, writable_columns
from toolkit.audit.records import Records
from toolkit.plan.planned import Planned
from toolkit.settings import CleanupSettings
from toolkit.store import Run


def planned_cleanup(engagement: Engagement, run: Run, records: Records, system: str) -> Planned:
    """Return what cleans a system up.

    Parameters
    ----------
    engagement, run, records
        Settings and decisions, the tables of a whole run, and the newest records.
    system
        The client's name of it.
    """
    from toolkit.plan.cleanup import cleanup
    from toolkit.reconcile.references import with_parent_keys, with_party_keys

    settings = engagement.settings
    [connector] = {row["connector"] for row in engagement.store.snapshots().to_pylist() if row["system"] == system}
    target = target_connector(engagement, system, connector)
    given = settings.cleanup.get(system, CleanupSettings())
    references = run.table("reference")
    return cleanup(
        system,
        parties=with_parent_keys(records.parties, references),
        documents=with_party_keys(records.documents, references),
        items=records.items,
        crosswalk=run.table("crosswalk"),
        golden=run.table("golden"),
        pairs=run.table("pair"),
        decisions=engagement.store.decisions(),
        findings=run.table("finding"),
        rules=given.rules(settings.country, writable_columns(target)),
        as_of=engagement.as_of(),
    )
