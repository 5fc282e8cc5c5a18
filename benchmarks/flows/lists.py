"""What a flow is: a list, the list that it should arrive in, how it arrives, and what is true of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from benchmarks.clients.chance import DAY_S, Floats, Ints, instants
from benchmarks.clients.places import TRADES, Firm, Place
from benchmarks.clients.slips import slipped_amount

KINDS = ("by_hand", "by_file", "by_automation", "not_at_all")
PAIRS = (
    ("deal", "invoice"), ("order", "invoice"), ("order", "order"), ("payment", "payment"), ("project", "project"),
    ("quote", "order"), ("bill", "bill"), ("ticket", "project"), ("party", "party"), ("deal", "project"), ("party", "party"),
    ("project", "invoice"),
)  # fmt: skip
"""Entities of the flows of each client, in turn."""

_DRAWS = 20_000

Arrive = Callable[[Ints, np.random.Generator], Ints]


@dataclass(frozen=True, slots=True)
class Habit:
    """How one flow works.

    ``arrive`` gives when items of some instants, in order, are entered; it draws its own schedule, so that a second call is
    another history of the same flow. ``clock`` is ``seconds``, ``minutes``, ``quarters`` or ``days``, of source and target.
    ``people`` are those who enter by hand or send the file; ``entered_by`` is what ``created_by`` says, empty where the list
    has no such column. ``by_hand_share`` of an automated flow is entered by ``people`` after all, by ``arrive_by_hand``.
    """

    kind: str
    arrive: Arrive
    clock_l: str
    clock_r: str
    entered_by: tuple[str, ...]
    reference_share: float
    text: str
    names: str
    error_rate: float
    missing_rate: float
    per_month: float
    is_by_people: bool
    by_hand_share: float = 0.0
    arrive_by_hand: Arrive | None = None
    people: tuple[str, ...] = ()


@dataclass(slots=True)
class Item:
    """One row of a list: when it was entered, whose it is, its amount in minor units, its words, and what it came from."""

    number: str
    at: int
    firm: Firm
    net: int
    title: str
    reference: str = ""
    by: str = ""
    is_wrong: bool = False
    source: str = ""


@dataclass(slots=True)
class Flow:
    """A flow with its rows and its truth; ``seed`` draws further histories of the same habit."""

    flow_id: str
    entity_l: str
    entity_r: str
    habit: Habit
    sources: list[Item] = field(default_factory=list)
    targets: list[Item] = field(default_factory=list)
    seed: int = 0

    @property
    def is_of_parties(self) -> bool:
        """Whether customers are carried, not documents."""
        return self.entity_l == "party"

    def waits(self, setting: "Setting", unit: str) -> Floats:
        """Return the waits of the population, over many histories: in days by date, or in minutes by the clock."""
        rng = np.random.default_rng(self.seed)
        count = max(40, round(_DRAWS / max(len(self.sources), 1)))
        drawn = [_history(setting, self.habit, rng) for _ in range(count)]
        began, ended = (np.concatenate([one[side] for one in drawn]) for side in (0, 1))
        if unit == "days":
            return (ended // DAY_S - began // DAY_S).astype(np.float64)
        return (ended - began) / 60

    def volume(self, as_of: date) -> float | None:
        """Return the median number of items in the last six full months; null where no month is full."""
        epoch = date(1970, 1, 1)
        counted = Counter((epoch + timedelta(days=one.at // DAY_S)).replace(day=1) for one in self.sources)
        if not counted:
            return None
        month, full = min(counted), []
        while (after := (month.replace(day=28) + timedelta(days=4)).replace(day=1)) <= as_of + timedelta(days=1):
            full.append(month)
            month = after
        return float(np.median([counted[one] for one in full[-6:]])) if full else None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when: the country, months as first and last day, the client's firms, and how names are typed elsewhere."""

    place: Place
    months: list[tuple[int, int]]
    firms: list[Firm]
    trade: str

    @property
    def end(self) -> int:
        """The instant after the last day."""
        return self.months[-1][1] * DAY_S


def drawn_flow(setting: Setting, flow_id: str, entities: tuple[str, str], habit: Habit, rng: np.random.Generator) -> Flow:
    """Return a flow with its rows and its truth.

    Parameters
    ----------
    setting
        Of the client.
    flow_id, entities
        Name of the flow, and what its two lists hold.
    habit
        How it works.
    rng
        Where chance comes from.
    """
    flow = Flow(flow_id, *entities, habit)
    at, firms = _whose(setting, flow, rng)
    flow.sources = [
        _item(setting, f"{_letters(flow_id)}{1000 + n}", int(one), setting.firms[int(firm)], rng)
        for n, (one, firm) in enumerate(zip(at, firms, strict=True))
    ]
    if habit.kind == "not_at_all":
        flow.targets = _strangers(setting, flow, rng)
        return flow
    flow.targets = _carried(setting, flow, rng)
    flow.seed = int(rng.integers(2**31))
    return flow


