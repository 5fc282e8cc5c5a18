"""Stage: by which approach each handoff is to be connected, what each way costs, and what is asked."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.reconcile import system_categories
from toolkit.audit.stages.stage import Stage
from toolkit.cores import results as on_all_cores
from toolkit.store import Run


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: what the business case reads, RECOMMENDATION, and what the settings say of connecting.
    """
    from toolkit.audit.approach_facts import Landscape, handoff_delivery, handoff_facts
    from toolkit.audit.case_inputs import case_basis, case_terms
    from toolkit.connectors import connectors
    from toolkit.scoping.approach.advice import HandoffMoney, handoff_advice
    from toolkit.scoping.approach.advice_tables import AdvisedHandoff, approach_tables
    from toolkit.scoping.approach.fee_curves import fee_curves

    settings = engagement.settings
    basis = case_basis(settings, run, lambda: records.documents)
    shared, terms, inputs = basis.shared(settings.rates), case_terms(settings.rates), basis.inputs(settings)
    known = {one.name: one for one in connectors()}
    read = {row["system"]: row["connector"] for row in engagement.store.snapshots().to_pylist()}
    named = {**read, **{name: one.connector for name, one in settings.systems.items()}}
    landscape = Landscape(
        settings,
        {system: known.get(connector) for system, connector in named.items()},
        system_categories(engagement),
        basis.handoffs,
    )
    decisions = {row["handoff_id"]: row["decision"] for row in run.table("recommendation").to_pylist()}
    quotes = {name: one.estimate("currency per month") for name, one in settings.approach.quotes.items()}
    limits, today = settings.approach.limits.limits(), engagement.as_of()

    def advised(handoff: Mapping[str, Any]) -> AdvisedHandoff:
        name = handoff["handoff_id"]
        own = inputs[name]
        facts = handoff_facts(handoff, landscape, steps_per_run=own.steps_per_run)
        items = own.volume_per_month
        delivery = handoff_delivery(handoff, landscape, facts, None if items is None else items.likely)
        money = HandoffMoney(own, shared, settings.currency, terms, today, quotes, delivery.polls_per_hour)
        advice = handoff_advice(facts.known, money, is_soon=facts.is_soon, limits=limits)
        return AdvisedHandoff(
            name,
            advice,
            facts.coverage,
            facts.feasibility,
            delivery,
            facts.unknown_of,
            facts.remarks,
            decisions.get(name),
            fee_curves(money, advice),
        )

    return approach_tables(on_all_cores(advised, basis.handoffs))


STAGE = Stage(
    "approach",
    "Choosing how to connect",
    ("approach", "approach_way", "approach_platform", "approach_fee", "approach_flip"),
    results,
    reads=("handoff", "handoff_measure", "handoff_judgement", "counterpart", "mismatch", "crosswalk", "recommendation"),
    records=("documents",),
    settings=("approach", "handoffs", "systems", "rates", "currency", "as_of"),
)
