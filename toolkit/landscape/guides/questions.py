"""What to ask whom: the questions of a role's usual day, and of the landscape only what nobody has told yet."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.landscape.automations import Automation
from toolkit.landscape.guides.roles import REST, ROLES
from toolkit.landscape.screening import ITEMS, Screening
from toolkit.landscape.systems import System, completeness

_NO_NAME = re.compile(r"[^a-z0-9_]+")
_MAX_ID = 63
_SCREENING_ROLE = "month_end_owner"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its id as answers name it, who is asked, and which setting, system or handoff it is about."""

    question_id: str
    role: str
    ask: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class OpenHandoff:
    """A handoff of which something is not known: in words by the key of the setting."""

    handoff_id: str
    label: str
    entity_r: str
    category_r: str
    by: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not known of a landscape yet."""

    systems: tuple[System, ...] = ()
    handoffs: tuple[OpenHandoff, ...] = ()
    automations: tuple[Automation, ...] = ()
    interfaces: tuple[str, ...] = ()
    screening: Screening = field(default_factory=lambda: Screening(()))


def guide_questions(unknown: Unknown, answered: Collection[str] = ()) -> dict[str, tuple[Question, ...]]:
    """Return the questions for each role, in the order of asking; what was answered is not asked again.

    Parameters
    ----------
    unknown
        What is not known yet.
    answered
        Ids of questions that somebody has answered.

    Examples
    --------
    >>> found = guide_questions(Unknown((System("crm", category="crm", owner="Jo", data_in="leads"),)))
    >>> [one.question_id for one in found["sales"] if one.about]
    ['system_crm_what_comes_out']
    >>> len(guide_questions(Unknown(), answered=["sales_won"])["sales"])
    5
    """
    asked = [*_usual_day(), *_of_systems(unknown.systems), *_of_handoffs(unknown.handoffs)]
    asked += [*_of_links(unknown), *_of_signs(unknown.screening)]
    done = set(answered)
    return {role: tuple(one for one in asked if one.role == role and one.question_id not in done) for role in ROLES}


def question_name(*parts: str) -> str:
    """Return a name for a question, as the settings take it.

    Examples
    --------
    >>> question_name("system", "Old CRM", "what goes in")
    'system_old_crm_what_goes_in'
    """
    return _NO_NAME.sub("_", "_".join(parts).casefold())[:_MAX_ID].strip("_") or "question"


def _usual_day() -> Iterator[Question]:
    for role, one in ROLES.items():
        for key, ask in one.questions.items():
            yield Question(f"{role}_{key}", role, ask)


def _of_systems(systems: Sequence[System]) -> Iterator[Question]:
    by_name = {one.name: one for one in systems}
    for name, lacking in completeness(systems).missing.items():
        one = by_name[name]
        for words in lacking:
            role = _role_of(one.category or ("sheet" if one.is_sheet else ""), "")
            yield Question(question_name("system", name, words), role, f"{one.shown_name}: {words}?", f"systems.{name}")


def _of_handoffs(handoffs: Sequence[OpenHandoff]) -> Iterator[Question]:
    for one in handoffs:
        role = _role_of(one.category_r, one.entity_r)
        who = f" (ask {one.by})" if one.by else ""
        for words in one.missing:
            name = question_name("handoff", one.handoff_id, words)
            yield Question(name, role, f"{one.label}{who}: {words}?", f"handoffs.{one.handoff_id}")


def _of_links(unknown: Unknown) -> Iterator[Question]:
    for one in unknown.automations:
        for words in one.missing:
            name = question_name("automation", one.name, words)
            ask = f"The link {one.name} from {one.system_l} to {one.system_r}: {words}?"
            yield Question(name, REST, ask, f"automations.{one.name}")
    for system in unknown.interfaces:
        ask = f"{system}: which product and version is it, and has it an interface for programs?"
        yield Question(question_name("interface", system), REST, ask, f"systems.{system}")


def _of_signs(found: Screening) -> Iterator[Question]:
    for one in found.signs:
        if one.item in found.unknown and one.item in ITEMS:
            yield Question(question_name("screening", one.item), _SCREENING_ROLE, one.question, f"screening.{one.item}")


def _role_of(category: str, entity: str) -> str:
    """Return who knows of records of a kind, else of a kind of system."""
    by_entity = (role for role, one in ROLES.items() if entity in one.entities)
    by_category = (role for role, one in ROLES.items() if category in one.categories)
    return next(by_entity, None) or next(by_category, REST)


def role_words(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return each role that is asked something with how many questions, for a table.

    Examples
    --------
    >>> role_words({"sales": 6, "it": 0})
    [('Sales', '6')]
    """
    return [(ROLES[role].label, f"{count:,}") for role, count in counts.items() if count]
