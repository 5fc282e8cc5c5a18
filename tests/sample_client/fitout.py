"""The fit-out business: deals, the projects, kick-off tickets, site-log jobs and invoices that people make of them."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.sample_client import variants
from tests.sample_client.documents import (
    AS_OF,
    FIRST_DAY,
    LAST_DAY,
    Carried,
    Document,
    business_day,
    chosen,
    is_held,
    is_waiting,
    lag,
    later,
    local_day,
    local_time,
    money,
)
from tests.sample_client.names import SITES, SUBTASKS
from tests.sample_client.parties import Register
from tests.sample_client.world import Company, World

WON_COUNT, LOST_COUNT, OPEN_COUNT = 285, 118, 56
GRACE = {"deal_to_project": 7, "deal_to_ticket": 5, "project_to_site_log": 21, "deal_to_invoice": 14}
FOREMEN = ("Luis", "Luis M.", "L. Montoya", "Walt", "walt b", "Sonia", "S. Prakash", "Reggie", "Reg")


def planned_deals(seed: int, world: World) -> list[Document]:
    """Return all deals; the company stands in ``account_id``, the record ids of companies come later."""
    rng = random.Random(f"{seed}/deals")
    customers, prospects = world.group("customer"), world.group("prospect")
    won = [*customers, *rng.choices(customers, k=WON_COUNT - len(customers))]
    rest = [*prospects, *rng.choices([*prospects, *customers], k=LOST_COUNT + OPEN_COUNT - len(prospects))]
    rng.shuffle(rest)
    amounts: set[int] = set()
    deals = [_deal(rng, company, "Closed Won", amounts) for company in won]
    deals += [
        _deal(
            rng,
            company,
            "Closed Lost" if at < LOST_COUNT else rng.choice(("Proposal Sent", "Contract Out", "Site Visit Scheduled")),
            amounts,
        )
        for at, company in enumerate(rest)
    ]
    return sorted(deals, key=lambda one: (one.at, one.record_id))


def _deal(rng: random.Random, company: Company, stage: str, amounts: set[int]) -> Document:
    day = business_day(rng)
    closed = local_time(day, rng.randint(8, 17), rng.randint(0, 59))
    amount = 0
    while not amount or amount in amounts:
        amount = round(lag(rng, median=17_000, sigma=0.75, most=140_000, least=2_400) / 25) * 2500
    amounts.add(amount)
    site = rng.choice(SITES).format(n=rng.randint(1, 24) * 50)
    created = closed - timedelta(days=rng.randint(12, 90), minutes=rng.randint(0, 400))
    deal = Document(
        "crm", "deals", str(rng.randint(10**10, 10**11 - 1)), day, amount, closed, account_id=company.entity_id, role="deal"
    )
    owner = rng.choice(("Tasha Greenwood", "Erik Halvorsen", "Nora Feeney"))
    deal.cells = {"stage": stage, "site": site, "owner": owner, "created": created.isoformat(), "core": company.core}
    deal.cells["name"] = f"{company.core}{f' {company.branch}' if company.branch else ''} - {site}"
    return deal


class FitOut:
    """Carries every won deal on, the way the people do: late, mistyped, twice or not at all."""

    def __init__(self, seed: int, world: World, deals: list[Document]) -> None:
        self.seed = seed
        self.companies = {one.entity_id: one for one in world.companies}
        self.deals = deals
        self.won = [one for one in deals if one.cells["stage"] == "Closed Won"]
        self.projects: list[Document] = []
        self.subtasks: list[Document] = []
        self.tickets: list[Document] = []
        self.jobs: list[Document] = []
        self.invoices: list[Document] = []
        self.truth: list[Carried] = []

    def _carry(
        self, handoff_id: str, sources: list[Document], missing: set[int], made: Callable[[Document], Document]
    ) -> list[Document]:
        """Make the target of every source; those not made yet on the day of the export are waiting."""
        targets = []
        rng = random.Random(f"{self.seed}/{handoff_id}/held")
        for at, source in enumerate(sources):
            if at in missing:
                self.truth.append(Carried(handoff_id, source, None, "missing"))
                continue
            target = made(source)
            if is_held(source.on, GRACE[handoff_id], rng) or is_waiting(source.on, target.on, GRACE[handoff_id]):
                self.truth.append(Carried(handoff_id, source, None, "waiting"))
                continue
            targets.append(target)
            self.truth.append(Carried(handoff_id, source, target, "found", basis=target.cells.get("basis", "")))
        return targets

    def found(self, handoff_id: str) -> list[Carried]:
        """Truth rows of one handoff that have both sides."""
        return [one for one in self.truth if one.handoff_id == handoff_id and one.status == "found"]

    def make_projects(self) -> None:
        """Dana copies a won deal into the project tracker."""
        rng = random.Random(f"{self.seed}/projects")

        def made(deal: Document) -> Document:
            at = later(
                deal.at or local_time(deal.on, 9, 0),
                lag(rng, median=1.3, sigma=0.75, most=4.9, least=0.05) * 1440,
                whole_minutes=True,
            )
            company = self.companies[deal.account_id]
            project = Document(
                "projects", "projects", str(rng.randint(1_200 * 10**12, 1_212 * 10**12)), local_day(at), deal.amount_minor
            )
            project.account_id, project.role, project.party = deal.account_id, "project", variants.full_name(company)
            has_id = rng.random() < 0.55
            project.cells = {
                "name": deal.cells["name"]
                if rng.random() < 0.7
                else f"{deal.cells['site']} ({variants.full_name(company)})",
                "notes": f"HubSpot deal {deal.record_id}\nContract signed, see Drive"
                if has_id
                else rng.choice(("", "Contract signed, see Drive", "Rush!")),
                "basis": "reference" if has_id else "account, amount and date",
            }
            return project

        missing = chosen(rng, self.won, 7, grace_days=GRACE["deal_to_project"])
        self.projects = self._carry("deal_to_project", self.won, missing, made)
        self._mistype(rng, "deal_to_project", transposed=7, factor=3, party=4)
        for project in self.projects:
            self.subtasks += self._subtasks(rng, project)

    def _subtasks(self, rng: random.Random, project: Document) -> list[Document]:
        tasks = []
        age = (AS_OF - project.on).days
        done_on = project.on + timedelta(days=rng.randint(35, 110))
        project.cells["completed"] = done_on.isoformat() if done_on < AS_OF and rng.random() < 0.9 else ""
        project.cells["section"] = (
            "Done" if project.cells["completed"] else rng.choice(("Planning", "In construction", "Punch list"))
        )
        project.cells["due"] = (project.on + timedelta(days=rng.randint(40, 120))).isoformat()
        for name in rng.sample(SUBTASKS, rng.choice((0, 0, 1, 1, 2))):
            task = Document(
                "projects",
                "tasks",
                str(rng.randint(1_200 * 10**12, 1_212 * 10**12)),
                project.on + timedelta(days=min(age, rng.randint(0, 6))),
            )
            task.role, task.account_id = "subtask", project.account_id
            task.cells = {
                "name": name,
                "parent": project.cells["name"],
                "completed": project.cells["completed"],
                "section": "",
                "notes": "",
                "due": "",
            }
            tasks.append(task)
        return tasks

    def make_tickets(self, register: Register) -> None:
        """Miguel opens a kick-off ticket for the client's contact."""
        rng = random.Random(f"{self.seed}/kickoff")
        everyone = register.stream("support", "users")
        by_account: dict[str, list[str]] = {}
        for user in everyone:
            by_account.setdefault(user.account_id, []).append(user.record_id)

        def made(deal: Document) -> Document:
            at = later(
                deal.at or local_time(deal.on, 9, 0),
                lag(rng, median=170, sigma=1.0, most=2.9 * 1440, least=3),
                whole_minutes=True,
            )
            company = self.companies[deal.account_id]
            ticket = Document(
                "support", "tickets", "", local_day(at), 0, at, account_id=deal.account_id, role="kick-off ticket"
            )
            ticket.party = rng.choice(by_account[deal.account_id])
            full = rng.random() < 0.75
            subject = f"Kick-off: {deal.cells['name']}" if full else f"New project {variants.full_name(company)}"
            ticket.cells = {
                "subject": subject,
                "organization": variants.full_name(company),
                "basis": "name" if full else "account and date",
            }
            return ticket

        missing = chosen(rng, self.won, 9, grace_days=GRACE["deal_to_ticket"])
        self.tickets = self._carry("deal_to_ticket", self.won, missing, made)
        named = [one for one in self.found("deal_to_ticket") if one.target and one.target.cells["basis"] == "name"]
        for row in rng.sample(named, 8):
            other = rng.choice(
                [one for one in by_account if one.startswith("C") and row.source and one != row.source.account_id]
            )
            if row.target:
                row.target.party, row.error_kind = rng.choice(by_account[other]), "party"
                row.target.cells["organization"] = variants.full_name(self.companies[other])

    def make_jobs(self) -> None:
        """Luis starts a line in the site log when a crew goes out."""
        rng = random.Random(f"{self.seed}/site-log")

        def made(project: Document) -> Document:
            start = project.on + timedelta(days=round(lag(rng, median=6, sigma=0.5, most=17, least=1)))
            company = self.companies[project.account_id]
            job = Document("site_log", "jobs", "", start, project.amount_minor, account_id=project.account_id, role="job")
            site = project.cells["name"].replace(f"({variants.full_name(company)})", "").split(" - ")[-1].strip()
            job.party = variants.company_name(company, rng, noise=0.7).text
            short = {"fit-out": "fitout", "Conference": "Conf.", "Suite": "Ste", "Reception": "reception", "Second": "2nd"}
            for word, other in short.items():
                site = site.replace(word, other) if rng.random() < 0.3 else site
            job.cells = {
                "name": f"{company.core} {site}",
                "foreman": rng.choice(FOREMEN),
                "address": company.place.street,
                "basis": "account, amount and date",
            }
            return job

        missing = chosen(rng, self.projects, 6, grace_days=GRACE["project_to_site_log"])
        self.jobs = self._carry("project_to_site_log", self.projects, missing, made)
        self.jobs.sort(key=lambda one: one.on)
        for number, job in enumerate(self.jobs, 1):
            job.record_id = job.number = f"HP-{job.on:%y}-{number:03d}"
        self._mistype(rng, "project_to_site_log", transposed=6, factor=3, party=0)

    def make_invoices(self, register: Register, *, unbilled: set[str]) -> None:
        """Grace re-types a won deal as an invoice; ``unbilled`` are companies that the ledger does not know."""
        rng = random.Random(f"{self.seed}/invoices")

        def made(deal: Document) -> Document:
            days = round(lag(rng, median=3, sigma=0.65, most=11.4, least=0.5))
            customer = rng.choice(register.of("ledger", "customers", deal.account_id))
            invoice = Document("ledger", "invoices", "", deal.on + timedelta(days=days), deal.amount_minor)
            invoice.party, invoice.account_id, invoice.role = customer.text("name"), deal.account_id, "deal invoice"
            draw = rng.random()
            invoice.cells["memo"] = (
                f"Deal {deal.record_id} {deal.cells['site']}" if draw < 0.35 else deal.cells["site"] if draw < 0.75 else ""
            )
            invoice.cells["basis"] = "reference" if draw < 0.35 else "account, amount and date"
            invoice.cells["terms"] = "30"
            return invoice

        must_miss = {at for at, one in enumerate(self.won) if one.account_id in unbilled}
        free = chosen(
            rng,
            self.won,
            31 - len(must_miss),
            grace_days=GRACE["deal_to_invoice"],
            allowed=lambda one: one.account_id not in unbilled,
        )
        self.invoices = self._carry("deal_to_invoice", self.won, must_miss | free, made)
        self._mistype(rng, "deal_to_invoice", transposed=8, factor=3, party=0)
        for row in rng.sample([one for one in self.found("deal_to_invoice") if not one.error_kind], 5):
            if row.target:
                twin = posted_twice(row.target, rng)
                self.invoices.append(twin)
                self.truth.append(
                    Carried("deal_to_invoice", None, twin, "extra", "double_posting", basis="same customer and amount")
                )

    def _mistype(self, rng: random.Random, handoff_id: str, *, transposed: int, factor: int, party: int) -> None:
        """Plant errors in targets; one whose amount is wrong keeps something else to be found by."""
        rows = rng.sample(self.found(handoff_id), transposed + factor + party)
        for at, row in enumerate(rows):
            source, target = row.source, row.target
            if source is None or target is None:
                continue
            if at < transposed:
                target.amount_minor, row.error_kind = variants.transposed(source.amount_minor, rng), "transposed"
            elif at < transposed + factor:
                target.amount_minor, row.error_kind = source.amount_minor * 10, "factor"
            else:
                others = [
                    one for one in self.companies.values() if one.group == "customer" and one.entity_id != source.account_id
                ]
                target.party, row.error_kind = variants.full_name(rng.choice(others)), "party"
            if target.stream == "invoices" and row.basis != "reference":
                target.cells["memo"] = source.cells["site"]
            if target.stream == "projects" and row.basis != "reference":
                row.basis = target.cells["basis"] = "reference"
                target.cells["notes"] = f"HubSpot deal {source.record_id}"


