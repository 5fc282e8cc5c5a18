"""The kernel's side of the screen for merges: duplicates, what becomes of them, and what persons choose."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from toolkit.audit.desks.audited import audited_run, fingerprint, refuse_other_records
from toolkit.audit.desks.merge_clusters.chosen import given_values, open_words, stays_words, value_words_of
from toolkit.audit.desks.merge_clusters.clusters import Clusters
from toolkit.audit.desks.merge_clusters.heard import Heard
from toolkit.audit.desks.merge_clusters.merging import Duplicates, Merging, Name
from toolkit.audit.desks.merge_clusters.previews import Previews
from toolkit.audit.desks.merge_clusters.rule_desk import RuleDesk, settings_read
from toolkit.audit.desks.merge_clusters.shown import (
    is_chosen,
    order_of,
    shown_fields,
    shown_members,
    state_of,
    survivor_words,
)
from toolkit.audit.desks.merge_clusters.still import still_picture
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.planning import system_labels_of
from toolkit.audit.records import engagement_records
from toolkit.errors import InputError, OvertakenError, UnknownNameError
from toolkit.plan.cleanup_rules import FIELD_GROUPS
from toolkit.plan.duplicates import Settled
from toolkit.plan.merge_choices import TWO_STAY, merge_choices
from toolkit.store.decisions import enter_decisions
from toolkit.tables.rulings import MERGES
from toolkit.widgets.desk import Answer

_TABLES = ("crosswalk", "golden", "pair", "reference", "finding")
_PAGE = 100
_VIEWS_KEPT = 8
_FACTS = {group[0]: group for group in FIELD_GROUPS}
_TIED = "No rule says"
"""How the reason begins where the rules for the record that stays tie."""
_TIE = "By every rule these records tie, and nobody guesses."
_STATES = ("", "tie", "again", "open", "held", "ready", "chosen")

Row = dict[str, Any]


class MergeDesk:
    """The duplicates of one system, and what is to become of them."""

    def __init__(self, engagement: Engagement, system: str, reviewer: str) -> None:
        self.engagement, self.system, self.reviewer = engagement, system, reviewer
        self.run = audited_run(engagement, _TABLES, "reconcile")
        self._shown = fingerprint(engagement)
        self.labels = system_labels_of(engagement)
        if system not in self.labels:
            raise UnknownNameError("system", system, self.labels)
        self._records = engagement_records(engagement)
        version = settings_read(engagement)
        self.merging = Merging(engagement, self.run, self._records, system)
        self.lock = threading.RLock()
        self._clusters = Clusters(self.merging.inputs.tables["crosswalk"], system)
        self._heard = Heard(self._clusters.is_own)
        self._choices = self.merging.inputs.choices
        self._views: OrderedDict[int, list[Name]] = OrderedDict()
        self._view_count = self._edition = 0
        self._previews = Previews(self.merging, self.labels)
        self._rules = RuleDesk(
            self.merging, reviewer, version=version, lock=self.lock, choices=lambda: self._choices, taken=self._with_rules
        )
        self._catch_up()
        self._heard.opened()
        self._work_out()

    def first(self) -> dict[str, Any]:
        """Return the list as it opens, with its first duplicates."""
        with self.lock:
            return {
                "client": self.engagement.settings.client,
                "system": self.system,
                "label": self.labels[self.system],
                "reviewer": self.reviewer,
                **self._view(),
            }

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        return {
            "view": self._view, "rows": self._rows, "detail": self._detail, "stays": self._stays, "value": self._value,
            "back": self._back, "exclude": self._exclude, "preview": self._preview, "since": self._since,
            **self._rules.questions(),
        }  # fmt: skip

    def still(self) -> str:
        """Return the state as HTML."""
        with self.lock:
            rows = [self._row(name) for name in self._ordered()]
            return still_picture(
                rows, client=self.engagement.settings.client, label=self.labels[self.system], counts=self._counts()
            )

    # What is there.

    def _catch_up(self) -> list[str]:
        """Take every choice and decision, whoever took it; return the records that news is about."""
        store, heard = self.engagement.store, self._heard
        news = heard.merges(store.rulings(MERGES, since=heard.merges_since))
        if news:
            self._choices = merge_choices(store.rulings(MERGES))
        decided = heard.decisions(store.decisions(since=heard.decisions_since))
        if decided:
            self.merging.forget_said()
        self._edition += bool(news or decided)
        return news + decided

    def _work_out(self) -> None:
        """Find out what is merged how, by the rules and choices of now."""
        self.merging.keep_apart(self._heard.apart)
        rules = self.merging.inputs.rules
        found = self.merging.found(rules, self._choices)
        self._found: dict[Name, Duplicates] = {one.name: one for one in found}
        self._settled: dict[Name, list[Settled]] = self.merging.settled(found, rules, self._choices)
        rows = {row for one in found for row in one.rows}
        self._members = self.merging.members(rows)

    def _state(self, name: Name) -> str:
        one = self._found[name]
        return state_of(one, self._settled.get(name), is_tie=one.reason.startswith((_TIED, TWO_STAY)))

    def _ordered(self) -> list[Name]:
        return sorted(self._found, key=lambda name: (order_of(self._state(name)), self._title(name).casefold(), name))

    def _title(self, name: Name) -> str:
        one = self._found[name]
        rows = [*([one.merge.survivor] if one.merge else []), *one.rows]
        named = (self._members[row].values for row in rows)
        return next((said for values in named if (said := values.get("name") or values.get("email"))), name[0])

    def _counts(self) -> dict[str, int]:
        counts = Counter(self._state(name) for name in self._found)
        return {**counts, "chosen": sum(map(self._has_choice, self._found)), "all": len(self._found)}

    def _has_choice(self, name: Name) -> bool:
        one = self._found[name]
        return any(self._heard.is_about(self._members[row].key) for row in one.rows)

    def _row(self, name: Name) -> Row:
        one, facts = self._found[name], self._settled.get(name, [])
        changes = sum(len(fact.found.values) for fact in facts if not fact.found.undecided)
        return {
            "group": list(name),
            "name": self._title(name),
            "count": len(one.rows),
            "list": name[1].replace("_", " "),
            "state": self._state(name),
            "changes": changes,
            "open": sum(bool(fact.found.undecided) for fact in facts),
            "chosen": self._has_choice(name),
            "version": self._version(name),
        }

    def _version(self, name: Name) -> int:
        return self._heard.last(self._clusters.about(name))

    def _view(self, state: object = "", text: object = "") -> dict[str, Any]:
        with self.lock:
            if state not in _STATES:
                raise InputError("This page is of another version than the kernel. Run the cell again.")
            self._rules.follow()
            self._hear()
            wanted = str(text)[:200].casefold()
            names = [name for name in self._ordered() if self._is_of(name, str(state)) and wanted in self._text(name)]
            self._view_count += 1
            self._views[self._view_count] = names
            while len(self._views) > _VIEWS_KEPT:
                self._views.popitem(last=False)
            return {
                "view": self._view_count,
                "wanted": {"state": state, "text": str(text)[:200]},
                "total": len(names),
                "rows": [self._row(name) for name in names[:_PAGE]],
                "detail": self._detailed(names[0]) if names else None,
                "counts": self._counts(),
                **self._by_now(),
            }

    def _by_now(self) -> dict[str, Any]:
        return {"rules": self._rules.shown(), "settings": self._rules.version, "edition": self._edition}

    def _is_of(self, name: Name, state: str) -> bool:
        return not state or (self._has_choice(name) if state == "chosen" else self._state(name) == state)

    def _text(self, name: Name) -> str:
        members = (self._members[row].values for row in self._found[name].rows)
        return "\n".join(said for values in members for said in values.values() if said).casefold()

    def _rows(self, view: object = 0, start: object = 0, count: object = _PAGE) -> list[Row]:
        with self.lock:
            names = self._views.get(_whole(view))
            if names is None:
                raise InputError("This list was replaced by a newer one. Choose what is to be listed again.")
            first = _whole(start)
            return [self._row(name) for name in names[first : first + min(_whole(count), _PAGE)] if name in self._found]

    def _detail(self, group: object = None) -> Row:
        with self.lock:
            self._hear()
            return self._detailed(self._named(group))

    def _detailed(self, name: Name) -> Row:
        one, facts = self._found[name], self._settled.get(name)
        survivor = one.merge.survivor if one.merge else None
        members = {row: self._members[row] for row in one.rows}
        shown = shown_members(self.merging, one, members, survivor=survivor)
        ordered = [members[row] for row in ([survivor] if survivor is not None else [])] + [
            members[row] for row in one.rows if row != survivor
        ]
        keys = [member.key for member in ordered]
        fields = [
            {**field, **self._heard.who_chose(field["fact"], keys)}
            for field in shown_fields(self.merging, one, ordered, facts, labels=self.labels)
        ]
        return {
            "row": self._row(name),
            "members": shown,
            "fields": fields,
            "reason": _TIE if one.reason.startswith(_TIED) else one.reason,
            "stays_by": survivor_words(one),
            "stays": self._heard.who_stays(keys) if is_chosen(one) else None,
            "apart": self._heard.apart_from(name[0], name[1], self.system),
            "elsewhere": self._elsewhere(name[0]),
        }

    def _elsewhere(self, cluster_id: str) -> list[list[Any]]:
        counted_by = Counter(self._systems_of.get(cluster_id, ()))
        return [[system, self.labels.get(system, system), count] for system, count in sorted(counted_by.items())]

    @cached_property
    def _systems_of(self) -> dict[str, list[str]]:
        walk = self.run.table("crosswalk")
        found: dict[str, list[str]] = {}
        for golden_id, system in zip(walk["golden_id"].to_pylist(), walk["system"].to_pylist(), strict=True):
            if system != self.system:
                found.setdefault(golden_id, []).append(system)
        return found

    def _named(self, group: object) -> Name:
        if isinstance(group, list) and len(group) == 2 and (str(group[0]), str(group[1])) in self._found:
            return str(group[0]), str(group[1])
        raise InputError("These duplicates are not there any more. Choose what is to be listed again.")

    # What a person chooses.

    def _stays(self, group: object = None, key: object = None, believed: object = 0) -> Row:
        """Let one of the records stay; without a key the rules say which."""
        with self.lock:
            name = self._to_decide(group, believed)
            keys = [self._members[row].key for row in self._found[name].rows]
            if key is not None and key not in keys:
                raise InputError(f"{key!r} is none of these duplicates.")
            stream = f"{self.system}.{name[1]}"
            return self._kept(name, stays_words(self._heard, keys, None if key is None else str(key), stream))

    def _value(
        self,
        group: object = None,
        fact: object = "",
        values: object = None,
        from_key: object = None,
        believed: object = 0,
    ) -> Row:
        """Choose what a fact of the record that stays says: all of it as another record has it, or typed values."""
        with self.lock:
            name = self._to_decide(group, believed)
            one = self._found[name]
            if one.merge is None:
                raise InputError(f"These are not merged, so no value is chosen for them. {one.reason}")
            columns = _fact(fact)
            members = {self._members[row].key: self._members[row] for row in one.rows}
            survivor = self._members[one.merge.survivor]
            settled = next((each for each in self._settled[name] if each.columns == columns), None)
            now = {column: survivor.values.get(column) for column in columns} | dict(settled.found.values if settled else {})
            chosen = given_values(columns, values, from_key, members=members, now=now)
            return self._kept(name, value_words_of(self._heard, survivor, columns, chosen, [*members.values()]))

    def _back(self, group: object = None, fact: object = "", believed: object = 0) -> Row:
        """Leave a fact to the rules again."""
        with self.lock:
            name = self._to_decide(group, believed)
            keys = [self._members[row].key for row in self._found[name].rows]
            return self._kept(name, open_words(self._heard, keys, _fact(fact)[0]))

    def _exclude(self, group: object = None, key: object = "", believed: object = 0, *, is_in: object = False) -> Row:
        """Take a record out of its cluster, or put it back: the next audit matches by it."""
        with self.lock:
            refuse_other_records(self.engagement, self._shown)
            self._hear()
            name = self._refuse_overtaken(self._cluster(group), believed)
            out = {one["key"] for one in self._heard.apart_from(*name, self.system)}
            known = out if is_in is True else {*self._clusters.keys_of.get(name, ())} - out
            if not isinstance(key, str) or key not in known:
                raise InputError(f"{key!r} is none of these duplicates.")
            word, seen = "open" if is_in is True else "exclude", self._heard.decided(key, name[0])
            said = {"key_l": key, "key_r": name[0], "decision": word, "reviewer": self.reviewer, "seen": seen}
            with self.engagement.store.changing() as connection:
                entered = enter_decisions(connection, [said], datetime.now(UTC))
            self._hear()
            if not entered.rows:
                raise self._overtaken(name)
            return self._told(name)

    def _cluster(self, group: object) -> Name:
        if isinstance(group, list) and len(group) == 2 and (str(group[0]), str(group[1])) in self._clusters.keys_of:
            return str(group[0]), str(group[1])
        raise InputError("There are no such duplicates in this audit.")

    def _hear(self) -> None:
        if self._catch_up():
            self._work_out()

    def _to_decide(self, group: object, believed: object) -> Name:
        refuse_other_records(self.engagement, self._shown)
        self._hear()
        return self._refuse_overtaken(self._named(group), believed)

    def _refuse_overtaken(self, name: Name, believed: object) -> Name:
        if self._version(name) != _whole(believed):
            raise self._overtaken(name)
        return name

    def _overtaken(self, name: Name) -> OvertakenError:
        who = self._heard.last_person(self._clusters.about(name))
        return OvertakenError(f"{who} decided about these in the meantime. Nothing was saved.")

    def _told(self, name: Name) -> Row:
        detail = self._detailed(name) if name in self._found else None
        return {"detail": detail, "version": self._version(name), "counts": self._counts(), "edition": self._edition}

    def _kept(self, name: Name, words: tuple[list[dict[str, Any]], list[int]]) -> Row:
        rulings, believed = words
        said = [{**one, "reviewer": self.reviewer, "note": None} for one in rulings]
        if said:
            self.engagement.store.add_rulings(said, believed=believed)
        keys = {self._members[row].key for row in self._found[name].rows}
        if {*self._catch_up()} <= keys:
            self._work_out_some(name)
        else:
            # Somebody else's word came in with ours.
            self._work_out()
        return self._told(name)

    def _work_out_some(self, name: Name) -> None:
        """Find out anew what becomes of the duplicates that a choice was about; the others stay as they are."""
        rules = self.merging.inputs.rules
        found = [one for one in self.merging.found(rules, self._choices) if one.name == name]
        self._found |= {one.name: one for one in found}
        self._settled.pop(name, None)
        self._settled |= self.merging.settled(found, rules, self._choices)

    def _since(self, edition: object = 0) -> dict[str, Any]:
        """Return what others chose since the page was last told, and the rules that hold by now."""
        with self.lock:
            self._rules.follow()
            self._hear()
            told = {**self._by_now(), "rows": []}
            if _whole(edition) == self._edition:
                return told
            rows = [self._row(name) for name in self._clusters.named(self._heard.recent()) if name in self._found]
            return {**told, "rows": rows, "counts": self._counts()}

    # What it comes to.

    def _preview(self, group: object = None) -> list[Row]:
        """Return what a cleanup would plan for these duplicates, in each system that knows the party."""
        with self.lock:
            self._hear()
            cluster_id, _ = self._named(group)
            others = [*dict.fromkeys(self._systems_of.get(cluster_id, ()))]
            return self._previews.of(cluster_id, others, choices=self._choices, edition=(self._edition, self._heard.count))

    def _with_rules(self) -> None:
        """Go on with the rules that were read."""
        self._edition += 1
        self._previews.forget()
        self._work_out()


def _fact(fact: object) -> tuple[str, ...]:
    if fact not in _FACTS:
        raise InputError(f"There is no field {fact!r} to choose a value of.")
    return _FACTS[str(fact)]


def _whole(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise InputError("This page is of another version than the kernel. Run the cell again.")
    return number
