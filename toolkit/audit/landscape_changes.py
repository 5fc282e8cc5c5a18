"""What the answers in a systems-and-handoffs workbook change in the settings: nothing is guessed, nothing is taken out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.landscape_known import Landscape, side_parts
from toolkit.audit.landscape_sides import Sides, measured_values, sides_of
from toolkit.audit.pull.sources import connectors
from toolkit.files.header import normal_name
from toolkit.files.landscape_workbook import LandscapeAnswers
from toolkit.settings import EstimateSettings, Settings

_SYSTEM_KEYS = (
    "category", "product", "is_informal", "process", "owner", "users", "cost_per_month", "tier", "data_in", "data_out",
    "moved_by", "note",
)  # fmt: skip
_PERSON_KEYS = ("role", "department", "systems", "note")
_HANDOFF_KEYS = ("label", "by", "trigger", "carrier", "note")
# What the files measure counts more than what somebody remembers.
_MEASURED = {
    "volume_per_month": "times per month",
    "error_rate": "of the items with an error",
    "delay_days": "days of delay",
}
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One setting: where it stands, what it is, what it would be."""

    keys: tuple[str, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change, what could not be taken, and what a person should know."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def landscape_changes(engagement: Engagement, settings: Settings, known: Landscape, answers: LandscapeAnswers) -> Changes:
    """Return what ``answers`` say beyond what is known."""
    found = _Found(settings, known, measured_values(engagement))
    found.take_systems(answers.systems)
    found.take_handoffs(answers.handoffs)
    found.take_people(answers.people)
    return Changes(tuple(found.changes), tuple(found.problems), tuple(found.notes))


def setting_name(text: str, taken: Iterable[str]) -> str:
    """Return a name for ``engagement.yaml`` made of what a client calls something; never one of ``taken``.

    Examples
    --------
    >>> setting_name("Site log (Luis)", ["crm"]), setting_name("CRM", ["crm"]), setting_name("顧客", [])
    ('site_log_luis', 'crm_2', 'unnamed')
    """
    used = set(taken)
    wanted = _SLUG.sub("_", text.casefold()).strip("_")[:50].strip("_") or "unnamed"
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}_{number}", number + 1
    return name