def _whose(setting: Setting, flow: Flow, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return when rows come to be, and which firm each is about: a list of customers has each once."""
    at, count = _began(setting, flow.habit, rng), len(setting.firms)
    if not flow.is_of_parties:
        return at, rng.integers(0, count, len(at))
    at = np.sort(rng.permutation(at)[:count])
    return at, rng.permutation(count)[: len(at)]


def _letters(flow_id: str) -> str:
    return flow_id.rsplit("_", 1)[-1].upper() + "-"


def _began(setting: Setting, habit: Habit, rng: np.random.Generator) -> Ints:
    counts = rng.poisson(np.full(len(setting.months), habit.per_month))
    return instants(setting.months, counts, rng, by_people=habit.is_by_people)


def _item(setting: Setting, number: str, at: int, firm: Firm, rng: np.random.Generator) -> Item:
    value = float(np.exp(np.log(900) + 0.9 * rng.standard_normal()))
    net = max(int(round(value, 2 if rng.random() < 0.7 else 0) * 10**setting.place.places), 100)
    word = str(rng.choice(TRADES[setting.trade]))
    title = f"{word.capitalize()} {firm.core}" if rng.random() < 0.7 else f"{word.capitalize()}, {firm.town}"
    return Item(number, at, firm, net, title)


def _history(setting: Setting, habit: Habit, rng: np.random.Generator) -> tuple[Ints, Ints]:
    at = _began(setting, habit, rng)
    return at, _arrivals(habit, at, rng)[0]


def _arrivals(habit: Habit, at: Ints, rng: np.random.Generator) -> tuple[Ints, np.ndarray]:
    """Return when items arrive, and which of them people entered after all."""
    entered = habit.arrive(at, rng)
    is_by_hand = np.zeros(len(at), dtype=bool)
    if habit.arrive_by_hand is not None:
        is_by_hand = rng.random(len(at)) < habit.by_hand_share
        entered = np.where(is_by_hand, habit.arrive_by_hand(at, rng), entered)
    return entered, is_by_hand


def _carried(setting: Setting, flow: Flow, rng: np.random.Generator) -> list[Item]:
    habit = flow.habit
    at = np.array([one.at for one in flow.sources], dtype=np.int64)
    entered, is_by_hand = _arrivals(habit, at, rng)
    found = []
    for place in np.argsort(entered, kind="stable").tolist():
        source, late = flow.sources[place], int(entered[place])
        if rng.random() < habit.missing_rate or late >= setting.end:
            continue
        typed = bool(is_by_hand[place])
        found.append(_entered(setting, flow, source, late, len(found), rng, is_typed=typed))
    return found


def _entered(  # noqa: PLR0917 - what it is entered from
    setting: Setting, flow: Flow, source: Item, at: int, n: int, rng: np.random.Generator, *, is_typed: bool
) -> Item:
    habit = flow.habit
    net, is_wrong = source.net, bool(rng.random() < habit.error_rate) and not flow.is_of_parties
    if is_wrong:
        net = slipped_amount(net, str(rng.choice(["transposed", "digit", "factor"])), setting.place.places, rng)
    quotes = rng.random() < habit.reference_share
    by = habit.people if is_typed and habit.people else habit.entered_by
    words = habit.text if not is_typed else "typed"
    return Item(
        f"{_letters(flow.flow_id)[0]}X{40_000 + n}", at, source.firm, net, written_words(source, words, rng),
        source.number if quotes else "", str(rng.choice(by)) if by else "", is_wrong=is_wrong, source=source.number,
    )  # fmt: skip


def written_words(source: Item, habit: str, rng: np.random.Generator) -> str:
    """Return what the target says of an item: ``same``, by a ``template``, ``pasted`` at times or ``typed`` anew."""
    if habit == "same":
        return source.title
    if habit == "template":
        return f"{source.number} {source.title}"
    if habit == "none":
        return ""
    kind = rng.random() + (0.0 if habit == "pasted" else 0.6)
    if kind < 0.75:
        return source.title
    if kind < 1.1:
        return source.title.split(",")[0].lower()
    return source.title.split(" ", maxsplit=1)[0] if kind < 1.35 else f"{source.title} {source.firm.town}"


def _strangers(setting: Setting, flow: Flow, rng: np.random.Generator) -> list[Item]:
    """Return rows of a list that nothing of the source arrives in: other business with some of the same firms."""
    habit = flow.habit
    at, firms = _whose(setting, flow, rng)
    found = []
    for n, (one, firm) in enumerate(zip(at, firms, strict=True)):
        if flow.is_of_parties and rng.random() > habit.reference_share:
            continue
        item = _item(setting, f"{_letters(flow.flow_id)[0]}X{40_000 + n}", int(one), setting.firms[int(firm)], rng)
        item.by = str(rng.choice(habit.entered_by)) if habit.entered_by else ""
        found.append(item)
    return found
