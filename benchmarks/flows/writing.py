"""A client's lists as files, and what engagement.yaml says of them."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clients.places import PLACES, TRADES, Firm, firms, typed
from benchmarks.clients.written import Table, day, moment, money, write_tables
from benchmarks.flows import first, second
from benchmarks.flows.lists import KINDS, PAIRS, Flow, Item, Setting, drawn_flow

GENERATORS: dict[str, Any] = {"first": first, "second": second}
_FIELDS = {
    "number": "No", "party_name": "Customer", "amount_minor": "Total", "created_at": "Entered", "reference": "Your ref",
    "description": "Text", "name": "Title", "status": "Stage", "closed_at": "Closed", "issued_on": "Date",
    "created_by": "Entered by", "paid_at": "Paid", "opened_at": "Called in", "completed_at": "Finished",
}  # fmt: skip
_EVENT = {"deal": "closed_at", "payment": "paid_at", "ticket": "opened_at"}
_TITLED = frozenset({"deal", "project", "ticket"})


Listed = tuple[Table, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Client:
    """A client whose flows are known."""

    number: int
    as_of: date
    setting: Setting
    flows: list[Flow]
    tables: list[Table]
    settings: dict[str, Any]
    lists: dict[tuple[str, str], Listed]

    def rows_of(self, flow: Flow, items: list[Item], side: str) -> list[dict[str, str]]:
        """Return rows as written, by canonical column.

        Parameters
        ----------
        flow, items, side
            Which rows of which of its two lists, ``l`` or ``r``.
        """
        table, fields = self.lists[flow.flow_id, side]
        places = {id(one): at for at, one in enumerate(flow.sources if side == "l" else flow.targets)}
        own = {name: table.header.index(head) for name, head in {**fields, "record_id": "No"}.items()}
        return [{name: table.rows[places[id(one)]][at] for name, at in own.items()} for one in items]

    def write(self, folder: Path) -> None:
        """Write exports and settings."""
        write_tables(self.tables, folder / "exports")
        text = json.dumps(self.settings, indent=1, ensure_ascii=False)
        (folder / "engagement.yaml").write_text(text, encoding="utf-8")


def client(generator: str, seed: int, number: int) -> Client:
    """Return one client, always the same for the same generator, seed and number; its kinds are drawn evenly."""
    rng = np.random.default_rng([seed, number, len(generator)])
    place = PLACES[int(rng.integers(len(PLACES)))]
    count = int(rng.integers(8, 15))
    months, month = [], date(2025, 1 + int(rng.integers(0, 9)), 1)
    for _ in range(count):
        after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        months.append(((month - date(1970, 1, 1)).days, (after - date(1970, 1, 1)).days))
        month = after
    known = firms(place, int(rng.integers(120, 260)), 1, set(), rng)
    setting = Setting(place, months, known, str(rng.choice(list(TRADES))))
    kinds = [*rng.permutation(np.repeat(KINDS, len(PAIRS) // len(KINDS)))]
    found = Client(number, month - timedelta(days=1), setting, [], [], {
        "client": f"Invented {number}", "currency": place.currency, "country": place.code, "time_zone": place.zone,
        "as_of": str(month - timedelta(days=1)), "systems": {}, "handoffs": {},
    }, {})  # fmt: skip
    for at, (entities, kind) in enumerate(zip(PAIRS, kinds, strict=True)):
        habit = GENERATORS[generator].habit(str(kind), rng)
        flow = drawn_flow(setting, f"flow_{chr(97 + at)}", entities, habit, rng)
        found.flows.append(flow)
        _add(found, flow, at, rng)
    return found


def _add(found: Client, flow: Flow, at: int, rng: np.random.Generator) -> None:
    own = [str(rng.choice(["full", "core", "loose"])) for _ in "lr"]
    names_l = {firm.number: typed(firm, own[0], rng) for firm in found.setting.firms}
    names_r = {firm.number: typed(firm, own[1] if own[1] != "loose" else "core", rng) for firm in found.setting.firms}
    # A few systems, each with several lists.
    system_l, system_r = f"front{at % 4}", f"back{at % 3}"
    habit = flow.habit
    for side, system, entity, rows, clock in (
        ("l", system_l, flow.entity_l, flow.sources, habit.clock_l),
        ("r", system_r, flow.entity_r, flow.targets, habit.clock_r),
    ):
        stream = f"{flow.flow_id}_{side}"
        has_by = side == "r" and bool(habit.entered_by)
        path = f"{system}/{stream}.csv"
        if entity == "party":
            table, described = _parties(flow, rows, stream, path, clock, has_by=has_by)
        else:
            table, described = _documents(found.setting.place.places, flow, rows, stream, path, clock, has_by=has_by)
        for one, row in zip(rows, table.rows, strict=True):
            place = table.header.index("Customer")
            row[place] = _name(one, habit.names, side, names_l, names_r, rng)
        found.tables.append(table)
        found.lists[flow.flow_id, side] = (table, described["fields"])
        found.settings["systems"].setdefault(system, {"connector": "table", "category": "other", "streams": {}})
        found.settings["systems"][system]["streams"][stream] = described
    found.settings["handoffs"][flow.flow_id] = {
        "from": f"{system_l}.{flow.flow_id}_l", "to": f"{system_r}.{flow.flow_id}_r",
        "trigger": "status_change" if flow.entity_l == "deal" else "record_created", "grace_days": 30,
    }  # fmt: skip


def _name(  # noqa: PLR0917 - both books of names
    one: Item, habit: str, side: str, names_l: dict[int, str], names_r: dict[int, str], rng: np.random.Generator
) -> str:
    if side == "l" or habit == "same":
        return names_l[one.firm.number]
    return names_r[one.firm.number] if habit == "own list" or rng.random() < 0.8 else typed(one.firm, "loose", rng)


def _when(at: int, clock: str) -> str:
    if clock == "days":
        return day(at)
    if clock == "seconds":
        return moment(at, "%Y-%m-%d %H:%M:%S")
    step = {"minutes": 60, "quarters": 900, "hours": 3600}[clock]
    return moment(at // step * step)


def _documents(  # noqa: PLR0917 - what a list is written from
    places: int, flow: Flow, rows: list[Item], stream: str, path: str, clock: str, *, has_by: bool
) -> tuple[Table, dict[str, Any]]:
    entity = flow.entity_l if stream.endswith("_l") else flow.entity_r
    names = ["number", "party_name", "amount_minor", "created_at", "reference"]
    names += ["name"] if entity in _TITLED else ["description"]
    names += [_EVENT[entity]] if entity in _EVENT else []
    names += ["completed_at"] if (flow.entity_l, flow.entity_r) == ("project", "invoice") and entity == "project" else []
    names += ["status"] if entity == "deal" else []
    names += ["issued_on"] if entity in {"invoice", "bill", "quote"} else []
    names += ["created_by"] if has_by else []
    cells = [
        [_cell(name, one, clock, places) for name in names]
        for one in rows
    ]  # fmt: skip
    described: dict[str, Any] = {
        "entity": entity, "file": [path.rsplit("/", 1)[1]], "key": ["No"], "fields": {name: _FIELDS[name] for name in names},
        "decimal_sign": ".", **({"statuses": {"Won": "won"}} if entity == "deal" else {}),
    }  # fmt: skip
    return Table(path, [_FIELDS[name] for name in names], cells), described


def _cell(name: str, one: Item, clock: str, places: int) -> str:
    if name == "amount_minor":
        return money(one.net, places)
    if name == "issued_on":
        return day(one.at)
    if name in {"created_at", "completed_at", *_EVENT.values()}:
        return _when(one.at, clock)
    return {
        "number": one.number, "reference": one.reference, "description": one.title, "name": one.title, "status": "Won",
        "created_by": one.by, "party_name": "",
    }[name]  # fmt: skip


def _parties(
    flow: Flow, rows: list[Item], stream: str, path: str, clock: str, *, has_by: bool
) -> tuple[Table, dict[str, Any]]:
    fields = {"name": "Customer", "phone": "Phone", "email": "E-mail", "city": "Town", "created_at": "Entered"}
    fields |= {"created_by": "Entered by"} if has_by else {}
    is_copy = flow.habit.names == "same" or stream.endswith("_l")
    cells = [
        [one.number, "", _phone(one.firm, is_same=is_copy), _mail(one, flow, is_source=stream.endswith("_l")), one.firm.town,
         _when(one.at, clock), *([one.by] if has_by else [])]
        for one in rows
    ]  # fmt: skip
    described = {
        "entity": "party", "file": [path.rsplit("/", 1)[1]], "key": ["No"], "fields": fields, "roles": ["customer"],
        "kind": "company",
    }  # fmt: skip
    return Table(path, ["No", *fields.values()], cells), described


def _phone(firm: Firm, *, is_same: bool) -> str:
    return firm.phone if is_same else firm.phone.replace(" ", "").replace("-", "")


def _mail(one: Item, flow: Flow, *, is_source: bool) -> str:
    """Return the address; what people type has a slip as often as their amounts do."""
    mail = f"office@{one.firm.domain}"
    is_slip = not is_source and (one.at // 60) % 1000 < flow.habit.error_rate * 1000
    return mail.replace("office", "ofice") if is_slip else mail
