"""The rules of a merge as a page shows and changes them, and what of them is written into ``engagement.yaml``."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from toolkit.audit.desks.merge_clusters.shown import RULE_WORDS, fact_words
from toolkit.audit.engagement import Engagement
from toolkit.errors import InputError
from toolkit.plan.cleanup_rules import (
    COMBINE,
    FIELD_GROUPS,
    FIELD_RULES,
    HAS,
    MASTER_RULES,
    MAX,
    MIN,
    CleanupRules,
)
from toolkit.plan.masters import rule_words
from toolkit.settings import CleanupSettings

_NUMBERS = ("rate_minor_per_hour",)


def shown_rules(rules: CleanupRules) -> dict[str, Any]:
    """Return the rules, and what each may be, as the page shows them.

    Parameters
    ----------
    rules
        Of one system.
    """
    masters = dict.fromkeys([*rules.masters, *MASTER_RULES, f"{HAS}email", f"{HAS}phone", f"{HAS}tax_id"])
    return {
        "fields": {group[0]: rules.rule_of(group) for group in FIELD_GROUPS},
        "labels": {group[0]: fact_words(group) for group in FIELD_GROUPS},
        "may_be": {group[0]: [rule for rule in FIELD_RULES if _fits(group, rule)] for group in FIELD_GROUPS},
        "words": dict(RULE_WORDS),
        "masters": list(rules.masters),
        "all_masters": list(masters),
        "master_words": {rule: rule_words(rule) for rule in masters},
        "min_probability": rules.min_probability,
    }


def _fits(group: tuple[str, ...], rule: str) -> bool:
    if rule in {MIN, MAX}:
        return group[0] in _NUMBERS
    return rule != COMBINE or len(group) == 1


def changed_rules(rules: CleanupRules, given: object) -> CleanupRules:
    """Return the rules with what a page changed.

    Parameters
    ----------
    rules
        That hold now.
    given
        ``fields`` (rule by first column of a fact), ``masters`` and ``min_probability``; what is absent stays.

    Raises
    ------
    InputError
        There is no such rule, or it does not fit.
    """
    if not isinstance(given, dict) or not {*given} <= {"fields", "masters", "min_probability"}:
        raise InputError("This page is of another version than the kernel. Run the cell again.")
    fields = given.get("fields", {})
    masters = given.get("masters", list(rules.masters))
    share = given.get("min_probability", rules.min_probability)
    if not isinstance(fields, dict) or not isinstance(masters, list) or not all(isinstance(one, str) for one in masters):
        raise InputError("This page is of another version than the kernel. Run the cell again.")
    if isinstance(share, bool) or not isinstance(share, int | float):
        raise InputError("How sure it must be is a share above 0, at most 1.")
    held = dict(rules.fields)
    for group in FIELD_GROUPS:
        if group[0] in fields:
            if not isinstance(fields[group[0]], str):
                raise InputError("This page is of another version than the kernel. Run the cell again.")
            held = {column: rule for column, rule in held.items() if column not in group} | {group[0]: fields[group[0]]}
    if unknown := {*fields} - {group[0] for group in FIELD_GROUPS}:
        raise InputError(f"There is no field {min(unknown)!r} with a rule.")
    return replace(rules, fields=held, masters=tuple(dict.fromkeys(masters)), min_probability=float(share))


def rule_changes(
    engagement: Engagement, system: str, rules: CleanupRules, others: CleanupRules
) -> Mapping[tuple[str, ...], Any]:
    """Return what has to be written into ``engagement.yaml`` so that other rules hold.

    Parameters
    ----------
    engagement
        Its settings say what stands there.
    system
        Whose rules.
    rules, others
        That hold now, and that shall hold.
    """
    path = ("cleanup", system)
    named = engagement.settings.cleanup.get(system, CleanupSettings()).fields
    changes: dict[tuple[str, ...], Any] = {}
    for group in FIELD_GROUPS:
        rule = others.rule_of(group)
        if rule != rules.rule_of(group):
            # A fact has one rule, whichever of its columns names it.
            for column in [name for name in group if name in named] or [group[0]]:
                changes[*path, "fields", column] = rule
    if others.masters != rules.masters:
        changes[*path, "masters"] = list(others.masters)
    if others.min_probability != rules.min_probability:
        changes[*path, "min_probability"] = others.min_probability
    return changes
