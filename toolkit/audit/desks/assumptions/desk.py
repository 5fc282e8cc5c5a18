"""The desk of ``edit_assumptions``: inputs are tried, the business case answers at once, and is saved when asked.

What is tried is the page's: every question carries all of it, so that a page and a desk cannot disagree, and two pages on
one desk do not disturb each other. Nothing is written before somebody asks for it.
"""

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from toolkit.audit.case_inputs import CaseBasis, case_basis, case_terms, given_terms
from toolkit.audit.desks.assumptions.measured_from import measured_from, snapshots_hash
from toolkit.audit.desks.assumptions.rows import InputRow, input_rows, settable_place, tried_settings
from toolkit.audit.desks.assumptions.still import still_html
from toolkit.audit.desks.given import given_text
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.desks.settings_file import Edit, FileState, SettingsFile, value_at
from toolkit.audit.engagement import Engagement
from toolkit.audit.records import engagement_records
from toolkit.audit.runs import run_stages
from toolkit.errors import InputError
from toolkit.roi.advice_tables import Money
from toolkit.roi.portfolio import TOTAL
from toolkit.roi.what_if import CaseBands, WhatIf, what_if
from toolkit.settings import Settings
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

SCREEN = "edit_assumptions"
_TRIALS = 5000
_MOST_TRIED = 200
_MAX_NAME = 80
_MOVED_SHOWN = 12
_SEEN_KNOWN = 20
_OUTDATED = (
    "The handoffs, or what was read of the systems, are others than when this screen was opened. What was measured is "
    "counted as it was then."
)


def edit_assumptions(engagement: Engagement, *, reviewer: str = "", trials: int = _TRIALS) -> "Screen":
    """Return the screen on which inputs of the business case are tried and saved.

    Parameters
    ----------
    engagement
        With snapshots and an ``engagement.yaml``.
    reviewer
        Who says what is saved; without, who is signed in to this machine.
    trials
        Size of the simulation behind the ranges, from 500 to 20,000: the report has 20,000.

    Raises
    ------
    InputError
        There is no ``engagement.yaml``, or what draws screens is not installed.
    SnapshotMissingError
        Nothing has been pulled yet.
    """
    return opened_screen(SCREEN, AssumptionsDesk(engagement, reviewer=reviewer, trials=trials))


@dataclass(frozen=True, slots=True)
class Tried:
    """One input as somebody tries it: low, likely and high; the reason where it goes against what was measured."""

    place: str
    name: str
    low: float
    likely: float
    high: float
    reason: str = ""


