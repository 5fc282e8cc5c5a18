"""A parallel run as its page, its workbook and its evidence tell it, in a client's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from toolkit.apply.imports.field_words import field_words
from toolkit.golive.compared_fields import MONEY
from toolkit.golive.comparing import Difference
from toolkit.golive.entries import Value
from toolkit.golive.items import VERDICT_WORDS, Item
from toolkit.golive.parallel_run import ParallelRun, Terms
from toolkit.golive.settling import NOW_WORDS, Settled
from toolkit.report.record_names import written_amount
from toolkit.values.counted import counted
from toolkit.values.written import day_text, sentence_text


@dataclass(frozen=True, slots=True)
class ComparedReading:
    """One reading of a list: of which side, when, which file holds it, with its hash; ``why`` says why it does not count."""

    side: str
    list: str
    at: datetime
    path: str
    sha256: str
    records: int
    why: str


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A parallel run: whose it is, what was agreed on, what came out, and which readings of which lists it rests on.

    ``lag`` says for how long entering by hand may take, and where that comes from.
    """

    client: str
    name: str
    label: str
    terms: Terms
    found: ParallelRun
    by_hand: str
    integrated: str
    labels: Mapping[str, str]
    lag: str
    compared: tuple[ComparedReading, ...]
    time_zone: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What of both lists does not count, and why; and what was explained to no effect, in sentences."""
        passed = [
            f"{one.list} as read on {self.moment(one.at)} does not count: {one.why}." for one in self.compared if one.why
        ]
        unused = [
            f"The explanation of {key} fits no discrepancy: mend or remove it under parallel_run.{self.name}.explained."
            for key in self.found.unused
        ]
        return (*passed, *unused)

    def moment(self, at: datetime) -> str:
        """Return when something was, in the client's zone."""
        local = at.astimezone(ZoneInfo(self.time_zone))
        return f"{day_text(local.date(), is_short=True)}, {local:%H:%M}"

    def side(self, name: str) -> str:
        """Return what a client calls a list."""
        system, _, stream = name.partition(".")
        return f"{self.labels.get(system, system)}, {stream.replace('_', ' ')}"

    @property
    def sentence(self) -> str:
        """Whether the exit rule is met, and why, in one sentence."""
        found, rule = self.found, self.terms.rule
        if found.decision.is_met:
            days = counted(len(found.decision.in_a_row), "working day")
            return sentence_text(f"The exit rule is met: {days} in a row under the limit of {agreed_percent(rule.limit)}.")
        return sentence_text(f"The exit rule is not met: {'; '.join(found.decision.obstacles)}.")

    @property
    def rate_sentence(self) -> str:
        """How much agrees, with its lower limit, in one sentence."""
        found = self.found
        if not found.count:
            return "Nothing could be compared yet."
        share = percent(found.agreeing / found.count)
        counts = f"{found.agreeing:,} of {counted(found.count, 'item')} agree ({share}, at least {percent(found.low)})"
        wrong = len(found.discrepancies)
        waiting = f", {len(found.waiting):,} may still come" if found.waiting else ""
        said = "no discrepancy" if not wrong else counted(wrong, "discrepancy", "discrepancies")
        return sentence_text(f"{counts}; {said}{waiting}.")


def percent(share: float) -> str:
    """Return a share in per cent; what rounds to all or to nothing is not called so.

    Examples
    --------
    >>> percent(0.9717), percent(0.9999), percent(1.0)
    ('97.2 %', '99.9 %', '100 %')
    """
    if share in {0.0, 1.0}:
        return f"{100 * share:.0f} %"
    return f"{min(max(round(100 * share, 1), 0.1), 99.9):.1f} %"


def agreed_percent(share: float) -> str:
    """Return a share that somebody agreed on, as it was said.

    Examples
    --------
    >>> agreed_percent(0.02), agreed_percent(0.005)
    ('2 %', '0.5 %')
    """
    return f"{100 * share:.6g} %"


def differing_field(name: str) -> str:
    """Return what a client calls a compared field."""
    return {"day": "date", "party": "customer or supplier"}.get(name) or field_words(name)


def value_text(field: str, value: Value, currency: str) -> str:
    """Return a value as people read it; empty where there is none.

    Parameters
    ----------
    field
        The compared field.
    value
        What stands there.
    currency
        Of the document, for amounts.
    """
    if value is None:
        return ""
    if field in MONEY and isinstance(value, int):
        return written_amount(value, currency)
    return day_text(value, is_short=True) if isinstance(value, date) else str(value)


def reason_text(item: Item) -> str:
    """Return why an item is no agreement: what is missing, or in what both differ and how.

    Parameters
    ----------
    item
        The item.
    """
    if not item.differences:
        return VERDICT_WORDS[item.verdict]
    return "; ".join(_difference_text(item, one) for one in item.differences)


def _difference_text(item: Item, one: Difference) -> str:
    left, right = (side[0].currency if side else "" for side in (item.by_hand, item.integrated))
    by_hand, made = value_text(one.field, one.by_hand, left), value_text(one.field, one.integrated, right)
    return f"{differing_field(one.field)}: “{by_hand}” by hand, “{made}” by the integration ({one.reason})"


def event_text(item: Item) -> str:
    """Return what an item is called: the number, the customer, the amount.

    Parameters
    ----------
    item
        The item.
    """
    one = (*item.by_hand, *item.integrated)[0]
    return ", ".join(part for part in (one.title, one.party, written_amount(one.amount, one.currency)) if part)


def became_text(event: Settled) -> str:
    """Return what became of a discrepancy since, and why somebody says that it is none.

    Parameters
    ----------
    event
        The discrepancy.
    """
    explained = f"explained: {event.explained}" if event.explained else ""
    return "; ".join(part for part in (NOW_WORDS[event.became], explained) if part)
