"""The export files of projects, support, people, bank and site log."""

import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tests.sample_client.documents import AS_OF, Document, money, shown
from tests.sample_client.files import ofx_text, write_csv, write_workbook
from tests.sample_client.headers import SITE_LOG_HEADERS, TASK_HEADERS, TICKET_HEADERS, USER_HEADERS
from tests.sample_client.names import EMPLOYEES
from tests.sample_client.parties import Register

BANK_ACCOUNT = "000000482113377"
OPENING_BALANCE = 41_388_215


def write_projects(folder: Path, seed: int, projects: list[Document], subtasks: list[Document]) -> None:
    """Asana: one tracker; top-level tasks are the fit-out projects, subtasks name their parent by title."""
    rng = random.Random(f"{seed}/asana-cells")
    rows = []
    for one in sorted([*projects, *subtasks], key=lambda one: (one.on, one.record_id)):
        person = EMPLOYEES[rng.choice((0, 17, 18))]
        is_project = one.stream == "projects"
        rows.append(
            {
                "Task ID": one.record_id,
                "Created At": one.on.isoformat(),
                "Completed At": one.cells["completed"],
                "Last Modified": max(
                    one.cells["completed"], min(one.on + timedelta(days=rng.randint(0, 90)), AS_OF).isoformat()
                ),
                "Name": one.cells["name"],
                "Section/Column": one.cells["section"],
                "Assignee": f"{person[0]} {person[1]}",
                "Assignee Email": f"{person[0].lower()}@harborpine.example",
                "Due Date": one.cells["due"],
                "Notes": one.cells["notes"],
                "Projects": "Fit-out tracker",
                "Parent task": one.cells.get("parent", ""),
                "Client": one.party,
                "Contract value": money(one.amount_minor) if is_project else "",
            }
        )
    write_csv(folder / "projects/Fit-out_tracker.csv", TASK_HEADERS, rows)


def write_support(folder: Path, seed: int, register: Register, tickets: list[Document]) -> None:
    """Zendesk: end users, and the account export of tickets."""
    rng = random.Random(f"{seed}/zendesk-cells")
    users = register.stream("support", "users")
    organizations: dict[str, str] = {}
    rows: list[Mapping[str, str]] = []
    for one in sorted(users, key=lambda one: int(one.record_id)):
        name = one.cells["organization"]
        number = organizations.setdefault(name, str(rng.randint(36 * 10**10, 37 * 10**10))) if name else ""
        created = shown(one.created_at, "%Y-%m-%d %H:%M:%S") if one.created_at else ""
        rows.append(
            {
                "id": one.record_id,
                "name": one.text("name"),
                "email": one.text("email"),
                "role": "end-user",
                "phone": one.text("phone"),
                "organization_id": number,
                "organization": name,
                "created_at": created,
                "updated_at": created,
                "time_zone": "Central Time (US & Canada)",
                "locale": "en-US",
            }
        )
    write_csv(folder / "support/zendesk_users.csv", USER_HEADERS, rows)
    by_id = {one.record_id: one for one in users}
    rows = []
    for ticket in tickets:
        user = by_id[ticket.party]
        created = shown(ticket.at, "%Y-%m-%d %H:%M") if ticket.at else ""
        group = {"kick-off ticket": "Projects", "service call": "Service"}.get(ticket.role, "Support")
        rows.append(
            {
                "Summation column": "1",
                "Id": ticket.record_id,
                "Requester": user.text("name"),
                "Requester id": user.record_id,
                "Requester email": user.text("email"),
                "Requester domain": user.text("email").partition("@")[2],
                "Submitter": "Miguel Santoro" if group == "Projects" else user.text("name"),
                "Assignee": rng.choice(("Miguel Santoro", "Fay Rourke", "Max Oyelaran")),
                "Group": group,
                "Subject": ticket.cells["subject"],
                "Tags": {"Projects": "kickoff", "Service": "service_call billable"}.get(group, ""),
                "Status": ticket.cells["status"],
                "Priority": rng.choice(("Normal", "Normal", "High", "Low")),
                "Via": "Web form" if group == "Projects" else rng.choice(("Mail", "Web form", "Phone call (incoming)")),
                "Ticket type": {"Projects": "Task", "Service": "Incident"}.get(group, "Question"),
                "Created at": created,
                "Updated at": ticket.cells["solved"] or created,
                "Assigned at": created,
                "Organization": ticket.cells["organization"],
                "Solved at": ticket.cells["solved"],
                "Reopens": "0",
                "Replies": str(rng.randint(0, 6)),
            }
        )
    write_csv(folder / "support/zendesk_tickets.csv", TICKET_HEADERS, rows)