class AssumptionsDesk:
    """The inputs of one engagement, and the business case that follows from them."""

    def __init__(self, engagement: Engagement, *, reviewer: str = "", trials: int = _TRIALS) -> None:
        if not 500 <= trials <= 20_000:
            raise InputError(f"trials={trials} is too few or too many: between 500 and 20,000.")
        self._file = SettingsFile(engagement, person=reviewer_name(reviewer), screen=SCREEN)
        engagement.reread()
        # Other screens of this kernel may read the file anew meanwhile: what is measured here rests on one reading of it.
        self._engagement = replace(engagement)
        run = run_stages(self._engagement, "roi")
        records = engagement_records(self._engagement)
        self._basis: CaseBasis = case_basis(self._engagement.settings, run, lambda: records.documents)
        self._measured_from = measured_from(self._engagement, self._engagement.settings)
        self._trials = trials
        # One question at a time works with what was worked out last; the numbers do not depend on it.
        self._working = threading.Lock()
        self._last: WhatIf | None = None
        # The file as pages were shown it.
        self._seen: dict[str, FileState] = {}

    def first(self) -> dict[str, Any]:
        """Return the inputs and the case as they are saved."""
        return self._shown()

    def questions(self) -> Mapping[str, Answer]:
        """Return what a page may ask."""
        return {
            "try": self.tried,
            "save": self.save,
            "since": self.since,
            "undo": self.undo,
            "redo": self.redo,
            "all": self.first,
        }

    def still(self) -> str:
        """Return the saved state as HTML."""
        state = self._file.now()
        outdated = self._outdated(state)
        return still_html(self._rows(state.settings), self._case(self._worked(state.settings)), state.settings, outdated)

    def tried(self, *, tried: object) -> dict[str, Any]:
        """Return the case at the values tried, and what of the inputs changes with them.

        Parameters
        ----------
        tried
            All that is tried: place, name, low, likely, high, and perhaps a reason.
        """
        wanted = _read_tried(tried)
        state = self._file.now()
        settings = tried_settings(state.settings, [(one.place, one.name, one.low, one.likely, one.high) for one in wanted])
        return {"version": self._version(state.version), "case": self._case(self._worked(settings))}

    def save(self, *, tried: object, version: object, who: object = "") -> dict[str, Any]:
        """Write what is tried into ``engagement.yaml``, with evidence ``interview``, who said so, and today's day.

        Parameters
        ----------
        tried
            All that is tried; only this is written.
        version
            What the page shows: where one of these inputs is another since, nothing is written.
        who
            Who said so; the reviewer without.
        """
        wanted = _read_tried(tried)
        if not wanted:
            raise InputError("Nothing is tried: there is nothing to save.")
        state = self._file.now()
        # The whole is checked as the file would be.
        tried_settings(state.settings, [(one.place, one.name, one.low, one.likely, one.high) for one in wanted])
        rows = {(row.place, row.name): row for row in self._rows(state.settings)}
        self._refuse_unreasoned(wanted, rows)
        self._refuse_overtaken(wanted, str(version), state, rows)
        said_by = " ".join(given_text("name of who said so", who, longest=_MAX_NAME).split())
        person = said_by or self._file.person
        edits = []
        for one in wanted:
            keys = settable_place(one.place, one.name)
            after = int(one.likely) if one.name == "horizon_months" else _figure(one, person)
            edits.append(Edit(keys, value_at(state.tree, keys), after))
        words = rows[wanted[0].place, wanted[0].name].words
        said = words if len(wanted) == 1 else f"{words} and {len(wanted) - 1} more"
        self._file.change(said, edits)
        return self._shown()

    def undo(self) -> dict[str, Any]:
        """Take back what was saved last."""
        said = self._file.undo()
        return {**self._shown(), "said": said}

    def redo(self) -> dict[str, Any]:
        """Save again what was taken back."""
        said = self._file.redo()
        return {**self._shown(), "said": said}

    def since(self, *, version: object) -> dict[str, Any] | None:
        """Return everything anew where something else stands than the page knows; nothing where it is the same."""
        return None if self._version(self._file.version()) == version else self._shown()

    def _refuse_unreasoned(self, wanted: Sequence[Tried], rows: Mapping[tuple[str, str], InputRow]) -> None:
        for one in wanted:
            row = rows.get((one.place, one.name))
            if row is None or not row.is_settable:
                raise InputError(f"{one.name!r} of {one.place!r} cannot be set here.")
            if row.evidence == "measured" and not one.reason.strip():
                raise InputError(
                    f"{row.words.capitalize()} was measured ({row.source or 'counted in the snapshots'}). Say why another "
                    "value is better, or reset it. Nothing was saved."
                )

    def _refuse_overtaken(
        self, wanted: Sequence[Tried], version: str, now: FileState, rows: Mapping[tuple[str, str], InputRow]
    ) -> None:
        """Refuse to write over what the page did not show: another value, or the same from somebody else."""
        with self._working:
            seen = self._seen.get(version)
        if seen is None:
            raise InputError("engagement.yaml was changed meanwhile. Look at it as it is now, and save again.")
        for one in wanted:
            keys = settable_place(one.place, one.name)
            if value_at(seen.tree, keys) != value_at(now.tree, keys):
                row = rows[one.place, one.name]
                raise InputError(
                    f"{row.words} was changed meanwhile, to {_standing(row)}. Nothing was saved. Look at it, and decide "
                    "again."
                )

    def _version(self, of_file: str) -> str:
        return f"{of_file}:{snapshots_hash(self._engagement)}"

    def _outdated(self, state: FileState) -> str:
        """Return that what was measured is not what would be measured now; empty where it is."""
        return "" if measured_from(self._engagement, state.settings) == self._measured_from else _OUTDATED

    def _shown(self) -> dict[str, Any]:
        state: FileState = self._file.now()
        done, undone = self._file.steps()
        version, rows = self._version(state.version), self._rows(state.settings)
        with self._working:
            if len(self._seen) > _SEEN_KNOWN:
                self._seen.pop(next(iter(self._seen)))
            self._seen[version] = state
        return {
            "version": version,
            "outdated": self._outdated(state),
            "client": state.settings.client,
            "currency": state.settings.currency,
            "person": self._file.person,
            "horizon": state.settings.rates.horizon_months,
            "trials": self._trials,
            "places": self._places(state.settings),
            "rows": [row.shown() for row in rows],
            "case": self._case(self._worked(state.settings)),
            "undo": done[-1].said if done else "",
            "redo": undone[-1].said if undone else "",
        }

    def _places(self, settings: Settings) -> list[dict[str, Any]]:
        found = [{"id": TOTAL, "label": "All handoffs", "is_proposed": False}]
        for one in self._basis.handoffs:
            given = settings.handoffs.get(one["handoff_id"])
            label = (given.label if given else "") or one["label"]
            found.append({"id": one["handoff_id"], "label": label, "is_proposed": given is None})
        return found

    def _rows(self, settings: Settings) -> list[InputRow]:
        return input_rows(self._money(settings), settings, [one["handoff_id"] for one in self._basis.handoffs])

    def _money(self, settings: Settings) -> Money:
        terms = replace(case_terms(settings.rates), trials=self._trials)
        return Money(self._basis.inputs(settings), self._basis.shared(settings.rates), settings.currency, terms)

    def _worked(self, settings: Settings) -> WhatIf:
        with self._working:
            self._last = what_if(
                self._money(settings),
                before=self._last,
                given_terms=given_terms(settings.rates),
                not_compared=self._basis.not_compared,
            )
            return self._last

    def _case(self, worked: WhatIf) -> dict[str, Any]:
        return {
            "sums": {name: _bands(one) for name, one in worked.cases.items() if name not in worked.worked},
            "handoffs": [
                {
                    "id": one.handoff_id,
                    "decision": one.decision,
                    "reason": one.reason,
                    **_bands(worked.cases[one.handoff_id]),
                    "lacking": [*one.lacking],
                }
                for one in worked.choices
            ],
            "missing": [*worked.missing],
            "moved": [
                {"place": one.handoff_id, "name": one.name, "low": one.at_low, "high": one.at_high}
                for one in worked.moved[:_MOVED_SHOWN]
            ],
            "moved_result": worked.moved_result,
            "moved_middle": _number(worked.moved_middle),
        }