def posted_twice(invoice: Document, rng: random.Random) -> Document:
    """Return the same invoice entered a second time a few days later."""
    day = min(invoice.on + timedelta(days=rng.randint(1, 6)), AS_OF - timedelta(days=1))
    cells = {**invoice.cells, "twin": "yes"}
    return Document(
        "ledger",
        "invoices",
        "",
        day,
        invoice.amount_minor,
        party=invoice.party,
        account_id=invoice.account_id,
        role="double posting",
        cells=cells,
    )


def deal_cells(deal: Document, parent_id: str, parent_name: str) -> dict[str, str]:
    """Return the HubSpot cells of a deal."""
    is_open = deal.cells["stage"] not in {"Closed Won", "Closed Lost"}
    created = datetime.fromisoformat(deal.cells["created"])
    closed = deal.at.strftime("%Y-%m-%d %H:%M") if deal.at else ""
    if is_open and deal.at:
        closed = (max(deal.on, LAST_DAY) + timedelta(days=(deal.on - FIRST_DAY).days % 60 + 7)).strftime("%Y-%m-%d 00:00")
    return {
        "Record ID": deal.record_id,
        "Deal Name": deal.cells["name"],
        "Deal Stage": deal.cells["stage"],
        "Pipeline": "Fit-out Projects",
        "Amount": money(deal.amount_minor),
        "Close Date": closed,
        "Deal owner": deal.cells["owner"],
        "Create Date": created.strftime("%Y-%m-%d %H:%M"),
        "Last Activity Date": _activity(deal.on).isoformat(),
        "Associated Company (Primary)": parent_name,
        "Associated Company IDs (Primary)": parent_id,
    }


def _activity(day: date) -> date:
    return min(day + timedelta(days=1), AS_OF)