def write_people(folder: Path, seed: int, register: Register) -> None:
    """The HR sheet: a title row, then the list."""
    rng = random.Random(f"{seed}/hr-cells")
    headers = [
        "Employee #",
        "First Name",
        "Last Name",
        "Job Title",
        "Department",
        "Location",
        "Status",
        "Hire Date",
        "Work Email",
        "Mobile Phone",
        "Reports To",
        "Hourly Rate",
    ]
    bosses = {
        "Projects": "Ken Ishikawa",
        "Finance": "Marta Kowalska",
        "Web Shop": "Priya Natarajan",
        "Client Services": "Miguel Santoro",
        "Field": "Luis Montoya",
        "Sales": "Nora Feeney",
    }
    rows: list[list[str | float | int]] = [["Harbor & Pine - staff list, October 2026"], [], list(headers)]
    for record, (given, family, title, department) in zip(register.stream("people", "employees"), EMPLOYEES, strict=True):
        hired = f"{rng.randint(2009, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        rate = f"{rng.choice((22, 24, 26.5, 29, 31, 34, 38, 45)):.2f}"
        rows.append(
            [
                record.record_id,
                given,
                family,
                title,
                department,
                "Chicago",
                "Active",
                hired,
                record.text("email"),
                record.text("phone"),
                bosses.get(department, "Helen Harbor"),
                rate,
            ]
        )
    write_workbook(folder / "people/HR staff list 2026.xlsx", {"Staff": rows})


def write_bank(folder: Path, lines: list[Document]) -> None:
    """The bank: one checking account, as the OFX file that accounting programs download."""
    total = OPENING_BALANCE + sum(one.amount_minor for one in lines)
    cells = []
    for one in lines:
        kind = "CREDIT" if one.amount_minor > 0 else "DEBIT"
        cells.append(
            {
                "TRNTYPE": kind,
                "DTPOSTED": f"{one.on:%Y%m%d}120000[0:GMT]",
                "TRNAMT": money(one.amount_minor),
                "FITID": one.record_id,
                "NAME": one.cells["name"],
                "MEMO": one.cells["memo"],
            }
        )
    path = folder / "bank/Chase3377_Activity_20261005.QFX"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ofx_text(BANK_ACCOUNT, cells, money(total)), encoding="cp1252", newline="")


def write_site_log(folder: Path, seed: int, jobs: list[Document]) -> None:
    """Luis's workbook: title rows, an empty line between months, whatever spelling the day brought."""
    rng = random.Random(f"{seed}/site-log-cells")
    rows: list[list[str | float | int]] = [
        ["SITE LOG 2026  (Luis + crews)"],
        ["update every Friday!! ask Luis for the code"],
        [],
        list(SITE_LOG_HEADERS),
    ]
    month = ""
    for job in jobs:
        if month and f"{job.on:%m}" != month:
            rows.append([])
        month = f"{job.on:%m}"
        note = rng.choice(("", "", "", "keys at front desk", "no parking", "night work", "CALL FIRST"))
        rows.append(
            [
                job.number,
                job.cells["name"],
                job.party,
                job.cells["foreman"],
                f"{job.on.month}/{job.on.day}/{job.on.year}",
                job.cells["address"],
                job.amount_minor / 100,
                note,
            ]
        )
    write_workbook(folder / "site_log/Site log 2026.xlsx", {"Jobs": rows})
