"""Stage: what the handoffs cost, and what connecting them returns."""

from collections.abc import Mapping
from dataclasses import asdict

import pyarrow as pa

from toolkit.audit.case_inputs import case_basis, case_terms, given_terms
from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.stage import Stage
from toolkit.cores import results as on_all_cores
from toolkit.store import Run
from toolkit.tables import CASE_WARNING


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: rates, HANDOFF, HANDOFF_MEASURE, COUNTERPART, MISMATCH and CROSSWALK of the run; of the records
        the documents that have no invoice.
    """
    from toolkit.roi.advice_tables import Money, condition_table, recommendation_table
    from toolkit.roi.case import handoff_case
    from toolkit.roi.case_tables import case_tables
    from toolkit.roi.cost_inputs import cost_input_table
    from toolkit.roi.portfolio import drawn_cleanup, portfolio_case
    from toolkit.roi.recommendation import recommendation
    from toolkit.scoping.projects import project_table

    settings = engagement.settings
    basis = case_basis(settings, run, lambda: records.documents)
    handoffs, shared, terms = basis.handoffs, basis.shared(settings.rates), case_terms(settings.rates)
    inputs = basis.inputs(settings)
    # The draws of a handoff depend on its id alone, whoever simulates it.
    cases = on_all_cores(lambda one: handoff_case(*one, shared, currency=settings.currency, **asdict(terms)), inputs.items())
    portfolio = portfolio_case(
        cases,
        shared,
        currency=settings.currency,
        terms=terms,
        people={one["handoff_id"]: one["by"] for one in handoffs if one["by"]},
        hours_per_month={n: one.hours_per_month for n, one in settings.people.items() if one.hours_per_month is not None},
    )
    advice = recommendation(cases, portfolio, shared, not_compared=basis.not_compared)
    tables = case_tables([*cases, portfolio.total, *([advice.case] if advice.case else [])] if cases else [])
    money = Money(inputs, shared, settings.currency, terms)
    return {
        "cost_line": tables.cost_line,
        "case": tables.case,
        "cash_flow": tables.cash_flow,
        "not_invoiced": basis.unbilled,
        "cost_input": cost_input_table(
            inputs,
            shared,
            currency=settings.currency,
            terms=terms,
            included=portfolio.included,
            is_complete=portfolio.total.is_complete,
            given_terms=given_terms(settings.rates),
        ),
        "recommendation": recommendation_table(advice, money, portfolio.included),
        "condition": condition_table(advice, money),
        "project": project_table(cases, drawn_cleanup(shared, settings.currency, terms)[0]),
        "case_warning": CASE_WARNING.from_rows(
            {"handoff_id": case.handoff_id, "warning": warning}
            for case in [*cases, portfolio.total]
            for warning in case.warnings
        ),
    }


STAGE = Stage(
    "roi",
    "Working out the money",
    (
        "cost_line",
        "case",
        "cash_flow",
        "not_invoiced",
        "cost_input",
        "recommendation",
        "condition",
        "project",
        "case_warning",
    ),
    results,
    reads=("handoff", "handoff_measure", "handoff_judgement", "counterpart", "mismatch", "crosswalk"),
    records=("documents",),
    settings=("rates", "people", "handoffs", "approach", "currency"),
)
