"""Rules of a merge that are tried, written into ``engagement.yaml`` and taken back from the screen.

A page is given the hash of the text that its rules were read from, never that of the file as it is by now: whoever writes
rules has seen those that are replaced.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from toolkit.audit.desks.merge_clusters.merging import Merging, Name
from toolkit.audit.desks.merge_clusters.rules import changed_rules, rule_changes, shown_rules
from toolkit.audit.desks.merge_clusters.shown import fact_words
from toolkit.audit.desks.rewritten_settings import Rewriting, put_back, rewritten, settings_hash
from toolkit.audit.engagement import Engagement
from toolkit.errors import InputError, OvertakenError
from toolkit.plan.cleanup_rules import FIELD_GROUPS
from toolkit.plan.merge_choices import MergeChoices
from toolkit.widgets.desk import Answer

_FACTS = {group[0]: group for group in FIELD_GROUPS}


class RuleDesk:
    """The questions about rules; ``taken`` is called when others hold.

    ``version`` is the hash of the text of ``engagement.yaml`` that the rules were read from.
    """

    def __init__(
        self,
        merging: Merging,
        reviewer: str,
        *,
        version: str,
        lock: AbstractContextManager[Any],
        choices: Callable[[], MergeChoices],
        taken: Callable[[], None],
    ) -> None:
        self._merging, self._reviewer, self._lock, self._choices, self._taken = merging, reviewer, lock, choices, taken
        self._rewritings: dict[int, Rewriting] = {}
        self.version, self._unreadable = version, ""
        self._rest = _rest(merging.engagement)

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask about rules."""
        return {"try_rules": self._try, "rules": self._save, "rules_back": self._back}

    def shown(self) -> dict[str, Any]:
        """Return the rules as the page shows them."""
        return shown_rules(self._merging.inputs.rules)

    def follow(self) -> None:
        """Go on with the rules that the file has by now; where it cannot be read, with those that are known."""
        engagement = self._merging.engagement
        now = settings_hash(engagement)
        if now in {self.version, self._unreadable}:
            return
        try:
            version = settings_read(engagement)
            if is_other := _rest(engagement) != self._rest:
                self._merging.again()
        except InputError:
            # Whoever writes rules is refused until it can be read again: the file is another one than was seen.
            self._unreadable = now
            return
        self.version, self._rest = version, _rest(engagement)
        if is_other:
            self._taken()

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
            if believed != self.version:
                raise OvertakenError("engagement.yaml was changed in the meantime. Nothing was written.")
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
        self.follow()
        return {"rules": self.shown(), "settings": self.version}


def settings_read(engagement: Engagement) -> str:
    """Go on with ``engagement.yaml`` as it is; return the hash of the text that was read.

    Parameters
    ----------
    engagement
        With or without the file.

    Raises
    ------
    InputError
        The file is not valid.
    """
    while True:
        version = settings_hash(engagement)
        engagement.reread()
        # Somebody may write between the two.
        if settings_hash(engagement) == version:
            return version


def _rest(engagement: Engagement) -> tuple[object, ...]:
    """Return the settings that a merge rests on: who writes others changes nothing here."""
    settings = engagement.settings
    return settings.cleanup, settings.sync, settings.systems, settings.country, settings.as_of