def _bands(one: CaseBands) -> dict[str, Any]:
    names = ("cost_now", "net_saving", "hours_now", "one_time", "npv", "payback_months")
    found: dict[str, Any] = {
        name: None if (own := getattr(one, name)) is None else [own.p10, own.p50, own.p90] for name in names
    }
    return {**found, "npv_positive": one.npv_positive, "payback_within_12_months": one.payback_within_12_months}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _figure(one: Tried, person: str) -> dict[str, Any]:
    """Return an input as ``engagement.yaml`` keeps it."""
    value = one.likely if one.low == one.high else [one.low, one.likely, one.high]
    reason = {"source": " ".join(one.reason.split())} if one.reason.strip() else {}
    return {"value": value, "evidence": "interview", "who": person, "on": _today(), **reason}


def _today() -> date:
    # The day where the consultant sits, as a person would write it.
    return datetime.now().astimezone().date()


def _standing(row: InputRow) -> str:
    """Return what stands for an input, as a sentence can say it."""
    numbers = [one for one in (row.low, row.likely, row.high) if one is not None]
    if not numbers:
        return "nothing"
    return f"{' / '.join(f'{one:g}' for one in numbers)} ({', '.join(filter(None, (row.evidence, row.who)))})"


def _read_tried(given: object) -> list[Tried]:
    """Return what a page tries; whatever else it sends is refused in a sentence."""
    if not isinstance(given, list) or len(given) > _MOST_TRIED:
        raise InputError(f"At most {_MOST_TRIED} inputs can be tried at once.")
    found = []
    for one in given:
        if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("place", "name")):
            raise InputError("An input is told by its place and name.")
        numbers: list[Any] = [one.get(key) for key in ("low", "likely", "high")]
        if not all(isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each) for each in numbers):
            raise InputError(f"{one['name'].replace('_', ' ').capitalize()} needs a number: low, likely and high.")
        reason = one.get("reason", "")
        if not isinstance(reason, str) or len(reason) > 300:
            raise InputError("A reason is a text of at most 300 characters.")
        low, likely, high = (float(each) for each in numbers)
        found.append(Tried(one["place"], one["name"], low, likely, high, reason))
    if len({(one.place, one.name) for one in found}) < len(found):
        raise InputError("An input is tried twice at once.")
    return found
