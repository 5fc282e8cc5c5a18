"""Rules of a merge that are tried, written into ``engagement.yaml`` and taken back from the screen."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from toolkit.audit.desks.merge_clusters.merging import Merging, Name
from toolkit.audit.desks.merge_clusters.rules import changed_rules, rule_changes, shown_rules
from toolkit.audit.desks.merge_clusters.shown import fact_words
from toolkit.audit.desks.rewritten_settings import Rewriting, put_back, rewritten, settings_hash
from toolkit.errors import InputError
from toolkit.plan.cleanup_rules import FIELD_GROUPS
from toolkit.plan.merge_choices import MergeChoices
from toolkit.widgets.desk import Answer

_FACTS = {group[0]: group for group in FIELD_GROUPS}


class RuleDesk:
    """The questions about rules; ``taken`` is called when others hold."""

    def __init__(
        self,
        merging: Merging,
        reviewer: str,
        *,
        lock: AbstractContextManager[Any],
        choices: Callable[[], MergeChoices],
        taken: Callable[[], None],
    ) -> None:
        self._merging, self._reviewer, self._lock, self._choices, self._taken = merging, reviewer, lock, choices, taken
        self._rewritings: dict[int, Rewriting] = {}

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask about rules."""
        return {"try_rules": self._try, "rules": self._save, "rules_back": self._back}

    def shown(self) -> dict[str, Any]:
        """Return the rules as the page shows them."""
        return shown_rules(self._merging.inputs.rules)

    def _try(self, rules: object = None) -> dict[str, Any]:
        with self._lock:
            now = self._merging.inputs.rules
            found = self._merging.difference(now, changed_rules(now, rules), self._choices())
            return {
                "changed": found.changed,
                "of": found.of,
                "by_field": [[fact_words(_FACTS.get(name, (name,))), count] for name, count in found.by_field.items()],
                "newly_merged": found.newly_merged,
                "no_longer": found.no_longer,
                "examples": [self._title(name) for name in found.examples],
            }

    def _title(self, name: Name) -> str:
        golden = self._merging.reasons(name[0]).get("name")
        return golden[0] if golden is not None else name[0]

    def _save(self, rules: object = None, believed: object = "") -> dict[str, Any]:
        with self._lock:
            engagement, now = self._merging.engagement, self._merging.inputs.rules
            changes = rule_changes(engagement, self._merging.system, now, changed_rules(now, rules))
            if not changes:
                raise InputError("These are the rules that hold already.")
            _, change = rewritten(engagement, changes, believed=str(believed), reviewer=self._reviewer)
            step = len(self._rewritings) + 1
            self._rewritings[step] = change
            return {**self._told(), "step": step}

    def _back(self, step: object = 0) -> dict[str, Any]:
        with self._lock:
            change = self._rewritings.get(step) if isinstance(step, int) else None
            if change is None:
                raise InputError("There is no such change of engagement.yaml to take back.")
            put_back(self._merging.engagement, change, reviewer=self._reviewer)
            return self._told()

    def _told(self) -> dict[str, Any]:
        self._taken()
        return {"rules": self.shown(), "settings": settings_hash(self._merging.engagement)}
