"""One small run, written out by hand, and its empty twin: what the report, the charts and the workbooks are tested on."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.unit.report.sample_money import HANDOFFS, figure, money_figures, money_tables
from tests.unit.report.sample_scope import scope_tables
from toolkit.report import counted_figures
from toolkit.report.run import RunTables
from toolkit.store.results import new_run
from toolkit.tables import FIGURE, PARTY, RESULTS

EARLIER = {
    row["figure_id"]: row
    for row in FIGURE.from_rows(
        [
            figure("reconcile.missing_count.deal_to_invoice", "Won deals without an invoice", 31, "count", n=350),
            figure("quality.failing.format.email", "E-mail addresses that cannot be right", 12, "count", n=1_100),
        ]
    ).to_pylist()
}
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
SYSTEMS = {
    "crm": ("hubspot", {"companies": 412, "deals": 380}),
    "ledger": ("quickbooks", {"customers": 455, "invoices": 1204, "payments": 980}),
    "payments": ("stripe", {"customers": 301, "payments": 871}),
    "projects": ("asana", {"projects": 190}),
    "shop": ("shopify", {"customers": 640, "orders": 930}),
    "site_log": ("table", {"jobs": 181}),
}


def party(key: str, kind: str, name: str, **values: Any) -> dict[str, Any]:
    """Return a party row of ``system/stream/id``."""
    system, stream, record_id = key.split("/", 2)
    row = {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "entity": "party"}
    return {**row, "state": "active", "kind": kind, "name": name, **values}


PARTIES = [
    party(
        "crm/companies/101", "company", "Acme Fit-Out LLC", phone="(312) 555-0148", city="Chicago", email="info@acme.example"
    ),
    party("crm/companies/102", "company", "ACME Fitout", phone="312-555-0148", city="Chicago"),
    party("crm/companies/140", "company", "Lakeside Dental", city="Evanston", website="lakeside.example"),
    party("ledger/customers/7", "company", "Acme Fit Out, L.L.C.", phone="+1 312 555 0148", city="Chicago"),
    party("ledger/customers/8", "company", "Acme Interiors", city="Chicago"),
    party(
        "shop/customers/55", "person", "Dana Miller", email="dana.miller@mail.example", phone="773 555 0100", city="Oak Park"
    ),
    party("shop/customers/56", "person", "Miller, Dana", email="dmiller@mail.example", phone="7735550100", city="Oak Park"),
]
LEVELS = {
    ("crm/companies/101", "crm/companies/102"): [
        ("phone", "equal", 8.1),
        ("name", "a word is written differently", 4.6),
        ("city", "equal", 1.2),
        ("domain", "missing", 0.0),
    ],
    ("shop/customers/55", "shop/customers/56"): [
        ("phone", "equal", 7.4),
        ("name", "equal but for the order", 5.2),
        ("email", "different", -2.6),
        ("city", "equal", 1.9),
    ],
    ("crm/companies/101", "ledger/customers/7"): [("phone", "equal", 8.1), ("name", "equal but for the legal form", 9.3)],
    ("crm/companies/101", "ledger/customers/8"): [("name", "one word in common", -1.5), ("city", "equal", 1.2)],
}
DECIDED = ("same", "same", "same", "review")


def _measured() -> list[dict[str, Any]]:
    rows = [
        figure(
            f"quality.score.{system}",
            f"Checked values of {system} that pass",
            share,
            "share",
            low=share - 0.01,
            high=share + 0.006,
            n=count,
        )
        for system, share, count in (
            ("crm", 0.941, 9_120),
            ("ledger", 0.972, 14_310),
            ("shop", 0.957, 6_400),
            ("site_log", 0.881, 1_086),
        )
    ]
    rows += [
        figure("quality.failing.format.email", "E-mail addresses that cannot be right", 41, "count", n=1_320),
        figure("quality.failing.reference", "Invoices of customers that do not exist", 17, "count", n=1_204),
        figure("reconcile.missing_count.deal_to_invoice", "Won deals without an invoice", 14, "count", n=361),
        figure("reconcile.missing_count.order_to_invoice", "Shop orders without an invoice", 6, "count", n=930),
        figure(
            "reconcile.different_share.crm.ledger.phone",
            "Phone differs between crm and ledger",
            0.184,
            "share",
            low=0.148,
            high=0.226,
            n=380,
        ),
        figure("reconcile.different_share.crm.ledger.email", "E-mail differs between crm and ledger", None, "share"),
    ]
    for name, label, *_ in HANDOFFS:
        rows += [
            figure(f"reconcile.volume.{name}", f"{label}: items", 31.5, "items per month", n=6),
            figure(f"reconcile.lag_median.{name}", f"{label}: half take up to", 3_310, "minutes", n=180),
            figure(f"reconcile.error_share.{name}", f"{label}: arrive wrong", 0.041, "share", low=0.024, high=0.071, n=290),
            figure(f"reconcile.missing_share.{name}", f"{label}: never arrive", 0.012, "share", low=0.004, high=0.03, n=302),
        ]
    return rows


def _intake() -> list[dict[str, Any]]:
    def row(file: str, status: str, read: int, kept: int, aside: int, **values: Any) -> dict[str, Any]:
        counts = {"rows_read": read, "rows_kept": kept, "rows_folded": 0, "rows_repeated": 0, "rows_quarantined": aside}
        return {"file": file, "part": "", "status": status, **counts, **values}

    return [
        row("exports/crm/all-companies.csv", "read", 412, 412, 0, system="crm", stream="companies"),
        row("exports/ledger/Invoice List.xlsx", "read", 1_206, 1_204, 2, system="ledger", stream="invoices", part="Sheet1"),
        row(
            "exports/old price list.docx",
            "refused",
            0,
            0,
            0,
            message="A text document is not a table. Save the table as CSV or XLSX.",
        ),
    ]


def _counterparts() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for position, (name, _, system_l, stream_l, system_r, stream_r, *_) in enumerate(HANDOFFS):
        for item in range(30):
            is_missing = item % 13 == 12 and position in {1, 2}
            minutes = 200.0 * (position + 1) + item * 170
            rows.append(
                {
                    "handoff_id": name,
                    "key_l": f"{system_l}/{stream_l}/{item}",
                    "key_r": None if is_missing else f"{system_r}/{stream_r}/{item}",
                    "status": "missing" if is_missing else "found",
                    "basis": "reference",
                    "event_on": date(2026, 1 + item % 9, 1 + item % 28),
                    "lag_minutes": None if is_missing else minutes,
                    "lag_days": None if is_missing else round(minutes / 1440),
                    "amount_l_minor": 125_000 + item,
                    "amount_r_minor": None if is_missing else 125_000 + item,
                    "currency": "USD",
                    "is_error": False,
                }
            )
    return rows


def sample_tables(extra_parties: list[dict[str, Any]] | None = None) -> dict[str, pa.Table]:
    """Return the tables of the sample run by name, ``party`` among them."""
    rows: dict[str, list[dict[str, Any]]] = {
        "intake": _intake(),
        "quarantine": [
            {
                "file": "exports/ledger/Invoice List.xlsx",
                "part": "Sheet1",
                "line": 1_207,
                "reason": "total_line",
                "detail": "A total line.",
                "row": '["=SUM(A1)","TOTAL"]',
            },
        ],
        "snapshot": [
            {
                "system": system,
                "stream": stream,
                "entity": "party" if stream == "companies" else "invoice",
                "connector": connector,
                "taken_at": NOON,
                "rows": rows,
                "rows_absent": 0,
                "is_complete": True,
                "sha256": "0",
                "path": f"snapshots/{system}/{stream}/x.parquet",
            }
            for system, (connector, streams) in SYSTEMS.items()
            for stream, rows in streams.items()
        ],
        "check": [
            {
                "check_id": "crm.companies.email.format",
                "rule": "format",
                "label": "E-mail addresses",
                "system": "crm",
                "stream": "companies",
                "column": "email",
                "checked": 400,
                "failing": 41,
                "share": 0.1025,
                "low": 0.08,
                "high": 0.14,
                "severity": "medium",
            },
        ],
        "column_profile": [
            {
                "system": "crm",
                "stream": "companies",
                "entity": "party",
                "column": column,
                "rows": 412,
                "filled": filled,
                "fill_share": filled / 412,
                "distinct": distinct,
                **values,
            }
            for column, filled, distinct, values in (
                ("email", 400, 390, {"shapes": '[["AAAA@A….A…", 310]]', "top_values": '[["info@acme.example", 3]]'}),
                ("city", 412, 31, {"shapes": '[["A…", 380]]', "top_values": '[["Chicago", 210], ["Evanston", 31]]'}),
                (
                    "name",
                    412,
                    409,
                    {"shapes": '[["A… A…", 300]]', "top_values": '[["Acme Fit-Out LLC", 2], ["Dana Miller", 1]]'},
                ),
                (
                    "updated_at",
                    412,
                    300,
                    {
                        "minimum": "2025-01-03T08:00:00+00:00",
                        "maximum": "2026-10-02T08:00:00+00:00",
                        "histogram": '[["2025-01-03", "2026-01-01", 112], ["2026-01-01", "2026-10-02", 300]]',
                    },
                ),
            )
        ],
        "finding": [
            {
                "check_id": "crm.companies.email.format",
                "record_key": "crm/companies/101",
                "column": "email",
                "value": "dana.miller.mail.example",
                "reason": "There is no @ in it.",
            },
        ],
        "pair": [
            {
                "key_l": left,
                "key_r": right,
                "match_weight": sum(level[2] for level in levels) - 6,
                "match_probability": probability,
                "decision": decision,
                "decided_by": "model",
                "reason": "As written in the sample.",
            }
            for ((left, right), levels), decision, probability in zip(
                LEVELS.items(), DECIDED, (0.995, 0.93, 0.999, 0.55), strict=True
            )
        ],
        "pair_level": [
            {"key_l": left, "key_r": right, "comparison": comparison, "level": level, "bits": bits}
            for (left, right), levels in LEVELS.items()
            for comparison, level, bits in levels
        ],
        "cluster": [
            {"record_key": key, "cluster_id": cluster}
            for key, cluster in (
                ("crm/companies/101", "c1"),
                ("crm/companies/102", "c1"),
                ("ledger/customers/7", "c1"),
                ("crm/companies/140", "c2"),
                ("ledger/customers/8", "c3"),
                ("shop/customers/55", "c4"),
                ("shop/customers/56", "c4"),
            )
        ],
        "mismatch": [
            {
                "golden_id": "c1",
                "column": "phone",
                "key_l": "crm/companies/101",
                "key_r": "ledger/customers/7",
                "system_l": "crm",
                "system_r": "ledger",
                "value_l": "(312) 555-0148",
                "value_r": "(312) 555-0199",
                "kind": "different",
                "changed_last": "l",
                "proposed_value": "(312) 555-0148",
                "proposed_system": "crm",
            },
            {
                "golden_id": "c1",
                "column": "city",
                "key_l": "crm/companies/101",
                "key_r": "ledger/customers/7",
                "system_l": "crm",
                "system_r": "ledger",
                "value_l": "Chicago",
                "value_r": "Cicero",
                "kind": "different",
                "changed_last": "unknown",
            },
            {
                "golden_id": "c1",
                "column": "name",
                "key_l": "crm/companies/101",
                "key_r": "ledger/customers/7",
                "system_l": "crm",
                "system_r": "ledger",
                "value_l": "Acme Fit-Out LLC",
                "value_r": "Acme Fit Out, L.L.C.",
                "kind": "formatting",
                "changed_last": "l",
            },
        ],
        "counterpart": _counterparts(),
        "handoff": [
            {
                "handoff_id": name,
                "label": label,
                "system_l": system_l,
                "stream_l": stream_l,
                "system_r": system_r,
                "stream_r": stream_r,
                "by": by,
                "carrier": carrier,
                "is_proposed": name == "payment_to_ledger",
                "missing": ["minutes per item"] if name == "payment_to_ledger" else [],
            }
            for name, label, system_l, stream_l, system_r, stream_r, by, carrier in HANDOFFS
        ],
        **money_tables(),
        **scope_tables(),
    }
    tables = {name: RESULTS[name].from_rows(listed) for name, listed in rows.items()}
    counted = counted_figures(tables).to_pylist()
    tables["figure"] = FIGURE.from_rows([*money_figures(), *_measured(), *counted])
    tables["party"] = PARTY.from_rows([*PARTIES, *(extra_parties or [])])
    return tables


def sample_run(client: str = "Harbor & Pine", **values: Any) -> RunTables:
    """Return the sample run; ``values`` replace fields of RunTables."""
    given: dict[str, Any] = {
        "tables": sample_tables(),
        "currency": "USD",
        "as_of": date(2026, 10, 5),
        "run_id": "20261005T120000Z",
        "earlier": EARLIER,
        "earlier_on": date(2026, 5, 4),
    }
    return RunTables(**{**given, "client": client, **values})


def empty_run(client: str = "Harbor & Pine") -> RunTables:
    """Return a run in which no stage found anything."""
    return RunTables(tables={}, client=client, currency="USD", as_of=date(2026, 10, 5), reasons=("No file could be read.",))


def sample_engagement(folder: Path, client: str = "Harbor & Pine") -> Path:
    """Write the sample run and the party records that its examples name into ``folder``; return it."""
    tables = sample_tables()
    records = folder / "snapshots/crm/companies/x.parquet"
    records.parent.mkdir(parents=True)
    pq.write_table(tables.pop("party"), records)
    facts = {
        "client": client,
        "currency": "USD",
        "as_of": "2026-10-05",
        "reasons": ["old price list.docx could not be read."],
    }
    with new_run(folder, NOON, facts) as run:
        for name, table in tables.items():
            run.write(name, table)
    return folder