@dataclass(slots=True)
class _Found:
    """Changes, problems and notes while the rows are looked at."""

    settings: Settings
    known: Landscape
    measured: Mapping[str, Mapping[str, float | None]]
    changes: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    systems: dict[str, str] = field(default_factory=dict)

    def take_systems(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Systems are told by their name; one that nobody knows yet is added."""
        by_name = _by(self.known.systems, "name") | _by(self.known.systems, "setting")
        self.systems = {name: one["setting"] for name, one in by_name.items()}
        names = {one["setting"] for one in self.known.systems}
        seen: set[str] = set()
        for row in rows:
            name = _one_line(row["name"])
            if not name or name.casefold() in seen:
                continue
            seen.add(name.casefold())
            given = by_name.get(name.casefold())
            setting = given["setting"] if given else setting_name(name, names)
            names.add(setting)
            self.systems[name.casefold()] = setting
            said = self._said(("systems", setting), given or {}, row, _SYSTEM_KEYS)
            if setting not in self.settings.systems and (said or given is None):
                self._add(("systems", setting, "connector"), self._connector(setting, row))
                if given is None and setting != name:
                    self._add(("systems", setting, "label"), name)
            self.changes += said
        self._note_left_out("System", "systems", self.known.systems, {self.systems[name] for name in seen})

    def take_handoffs(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Handoffs are told by our reference, else by their label."""
        by_id, by_label = _by(self.known.handoffs, "handoff_id"), _by(self.known.handoffs, "label")
        names = {one["setting"] for one in self.known.handoffs}
        kept: list[str] = []
        before = len(self.changes)
        for row in rows:
            label = _one_line(row["label"])
            given = by_id.get((row["handoff_id"] or "").casefold()) or by_label.get((label or "").casefold())
            if given is not None and given["setting"] in kept:
                self.problems.append(f"Handoffs: {given['setting']!r} stands there twice; its first row was taken.")
            elif given is not None:
                kept.append(given["setting"])
                self._take_known_handoff(given, row)
            elif label and row["system_l"] and row["system_r"]:
                self._take_new_handoff(setting_name(label, names), label, row, names)
        if len(self.changes) > before:
            self._write_proposed(kept)
        if kept:
            self._note_left_out("Handoff", "handoffs", self.known.handoffs, set(kept))

    def take_people(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """People are told by their name."""
        by_name = _by(self.known.people, "name")
        for row in rows:
            name = _one_line(row["name"])
            if not name:
                continue
            given = by_name.get(name.casefold())
            said = self._said(("people", given["setting"] if given else name), given or {}, row, _PERSON_KEYS)
            if given is None and not said:
                self._add(("people", name, "role"), "")
            self.changes += said
            by_name.setdefault(name.casefold(), {**row, "setting": name})

    def _said(
        self, place: tuple[str, ...], given: Mapping[str, Any], row: Mapping[str, Any], keys: Iterable[str]
    ) -> list[Change]:
        """Return the cells that say something else than what is known."""
        found = []
        for key in keys:
            answer = _one_line(row.get(key))
            if answer is not None and answer != "" and not _is_same(answer, _one_line(given.get(key))):
                found.append(Change((*place, key), given.get(key), answer))
        return found

    def _add(self, keys: tuple[str, ...], value: Any) -> None:
        self.changes.append(Change(keys, None, value))

    def _connector(self, setting: str, row: Mapping[str, Any]) -> str:
        """Return the connector that a system was read with, else the one of its product, else that of plain tables."""
        product = normal_name(row.get("product") or "")
        named = {normal_name(word): one.name for one in connectors() for word in (one.name, one.label)}
        return self.known.connectors.get(setting) or named.get(product, "table")

    def _take_known_handoff(self, given: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        setting = given["setting"]
        for key, word in (("system_l", "from"), ("system_r", "to")):
            if row[key] and self.systems.get(row[key].casefold(), row[key]) != self.systems.get(given[key].casefold()):
                self.problems.append(
                    f"Handoffs: {setting!r} now goes {word} {row[key]!r} instead of {given[key]!r}. If that is so, correct "
                    f"'{word}' in engagement.yaml, which also names the stream."
                )
        place = ("handoffs", setting)
        said = [*self._said(place, given, row, _HANDOFF_KEYS), *self._estimates(setting, given, row)]
        written = self.settings.handoffs.get(setting)
        if said and written is not None and written.is_proposed:
            said.append(Change((*place, "is_proposed"), True, after=False))
        self.changes += said

    def _take_new_handoff(self, setting: str, label: str, row: Mapping[str, Any], names: set[str]) -> None:
        systems = [self.systems.get(row[key].casefold()) for key in ("system_l", "system_r")]
        if systems[0] is None or systems[1] is None:
            return  # The reader has reported that the sheet Systems does not list it.
        sides: Sides = sides_of(label, systems[0], systems[1], self.known)
        if sides.question:
            self.problems.append(f"Handoffs: {label!r} was not added. {sides.question}")
            return
        names.add(setting)
        if sides.note:
            self.notes.append(f"Handoffs: {label!r}: {sides.note}")
        place = ("handoffs", setting)
        self._add((*place, "label"), label)
        self._add((*place, "from"), sides.from_)
        self._add((*place, "to"), sides.to)
        self.changes += self._said(place, {"label": label}, row, _HANDOFF_KEYS)
        is_pulled = all(
            stream in self.known.streams.get(system, ()) for system, stream in map(side_parts, (sides.from_, sides.to))
        )
        self.changes += self._estimates(setting, {}, row, is_measured=is_pulled)

    def _estimates(
        self, setting: str, given: Mapping[str, Any], row: Mapping[str, Any], *, is_measured: bool | None = None
    ) -> list[Change]:
        """Return the figures of a row that are new, each with who said so and when."""
        written = self.settings.handoffs.get(setting)
        place = ("handoffs", setting)
        found = []
        minutes = _minutes(row)
        held = written.minutes_per_item if written else None
        if minutes is not None and (after := _estimate(minutes, row, held, has_evidence=True)) is not None:
            found.append(Change((*place, "minutes_per_item"), _as_mapping(held), after))
        for key in ("rework_minutes", *_MEASURED):
            if row[key] is None or _is_same(row[key], given.get(key)):
                continue
            held = getattr(written, key) if written else None
            if key in _MEASURED and held is None and self._is_measured(setting, key, is_measured=is_measured):
                self.notes.append(self._measured_note(setting, key, row[key]))
                continue
            after = _estimate((row[key],) * 3, row, held, has_evidence=key == "rework_minutes")
            found.append(Change((*place, key), _as_mapping(held), after))
        return found

    def _is_measured(self, setting: str, key: str, *, is_measured: bool | None) -> bool:
        """Whether the files say it: the latest run has it, or there was no run yet and both sides were pulled."""
        if setting in self.measured:
            return self.measured[setting].get(key) is not None
        if is_measured is not None:
            return is_measured
        written = self.settings.handoffs.get(setting)
        sides = [side_parts(side) for side in (written.from_, written.to)] if written else []
        return all(stream in self.known.streams.get(system, ()) for system, stream in sides)

    def _measured_note(self, setting: str, key: str, answer: float) -> str:
        value = self.measured.get(setting, {}).get(key)
        says = "measure it" if value is None else f"say {value:.3g}"
        return (
            f"Handoffs: {setting!r}: the answer is {answer:.3g} {_MEASURED[key]}, the files {says}. What is measured "
            f"counts; to use the answer, write {key} into engagement.yaml."
        )

    def _write_proposed(self, kept: Iterable[str]) -> None:
        """Once one handoff stands in the file, those that are only proposed count no more: they are written too."""
        wanted = [self.known.proposed[name] for name in kept if name in self.known.proposed]
        answered = {one.keys[1] for one in self.changes if one.keys[0] == "handoffs"}
        said = {one.keys for one in self.changes}
        for one in wanted:
            facts = {
                "label": one.label,
                "from": f"{one.system_l}.{one.stream_l}",
                "to": f"{one.system_r}.{one.stream_r}",
                "trigger": one.trigger,
                "grace_days": one.grace_days,
                "is_proposed": one.handoff_id not in answered,
            }
            place = ("handoffs", one.handoff_id)
            self.changes += [
                Change((*place, key), None, value)
                for key, value in facts.items()
                if value is not None and (*place, key) not in said
            ]

    def _note_left_out(self, kind: str, group: str, known: Iterable[Mapping[str, Any]], seen: set[str]) -> None:
        if not seen:
            return
        for one in known:
            setting = one["setting"]
            if setting in seen:
                continue
            is_written = setting in getattr(self.settings, group)
            stays = (
                "it stays in engagement.yaml; take it out there if it does not exist" if is_written else "it was left out"
            )
            self.notes.append(f"{kind} {setting!r} is no longer in the workbook: {stays}.")


def _by(rows: Iterable[Mapping[str, Any]], key: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        found.setdefault(str(row[key]).casefold(), row)
    return found


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _is_same(left: Any, right: Any) -> bool:
    if isinstance(left, int | float) and isinstance(right, int | float):
        return abs(left - right) <= 1e-6 * max(1.0, abs(right))
    return bool(left == right)


def _minutes(row: Mapping[str, Any]) -> tuple[float, float, float] | None:
    low, likely, high = (row[f"minutes_{side}"] for side in ("low", "likely", "high"))
    if likely is None:
        return None
    return (likely if low is None else low, likely, likely if high is None else high)


def _estimate(
    values: tuple[float, float, float], row: Mapping[str, Any], held: EstimateSettings | None, *, has_evidence: bool
) -> dict[str, Any] | None:
    """Return an estimate as the settings hold it, or nothing where it says what is held already."""
    before = held.estimate("") if held else None
    is_same = before is not None and all(map(_is_same, values, (before.low, before.likely, before.high)))
    evidence = (row["evidence"] if has_evidence else None) or (held.evidence if held and is_same else "interview")
    who = _one_line(row["who"]) or (held.who if held and is_same else "")
    on: date | None = row["on"] or (held.on if held and is_same else None)
    if held is not None and is_same and (evidence, who, on) == (held.evidence, held.who, held.on):
        return None
    found: dict[str, Any] = {"value": values[1] if values[0] == values[2] else list(values), "evidence": evidence}
    found |= {"who": who} if who else {}
    found |= {"on": on} if on else {}
    return found | ({"source": held.source} if held and is_same and held.source else {})


def _as_mapping(held: EstimateSettings | None) -> dict[str, Any] | None:
    if held is None:
        return None
    value = list(held.value) if isinstance(held.value, tuple) else held.value
    return {"value": value, "evidence": held.evidence, "who": held.who, "on": held.on}
